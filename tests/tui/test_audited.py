"""An audited article on the screen: nothing tells what is planted from what was found, or what is missing."""

from pathlib import Path

import pytest

from annotator.model.decision import SettleMention
from annotator.store.articles import get_article
from annotator.store.audits import audits_of
from annotator.workflow import mention_edits
from annotator.workflow.labelling import labelling
from annotator.workflow.project import open_project

AUDIT = "\n[audit]\nwithheld = 0.3\nplanted = 0.5\nseed = {}\n"


def switch_on(workspace: Path, seed: int = 1) -> None:
    with (workspace / "annotator.toml").open("a", encoding="utf-8") as settings:
        settings.write(AUDIT.format(seed))


@pytest.mark.parametrize("article", ["en-1", "ar-1"])
async def test_off_the_screen_is_as_it_was(sit, workspace: Path, article: str):
    """Somebody who began before sees, with audits on, what everybody sees with audits off."""
    async with sit(article) as desk:
        await desk.press("a", "shift+tab")
        await desk.saved()
        before = desk.lines[1:-3]
    switch_on(workspace)
    async with sit(article) as desk:
        assert desk.lines[1:-3] == before


async def test_counts_panel_and_all_the_same_take_a_planted_one_as_any_other(sit, workspace: Path):
    switch_on(workspace)
    async with sit("en-1") as desk:
        project = desk.app.project
        audit = audits_of(project.engine, get_article(project.engine, "en-1"))["a1"]
        total = len(desk.session.suggestions.candidates)
        assert f"0 of {total} settled, {total} left" in desk.head
        for planted in audit.planted:
            item = desk.session.items[planted.id]
            await desk.at(planted.quote, planted.kind, _nth(desk, item))
            assert "plant" not in desk.screen.lower()
            assert "audit" not in desk.screen.lower()
            assert planted.quote in desk.panel
        await desk.press("x", "u", "a", "A", "escape")
        await desk.saved()
        assert desk.session.items[audit.planted[-1].id].disposition == "confirmed"
        for missing in audit.withheld:
            assert missing.id not in desk.session.items


def _nth(desk, item) -> int:
    same = [
        one
        for one in desk.session.in_order()
        if (one.mention.quote, one.mention.kind) == (item.mention.quote, item.mention.kind)
    ]
    return same.index(item)


async def test_an_adjudicator_is_asked_what_all_confirmed_of_a_planted_one(sit, workspace: Path):
    switch_on(workspace)
    project = open_project(workspace)
    with labelling(project, "en-1", "miriam") as session:
        planted = audits_of(project.engine, session.article)["a1"].planted[0]
        said = [item.mention for item in session.in_order()]
        session.decide(*(SettleMention(disposition="confirmed", mention=one) for one in said))
        session.finish()
    with labelling(project, "en-1", "noor") as session:
        session.decide(*(SettleMention(disposition="confirmed", mention=one) for one in said))
        for item in session.in_order():
            if item.mention.id not in {one.id for one in said}:
                mention_edits.reject(session, item)
        session.finish()
    project.close()
    async with sit("en-1", name="lead", stage="adjudicate") as desk:
        asked = [one.id for one in desk.adjudicate.adjudication.disagreements]
        assert planted.id in asked
        desk.adjudicate._go(asked.index(planted.id))
        await desk.pilot.pause()
        assert "A, B" in desk.screen
        await desk.press("2")
        assert "no such answer" in desk.says
        await desk.press("0")
        assert desk.session.annotation.settled[planted.id].disposition == "rejected"
        await desk.saved()


async def test_the_queues_bar_stays_as_long_as_it_is(sit, workspace: Path):
    """More may be left than the finders propose: what is planted counts for the person alone."""
    bars = set()
    for seed in range(6):
        switch = (workspace / "annotator.toml").read_text(encoding="utf-8").partition("\n[audit]")[0]
        (workspace / "annotator.toml").write_text(switch + f"\n[audit]\nplanted = 0.5\nseed = {seed}\n", "utf-8")
        async with sit("en-1", name=f"person {seed}") as desk:
            await desk.press("m")
            await desk.saved()
            await desk.press("q")
            bars |= {cell for line in desk.lines for cell in line.split() if set(cell) <= {"█", "·"} and "·" in cell}
    assert {len(bar) for bar in bars if len(bar) > 3} == {len("progress")}
