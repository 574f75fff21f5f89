"""Arguments proposed from the mentions near an event's triggers: what is likely, and nothing the text is silent on."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annotator.model.event import Event
from annotator.workflow import event_edits, mention_edits
from annotator.workflow.labelling import labelling
from annotator.workflow.proposals import Proposer
from annotator.workflow.session import Session

SENTENCES = {
    "by": ("Air strikes by the International Coalition on the SDF in Khasham on Thursday.", "Air strikes", {
        "attacker International Coalition", "target SDF", "place Khasham", "time Thursday"}),
    "plain": ("The SDF attacked ISIS near Khasham.", "attacked", {"attacker SDF", "target ISIS", "place Khasham"}),
    "passive": ("5 militants were captured by the SDF.", "were captured", {
        "captor SDF", "captured 5", "victim militants"}),
    "sides": ("Clashes between the SDF and the Turkish forces against ISIS in Khasham.", "Clashes", {
        "side_a SDF", "side_b ISIS", "place Khasham"}),
    "two": ("Clashes erupted between the SDF and ISIS.", "Clashes", {"side_a SDF", "side_b ISIS"}),
    "losses": ("The SDF attacked Khasham, killing 12 militants and wounding 5.", "attacked", {
        "attacker SDF", "target Khasham", "killed 12", "victim militants"}),
    "counts": ("The Coalition launched 14 airstrikes on Khasham.", "airstrikes", {
        "attacker Coalition", "target Khasham", "strikes 14"}),
    "source": ("SOHR said that the SDF attacked ISIS.", "attacked", {
        "source SOHR", "attacker SDF", "target ISIS"}),
    "owner": ("The village was hit by the Coalition’s bombing.", "bombing", {"attacker Coalition"}),
    "object": ("ISIS seized Khasham.", "seized", {"gainer ISIS", "target Khasham"}),
    "of": ("The withdrawal of the SDF from Khasham.", "withdrawal", {"mover SDF", "place Khasham"}),
    "other": ("The SDF attacked ISIS, and the Coalition bombed Khasham.", "attacked", {"attacker SDF", "target ISIS"}),
    "where": ("The SDF attacked ISIS near Khasham, where Russia on Tuesday sent reinforcements.", "attacked", {
        "attacker SDF", "target ISIS", "place Khasham"}),
    "haythu": ("قصفت قوات التحالف الدولي مواقع داعش حيث يوم الخميس، ما أدى إلى مقتل 6 من عناصر داعش.", "قصفت", {
        "attacker قوات التحالف الدولي", "target داعش", "killed 6", "victim داعش"}),
    "part": ("The clashes went on in Khasham, and about two thirds of the militants there were killed.", "clashes", {
        "place Khasham"}),
    "clause": ("ISIS fled from the town where an attack took place.", "attack", set()),
    "again": ("Russia makes a new strike in Idlib. The attack by Russia took place in Khasham.", "strike", {
        "attacker Russia", "place Idlib"}),
    "arabic": ("قصفت قوات التحالف الدولي مواقع داعش في خشام يوم الخميس، ما أدى إلى مقتل 6 من عناصر داعش.", "قصفت", {
        "attacker قوات التحالف الدولي", "target داعش", "place خشام", "time الخميس", "killed 6", "victim داعش"}),
    "idafa": ("هجمات جوية شنها طيران التحالف الدولي على داعش.", "هجمات جوية", {
        "attacker طيران التحالف الدولي", "target داعش"}),
}  # fmt: skip
"""By name: a sentence, the trigger of its event, and what is proposed for it."""


FAR = "in one village after another, and in one valley after another, " * 14
REPORTERS = {
    "dateline": "Khasham, SOHR: the SOHR learned that the SDF attacked ISIS.",
    "twins": f"SOHR said and SOHR said {FAR}that the SDF attacked ISIS.",
}
"""By name: a sentence that names its reporter twice."""


@pytest.fixture(scope="module")
def sentences(work: Any, new_workspace: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    from annotator.workflow.importing import import_corpus
    from annotator.workflow.project import open_project

    root: Path = tmp_path_factory.mktemp("sentences")
    told = {name: sentence for name, (sentence, _, _) in SENTENCES.items()} | REPORTERS
    texts = {name: f"Title\n\n{sentence}\n" for name, sentence in told.items()}
    new_workspace(root / "work", work.write_corpus(root / "sources", **texts))
    project = open_project(root / "work")
    import_corpus(project)
    yield project
    project.close()


def event_of(session: Session, quote: str) -> Event:
    trigger = next(
        item for item in session.in_order() if item.mention.kind == "trigger" and item.mention.quote == quote
    )
    return Event(id="e", type=trigger.mention.label or "", triggers=(trigger.mention.id,))


def told(session: Session, event: Event) -> list[str]:
    return [f"{one.role} {session.items[one.mention].mention.quote}" for one in Proposer(session).propose(event)]


@pytest.mark.parametrize("name", SENTENCES)
def test_what_a_sentence_says_is_proposed_and_nothing_else(sentences: Any, name: str) -> None:
    _, trigger, expected = SENTENCES[name]
    with labelling(sentences, name, f"reader-{name}") as session:
        assert set(told(session, event_of(session, trigger))) == expected


@pytest.fixture
def clash(sentences: Any, request: pytest.FixtureRequest) -> Iterator[Session]:
    with labelling(sentences, "sides", request.node.name) as session:
        event_edits.make_event(session, next(one for one in session.in_order() if one.mention.kind == "trigger"))
        yield session


def accept(session: Session, work: Any, role: str) -> None:
    event = work.event_of(session)
    first = next(one for one in Proposer(session).propose(event) if one.role == role)
    event_edits.attach(session, event, role, session.items[first.mention])


def test_what_is_joined_to_an_argument_follows_it(work: Any, clash: Session) -> None:
    accept(clash, work, "side_a")
    assert told(clash, work.event_of(clash))[0] == "side_b ISIS"
    assert "side_a Turkish forces" in told(clash, work.event_of(clash))
    accept(clash, work, "side_a")
    assert not [one for one in told(clash, work.event_of(clash)) if one.startswith("side_a")]


def test_a_trigger_in_another_sentence_brings_what_is_new_there(sentences: Any) -> None:
    with labelling(sentences, "again", "two-tellings") as session:
        strike, attack = (one for one in session.in_order() if one.mention.kind == "trigger")
        event_edits.make_event(session, strike)
        for role in ("attacker", "place"):
            event = next(iter(session.annotation.live_events().values()))
            first = next(one for one in Proposer(session).propose(event) if one.role == role)
            event_edits.attach(session, event, role, session.items[first.mention])
        event = next(iter(session.annotation.live_events().values()))
        assert told(session, event) == []
        event_edits.add_trigger(session, event, attack)
        event = next(iter(session.annotation.live_events().values()))
        assert told(session, event) == ["place Khasham"], "who is named already is not proposed again"


def test_who_stands_in_front_of_a_colon_is_no_second_source(sentences: Any, work: Any) -> None:
    with labelling(sentences, "dateline", "dateline") as session:
        event_edits.make_event(session, next(one for one in session.in_order() if one.mention.quote == "attacked"))
        dateline, reporter = (one for one in session.in_order() if one.mention.quote == "SOHR")
        accept(session, work, "source")
        [held] = work.event_of(session).arguments
        assert held.mention == reporter.mention.id
        assert dateline.mention.id not in [one.mention for one in Proposer(session).propose(work.event_of(session))]


def test_of_two_far_reporters_the_nearer_one_is_proposed(sentences: Any) -> None:
    with labelling(sentences, "twins", "twins") as session:
        event = event_of(session, "attacked")
        _, near = (one.mention.id for one in session.in_order() if one.mention.quote == "SOHR")
        assert [one.mention for one in Proposer(session).propose(event) if one.role == "source"] == [near]


def test_what_was_rejected_or_left_unsure_is_not_proposed(work: Any, clash: Session) -> None:
    before = told(clash, work.event_of(clash))
    mention_edits.reject(clash, next(one for one in clash.in_order() if one.mention.quote == "Khasham"))
    mention_edits.unsure(clash, next(one for one in clash.in_order() if one.mention.quote == "ISIS"))
    after = told(clash, work.event_of(clash))
    assert {"place Khasham", "side_b ISIS"} <= set(before)
    assert not {"place Khasham", "side_b ISIS"} & set(after)


def test_a_number_that_another_event_has_is_not_proposed(sentences: Any) -> None:
    with labelling(sentences, "losses", "two-events") as session:
        made = event_edits.make_event(session, next(one for one in session.in_order() if one.mention.kind == "trigger"))
        event = session.annotation.live_events()[made]
        other = event.model_copy(update={"id": "other"})
        assert "killed 12" in told(session, other)
        number = next(one for one in session.in_order() if one.mention.quote == "12")
        event_edits.attach(session, event, "killed", number)
        assert "killed 12" not in told(session, other)


def test_proposals_are_of_the_schema_and_the_same_every_time(sentences: Any) -> None:
    for name in SENTENCES:
        with labelling(sentences, name, "again") as session:
            for item in session.in_order():
                if item.mention.kind == "trigger":
                    event = Event(id="e", type=item.mention.label or "", triggers=(item.mention.id,))
                    found = Proposer(session).propose(event)
                    roles = session.schema.roles_of(event.type)
                    assert all(session.items[one.mention].mention.kind in roles[one.role].kinds for one in found)
                    assert len({one.mention for one in found}) == len(found)
                    assert Proposer(session).propose(event) == found
