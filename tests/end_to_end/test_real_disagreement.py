"""Real disagreement: Arabic sentences that two to four people marked, compared, ten of them settled key by key.

Who adjudicates follows what the file calls right, so that each key is one that somebody had reason to press. Run as a
script (`python -m tests.end_to_end.test_real_disagreement`) it prints how far the annotators agree and the keys.
"""

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import orjson
import pytest

import annotator
from annotator.adjudication.disagreement import Disagreement, Filling
from annotator.agreement.report import AgreementReport
from annotator.cli.agree_text import agreement_screen
from annotator.model.event import Event
from annotator.model.mention import Mention
from annotator.text.span import Span
from annotator.tui.app import AnnotatorApp
from annotator.tui.screens.queue import QueueScreen
from annotator.workflow.agreement_of import agreement_of
from annotator.workflow.project import Project, open_project
from annotator.workflow.releasing import cut_release, plan_release
from tests.outside.gsr_annotations import Sentence, gold_spans, make_workspace, read, take_over
from tests.outside.repository import DATA
from tests.tui.conftest import WIDE, Desk

GSR = DATA / "arabic_gsr" / "protest_spans.json"

TEN = 10

pytestmark = pytest.mark.skipif(not GSR.exists(), reason="the Arabic protest sentences are not at hand")


def hardest(sentences: Sequence[Sentence]) -> list[Sentence]:
    """Give ten sentences: those of four people, then the first of three who all differ; the file says what is right."""
    decided = [one for one in sentences if one.gold["verb"] and len(one.told) > 2]
    disputed = [one for one in decided if len({orjson.dumps(told) for told in one.told}) >= 3]
    return sorted(disputed, key=lambda one: -len(one.told))[:TEN]


# --- an adjudicator ---


@dataclass
class Adjudicator:
    """Settles what is asked by the nearest to what the file calls right, and counts the keys."""

    desk: Desk
    right: dict[str, list[Span]]
    keys: dict[str, list[str]] = field(default_factory=dict)
    """By disagreement: what was pressed to settle it."""

    async def settle_all(self) -> None:
        """Go on until nothing is open, then mark the article adjudicated."""
        while self.desk.adjudicate.adjudication.unsettled():
            one = self.desk.adjudicate.disagreement
            assert one is not None
            assert one.id not in self.keys, "nothing is asked twice"
            self.keys[one.id] = []
            await self._settle(one)
            assert self.desk.adjudicate.adjudication.is_settled(one), self.desk.screen
        await self.desk.press("D")
        await self.desk.saved()

    async def _settle(self, one: Disagreement) -> None:
        if one.what == "mention":
            await self._settle_mention(one)
        else:
            await self._settle_event(one)
        if self.desk.adjudicate.panel.asking:
            await self._press(one, "a", "2")

    async def _settle_mention(self, one: Disagreement) -> None:
        shared = [0 if answer.content is None else self._shared(answer.content) for answer in one.answers]
        best = max(shared)
        nothing = [at for at, answer in enumerate(one.answers) if answer.content is None]
        if best:
            await self._press(one, str(shared.index(best) + 1))
        elif nothing:
            await self._press(one, str(nothing[0] + 1))
        else:
            await self._press(one, "0")

    async def _settle_event(self, one: Disagreement) -> None:
        """Take the answer that is best in each part; where none is, part by part."""
        best = {
            slot.name: max(slot.answers, key=lambda said: self._fits(slot.name, said.filling)) for slot in one.slots
        }
        for number, answer in enumerate(one.answers, 1):
            if isinstance(answer.content, Event) and all(answer.people[0] in said.people for said in best.values()):
                await self._press(one, str(number))
                return
        await self._press(one, "s")
        for slot in one.slots:
            await self._press(one, str(slot.answers.index(best[slot.name]) + 1))

    async def _press(self, one: Disagreement, *keys: str) -> None:
        self.keys[one.id] += keys
        await self.desk.press(*keys)

    def _shared(self, mention: Mention) -> float:
        """Give how much a mention shares with what is right: intersection over union."""
        right = self.right["verb"] if mention.kind == "trigger" else self.right["source"] + self.right["target"]
        return max((_iou(mention.span, span) for span in right), default=0)

    def _fits(self, slot: str, filling: Filling) -> float:
        """Give how many of the mentions in a slot that stand are right, less those that are not."""
        held = filling if isinstance(filling, tuple) else ()
        mentions = [
            self.desk.session.annotation.live_mention(one if isinstance(one, str) else one.mention) for one in held
        ]
        right = self.right["verb" if slot == "triggers" else slot.removeprefix("role:")]
        fit = [max((_iou(one.span, span) for span in right), default=0) or -1 for one in mentions if one is not None]
        return sum(fit)


