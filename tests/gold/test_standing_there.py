"""What gold has over a stretch, and what is odd about the stretch."""

import pytest

from annotator.gold.standing_there import odd_there, standing_there
from annotator.model.article import Region
from annotator.model.canonical import sha256
from annotator.model.event import Argument, Event
from annotator.model.mention import Mention
from annotator.model.record import GoldRecord, Provenance, Rejected
from annotator.text.span import span

TEXT = "The SDF bombed Raqqa. Share now"
RECORD = GoldRecord(
    article_id="a",
    language="en",
    text_sha256=sha256(TEXT.encode()),
    regions=(Region(kind="body", start=0, end=22), Region(kind="navigation", start=22, end=31)),
    mentions=(
        Mention(id="m1", kind="actor", start=4, end=7, quote="SDF", ref="sdf"),
        Mention(id="m2", kind="trigger", start=8, end=14, quote="bombed", label="strike.air"),
        Mention(id="m3", kind="place", start=15, end=18, quote="Raq"),
    ),
    events=(Event(id="e1", type="strike.air", triggers=("m2",), arguments=(Argument(role="attacker", mention="m1"),)),),
    rejected=(Rejected(kind="trigger", start=22, end=27, quote="Share", reason="not_an_event"),),
    complete=True,
    provenance=Provenance(annotators=(), adjudicator="j1", decisions_sha256="0" * 64),
)


def test_each_mention_stands_there_with_the_roles_that_it_fills_and_then_what_was_rejected() -> None:
    assert list(standing_there(RECORD, span(0, len(TEXT)))) == [
        "m1 actor sdf: “SDF” 4-7; attacker in e1 strike.air on “bombed” 8-14",
        "m2 trigger strike.air: “bombed” 8-14; trigger of e1 strike.air",
        "m3 place: “Raq” 15-18; in no event",
        "rejected trigger (not_an_event): “Share” 22-27",
    ]
    assert list(standing_there(RECORD, span(7, 8))) == []


@pytest.mark.parametrize(
    ("place", "kind", "odd"),
    [
        ((4, 7), None, []),
        ((4, 7), "actor", []),
        ((4, 7), "event", ["No trigger of gold stands there: right if one is missing."]),
        ((8, 14), "event", []),
        ((4, 13), None, ["The stretch cuts a word."]),
        ((15, 18), None, []),  # gold cuts it there as well
        ((0, 3), None, ["No mention of gold stands there: right if one is missing."]),
        (
            (22, 27),
            "number",
            ["It lies in boilerplate, which nobody reads.", "No number of gold stands there: right if one is missing."],
        ),
    ],
)
def test_what_may_be_a_slip_is_told(place: tuple[int, int], kind: str, odd: list[str]) -> None:
    assert list(odd_there(RECORD, TEXT, span(*place), kind)) == odd  # type: ignore[arg-type]
