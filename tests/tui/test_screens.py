"""Whole screens as plain text, compared with `tests/screens/*.txt`.

The left-to-right marks of the guard are taken out, so that the files read the same in any editor.
`ANNOTATOR_WRITE_SCREENS=1 pytest tests/tui/test_screens.py` writes them anew; read what changed before committing it.
"""

import os
import unicodedata
from pathlib import Path

import pytest

from annotator.model.suggestions import Candidates

SCREENS = Path(__file__).parents[1] / "screens"
WRITE = "ANNOTATOR_WRITE_SCREENS"

ENGLISH = """SDF repel ISIS attack east of Deir ez-Zor

The SDF said on Tuesday that its fighters repelled an attack by ISIS near Hajin, killing at least 20 militants.
Coalition warplanes carried out 5 airstrikes on the town. Two fighters (of the SDF) were wounded.
"""

ARABIC = """قسد تصد هجوماً لداعش شرق دير الزور

قالت قوات سوريا الديمقراطية يوم الثلاثاء إن مقاتليها صدوا هجوماً لتنظيم داعش قرب هجين، وقتلوا 20 مسلحاً على الأقل.
ونفذت طائرات التحالف (5) غارات على البلدة، بحسب وكالة SANA في 21-05-2018.
"""


def compare(name: str, lines: list[str]) -> None:
    seen = "".join(line.replace("\u200e", "").rstrip() + "\n" for line in lines)
    path = SCREENS / f"{name}.txt"
    if os.environ.get(WRITE):
        path.write_text(seen, encoding="utf-8")
    assert path.is_file(), f"{path.name} is not there: set {WRITE}=1 to write it"
    assert seen == path.read_text(encoding="utf-8"), f"set {WRITE}=1 to write {path.name} anew"


def letters(line: str) -> str:
    """Give a line without its marks, which stay behind their letter in any order."""
    return "".join(character for character in line.strip() if not unicodedata.combining(character))


@pytest.fixture
def two_articles(workspace):
    for path in (workspace / "seeds").glob("*.txt"):
        path.unlink()
    (workspace / "seeds" / "en-2.txt").write_text(ENGLISH, encoding="utf-8")
    (workspace / "seeds" / "ar-2.txt").write_text(ARABIC, encoding="utf-8")

    def in_mode(mode: str) -> None:
        (workspace / "annotator.toml").write_text(f'[screen]\nbidi = "{mode}"\n', encoding="utf-8")

    return in_mode


async def open_plain(desk, article: str) -> None:
    """Open an article and show its text with no candidate, so that a change of the finders changes no screen here."""
    await desk.press("r")
    while desk.app.screen.chosen != article:
        await desk.press("down")
    await desk.press("enter")
    session = desk.session
    bare = {"candidates": Candidates.of(session.article.text), "regions": ()}
    session.suggestions = session.suggestions.model_copy(update=bare)
    session.reload()
    desk.label.go(None)
    await desk.press("g")


@pytest.mark.parametrize("mode", ["guard", "logical"])
@pytest.mark.parametrize("article", ["en-2", "ar-2"])
async def test_an_article_looks_as_it_did(sit, two_articles, article, mode):
    two_articles(mode)
    async with sit(size=(80, 24)) as desk:
        await open_plain(desk, article)
        quote = {"en-2": "an attack by ISIS", "ar-2": "هجوماً لتنظيم داعش"}[article]
        start = desk.session.article.text.index(quote)
        await desk.caret_at(start)
        desk.view.move_to(start + len(quote), select=True)
        await desk.press("1", desk.session.schema.types["attack.ground"].key, "e")
        await desk.saved()
        compare(f"label-{article[:2]}-{mode}", desk.lines)


async def test_guard_and_logical_show_the_same_letters_in_another_order(sit, two_articles):
    two_articles("guard")
    async with sit(size=(80, 24)) as desk:
        await open_plain(desk, "ar-2")
        guarded = desk.lines[desk.view.region.y].replace("\u200e", "")
        assert "\u200e" in desk.lines[desk.view.region.y]
        await desk.press("f2", "f2")
        logical = desk.lines[desk.view.region.y]
        assert "\u200e" not in logical
        assert letters(guarded) == letters(logical)[::-1]


async def test_the_way_of_writing_that_f2_chose_holds_for_the_next_article(sit):
    async with sit("ar-1") as desk:
        assert "\u200e" in desk.screen
        await desk.press("f2", "q")
        assert "\u200e" not in desk.screen
        await desk.press("enter")
        assert "\u200e" not in desk.screen


@pytest.mark.parametrize("seed", ["000_013f224fd263a222", "001_342caec395be2361"])
async def test_the_first_line_of_a_real_article_reads_as_it_is_written(sit, workspace, seed):
    import shutil

    from annotator.tui.layout import BidiMode, one_line

    shutil.copy(Path(__file__).parents[2] / "seeds" / f"{seed}.txt", workspace / "seeds")
    async with sit() as desk:
        await desk.press("r", "up", "enter")
        assert desk.session.article.article_id == seed
        row = desk.view._layout.row_span(0)
        written = desk.session.article.text[row.start : row.end].strip()
        assert one_line(written, BidiMode.GUARD).strip() in desk.screen
