"""An adjudicator whose program is killed, again and again, has lost nothing that the screen said was saved."""

import random
import re
from pathlib import Path

import pytest

from annotator.model.decision import Rule
from annotator.store.articles import get_article
from annotator.store.log import check_log, decisions_on
from annotator.workflow import mention_edits
from annotator.workflow.adjudicating import Adjudication
from annotator.workflow.importing import import_corpus
from annotator.workflow.labelling import adjudicating, labelling
from annotator.workflow.project import open_project
from tests.end_to_end.test_terminal import Terminal

pytestmark = pytest.mark.terminal

KILLS = 10
AT_ONCE = 9
"""Keys that are sent before anything is looked at: most are under way when the program is killed."""

_HEAD = re.compile(r"(\d+) of \d+ settled")


@pytest.fixture
def disputed(workspace: Path) -> Path:
    """A workspace with an article on which two people differ in everything."""
    lines = (f"On Monday, clashes in Idlib killed {number} soldiers." for number in range(2, 50))
    (workspace / "seeds" / "long.txt").write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    project = open_project(workspace)
    import_corpus(project)
    for name, settle in (("miriam", mention_edits.confirm), ("noor", mention_edits.reject)):
        with labelling(project, "long", name) as session:
            for item in session.in_order():
                settle(session, item)
            session.finish()
    project.close()
    return workspace


class Interrupted(Terminal):
    """The adjudication of the article, and how much of it the screen said was saved."""

    def __init__(self, workspace: Path) -> None:
        super().__init__(workspace, "adjudicate", "long", "--as", "lead")
        self.wait("settled", "saved ✓")
        self.begun = self.told = self._told()

    def _told(self) -> int:
        found = _HEAD.search(self.shown)
        return int(found[1]) if found and "saved ✓" in self.shown else -1

    def look(self) -> None:
        """Read what came; count what is said only once it is still said at the next look, for a frame may be torn."""
        before = self._told()
        self._read()
        if self._told() == before:
            self.told = max(self.told, before)

    def kill(self) -> None:
        self.process.kill(9)
        self.end()


def rulings(workspace: Path) -> list[Rule]:
    """Give the rulings in the log, in order, as they stand there."""
    project = open_project(workspace)
    article = get_article(project.engine, "long")
    logged = decisions_on(project.engine, "j1", "long", article.text_sha256)
    assert check_log(project.engine) == ()
    project.close()
    return [change for decision in logged for change in decision.changes if isinstance(change, Rule)]


def as_pressed(judged: Adjudication, key: str, at: int) -> tuple[str, str]:
    """Give what a key rules on the nth disagreement: which one, and whose answer."""
    one = judged.disagreements[at]
    return one.id, one.answers[int(key) - 1].people[0]


def test_ten_interrupted_adjudications_lose_nothing_that_was_said_to_be_saved(disputed):
    chance = random.Random(5)
    logged: list[tuple[str, str | None]] = []
    under_way = 0
    seen_saved = 0
    for number in range(KILLS):
        terminal = Interrupted(disputed)
        assert terminal.begun == len(logged), "it goes on where the log ends"
        keys = "".join(chance.choice("12") for _ in range(AT_ONCE))
        terminal.press(keys)
        least = terminal.begun + (number % 2)
        while terminal.told < least:
            terminal.look()
        for _ in range(chance.randrange(3)):
            terminal.look()
        terminal.kill()

        found = [(rule.item, rule.annotator) for rule in rulings(disputed)]
        project = open_project(disputed)
        with adjudicating(project, "long", "lead") as judged:
            wanted = [as_pressed(judged, key, at) for at, key in enumerate(keys, len(logged))]
            assert len(judged.disagreements) - len(judged.unsettled()) == len(found)
        project.close()
        assert found[: len(logged)] == logged, "what was there before stays"
        assert found[len(logged) :] == wanted[: len(found) - len(logged)], "the keys, in their order, and no others"
        assert len(found) >= terminal.told, "what the screen said was saved"
        seen_saved += terminal.told > terminal.begun
        under_way += len(found) < len(logged) + len(keys)
        logged = found
    assert seen_saved >= KILLS / 2, "it was killed after it had saved something"
    assert under_way >= KILLS / 4, "it was killed while it worked"
