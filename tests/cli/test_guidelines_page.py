"""`annotator guidelines build`: the pages and the schema as one HTML file."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

INDEX = """# Guidelines

| page | what it says | opens on |
|---|---|---|
| [numbers](numbers.md) | counts | `number` |
| [spans](spans.md) | edges | |
"""
NUMBERS = """# Numbers

See [two at once](spans.md#two-at-once), [the web](https://example.org/), [a file](file:///etc/passwd),
[a script](javascript:alert(1)) and <script>alert(2)</script>.

![a picture](https://example.org/tracker.png)

```example
right en-1 16-27 "12 civilians"x
```
"""


class Links(HTMLParser):
    """What a page links to, what it can be linked at, and what a browser would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.hrefs: list[str] = []
        self.fetched: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids += [given["id"]] if "id" in given else []
        self.hrefs += [given["href"]] if tag == "a" else []
        self.fetched += [tag] if tag in {"script", "link", "img", "iframe", "object"} or "src" in given else []


@pytest.fixture
def build(run, workspace: Path):
    def build(**pages: str) -> str:
        for page in (workspace / "guidelines").glob("*.md"):
            page.unlink()
        for name, text in pages.items():
            (workspace / "guidelines" / f"{name}.md").write_text(text, encoding="utf-8")
        outcome = run("guidelines", "build")
        assert outcome.status == 0, outcome.err
        return outcome.out

    return build


def example(*lines: str) -> str:
    return "\n".join(["```example", *lines, "```", ""])


def links(page: str) -> Links:
    found = Links()
    found.feed(page)
    return found


def test_pages_come_in_the_order_of_the_index_and_every_link_leads_somewhere(build):
    page = build(
        README=INDEX, spans="# Spans\n\n## Two at once\n", numbers="# Numbers\n\n[two](spans.md#two-at-once)\n"
    )
    found = links(page)
    sections = re.findall(r'<section id="([^"]+)"', page)
    assert sections == ["README", "numbers", "spans", "schema"]
    assert '<a href="#spans.two-at-once"' in page
    assert {href[1:] for href in found.hrefs} <= set(found.ids)
    assert len(found.ids) == len(set(found.ids))


def test_nothing_is_fetched_and_no_markup_of_a_page_is_obeyed(build):
    page = build(README=INDEX, numbers=NUMBERS, spans="# Spans\n\n## Two at once\n\u202eevil\x1b[31m\n")
    found = links(page)
    assert found.fetched == []
    assert "<script" not in page
    assert "&lt;script&gt;alert(2)&lt;/script&gt;" in page
    assert [href for href in found.hrefs if not href.startswith("#")] == ["https://example.org/"]
    assert "\u202e" not in page
    assert "\x1b" not in page
    assert "default-src 'none'" in page


def test_a_claim_is_drawn_on_its_words_with_the_trigger_of_its_event(build, workspace):
    text = (workspace / "seeds" / "en-1.txt").read_text("utf-8")
    start, raid = text.index("12 civilians"), text.index("kill")
    claims = (
        f'right en-1 {start}-{start + 12} "12 civilians" number 12 persons',
        f'wrong en-1 {start}-{start + 12} "12 civilians" killed of {raid}-{raid + 4}',
        f'wrong en {raid}-{raid + 4} "kill" number',
    )
    page = build(README="# Guidelines\n\n" + example(*claims))
    assert '<mark class="trigger">kill</mark> <mark class="quote both">12 civilians</mark> near Idlib' in page
    assert f"en-1 {start}–{start + 12}" in page
    assert "✓ right</span> <code>number 12 persons</code>" in page
    assert f'✗ wrong</span> <code>killed of {raid}-{raid + 4}</code> <bdi class="soft">“kill”</bdi>' in page
    assert '<mark class="quote wrong">kill</mark>' in page


def test_words_of_an_arabic_article_run_from_right_to_left(build, workspace):
    start = (workspace / "seeds" / "ar-1.txt").read_text("utf-8").index("مدنيين")
    page = build(README=example(f'right ar-1 {start}-{start + 6} "مدنيين" actor'))
    assert '<p class="words" dir="rtl" lang="ar">مقتل 7 <mark class="quote right">مدنيين</mark> في' in page


def test_of_an_article_that_is_not_there_the_quote_alone_is_shown(build):
    page = build(README=example('right 003 3-7 "على <b>" actor'))
    assert '<p class="words" dir="rtl" lang="ar"><mark class="quote right">على &lt;b&gt;</mark></p>' in page


def test_a_line_that_cannot_be_read_is_said_in_its_place(build):
    assert "no kind of mention or role. Did you mean &#x27;actor&#x27;?" in build(
        README=example('right 003 3-7 "abcd" actr')
    )


def test_the_schemas_tables_say_types_roles_units_and_what_they_are_elsewhere(build):
    page = build()
    assert "<code>strike.air</code></td><td>Air strike</td>" in page
    assert "<td><code>attacker</code></td><td>actor</td><td>any number</td>" in page
    assert "Conflict.Attack" in page
    assert "<code>km</code></td><td>kilometres</td><td>a measure</td>" in page
    assert "<code>idiom</code>" in page
    assert "<code>actors.toml</code>" in page


def test_a_file_is_written_whole_or_refused(run, workspace, tmp_path):
    outcome = run("guidelines", "build", "--out", tmp_path / "g.html")
    assert (outcome.status, outcome.out) == (0, "")
    assert (tmp_path / "g.html").read_text("utf-8").startswith("<!doctype html>")
    assert run("guidelines", "build", "--out", tmp_path / "no" / "g.html").status == 3