def _iou(one: Span, other: Span) -> float:
    shared = one.overlap(other)
    return shared / (one.end - one.start + other.end - other.start - shared)


@asynccontextmanager
async def sitting(project: Project) -> AsyncIterator[Desk]:
    app = AnnotatorApp(project, "lead")
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        yield Desk(app, pilot)


async def adjudicated(project: Project, chosen: Sequence[Sentence]) -> list[list[str]]:
    """Adjudicate articles one after the other from the queue; give the keys of each disagreement."""
    pressed: list[list[str]] = []
    async with sitting(project) as desk:
        for sentence in chosen:
            queue = desk.app.screen
            assert isinstance(queue, QueueScreen)
            while queue.chosen != sentence.article.article_id:
                await desk.press("down" if (queue.chosen or "") < sentence.article.article_id else "up")
            await desk.press("j")
            who = Adjudicator(desk, gold_spans(sentence))
            await who.settle_all()
            assert desk.session.annotation.finished, desk.screen
            pressed += who.keys.values()
            await desk.press("q")
    return pressed


# --- the proof ---


@pytest.fixture(scope="module")
def sentences() -> list[Sentence]:
    return read(GSR.read_bytes())


@pytest.fixture
def project(sentences: list[Sentence], tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A workspace of the ten, with what everybody marked in them."""
    monkeypatch.delenv("ANNOTATOR_STORE", raising=False)
    opened = open_project(make_workspace(tmp_path / "gsr", chosen := hardest(sentences)))
    take_over(opened, chosen)
    yield opened
    opened.close()


async def test_ten_articles_are_adjudicated_in_two_keys_a_disagreement_and_released(project, sentences):
    chosen = hardest(sentences)
    assert len(chosen) == TEN
    assert {len(one.told) for one in chosen} == {3, 4}
    pressed = await adjudicated(project, chosen)
    assert len(pressed) >= 2 * TEN, "these are the hard ones"
    assert median(map(len, pressed)) <= 2
    assert max(map(len, pressed)) <= 5

    plan = plan_release(project)
    assert plan.errors == ()
    assert plan.waiting == ()
    released = annotator.load_gold(cut_release(project, plan))
    records = {record.article_id: record for record in released.records}
    assert records.keys() == {one.article.article_id for one in chosen}
    for sentence in chosen:
        record = records[sentence.article.article_id]
        by_id = {mention.id: mention for mention in record.mentions}
        triggers = {by_id[trigger].span for event in record.events for trigger in event.triggers}
        right = gold_spans(sentence)["verb"]
        assert any(one.overlaps(other) for one in triggers for other in right), "what the file calls right is in it"


def test_all_sentences_give_figures_that_say_how_real_people_disagree(sentences, tmp_path, monkeypatch):
    monkeypatch.delenv("ANNOTATOR_STORE", raising=False)
    report, cases = compared_all(tmp_path / "all", sentences)
    assert report.coverage.by_annotators == {1: 34, 2: 125, 3: 110, 4: 3}
    assert dict(report.coverage.by_person) == {"a1": 272, "a2": 238, "a3": 113, "a4": 3}
    assert cases.count["verb not found"] == cases.count["actor not found"] == 0
    for pair in report.pairs[:2]:
        assert 0 < pair.exact.value < pair.overlap.value < 1
    assert report.pairs[-1].exact.few, "three articles are too few"


def compared_all(root: Path, sentences: Sequence[Sentence]):
    """Give how far all annotators agree on all sentences, and what could not be taken over."""
    project = open_project(make_workspace(root, sentences))
    try:
        cases = take_over(project, sentences)
        return agreement_of(project), cases
    finally:
        project.close()


def figures() -> str:
    """Give the agreement on all sentences, and how many keys each disagreement of the ten took."""
    sentences = read(GSR.read_bytes())
    with tempfile.TemporaryDirectory() as folder:
        report: AgreementReport
        report, cases = compared_all(Path(folder) / "all", sentences)
        project = open_project(make_workspace(Path(folder) / "ten", chosen := hardest(sentences)))
        take_over(project, chosen)
        counts = sorted(map(len, asyncio.run(adjudicated(project, chosen))))
        project.close()
    told = f"{len(counts)} disagreements settled with {sum(counts)} keys: median {median(counts)}, most {counts[-1]}"
    return f"{agreement_screen(report)}\n{cases}\n\n{told}\n"


if __name__ == "__main__":
    sys.stdout.write(figures())
