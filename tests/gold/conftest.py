"""Records that obey the rules, of every shape that the models allow, and a schema for them."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import strategies as st

from annotator.gold.manifest import Facts
from annotator.model.annotation import reading_order
from annotator.model.canonical import sha256
from annotator.model.event import Argument, Event
from annotator.model.mention import KINDS, Mention
from annotator.model.record import GoldRecord, Provenance, Rejected
from annotator.model.value import NumberValue, TimeValue
from annotator.text.intake import text_sha256

SCHEMA_TOML = b"""\
version = "1.2.0"
realis = ["actual", "future"]
certainty = ["asserted", "attributed"]
[types."clash.armed"]
title = "Clash"
description = "Two sides fight."
key = "c"
[types."clash.armed".roles]
side = "actor|place*"
killed = "number*"
[types."strike.air"]
title = "Air strike"
description = "From the air."
key = "a"
[types."strike.air".roles]
time = "time*"
[units.persons]
title = "persons"
[rejection_reasons]
i = "idiom"
"""

TEXT = "قُتل 6 members at least; 💥 “killed” in الرقة، yesterday." * 3

NAMES = st.text("abcXYZ-_.é٣", min_size=1, max_size=4)
DIGESTS = st.text("0123456789abcdef", min_size=64, max_size=64)


@st.composite
def number_values(draw: st.DrawFn) -> NumberValue:
    low, best, high = sorted(draw(st.lists(st.integers(0, 2**53 - 1), min_size=3, max_size=3)))
    absent = draw(st.lists(st.sampled_from(["low", "best", "high"]), max_size=3))
    bounds: dict[str, Any] = {"low": low, "best": best, "high": high}
    given_bounds = {name: bound for name, bound in bounds.items() if name not in absent}
    return NumberValue(**given_bounds, qualifier=draw(st.sampled_from(["exact", "about", "range", "vague"])))


@st.composite
def gold_records(draw: st.DrawFn, article_ids: st.SearchStrategy[str] = NAMES) -> GoldRecord:
    """A record of `TEXT` in which nothing is an error."""
    stretch = st.tuples(st.sampled_from(KINDS), st.integers(0, len(TEXT) - 9), st.integers(1, 8))
    stretches = draw(st.lists(stretch, unique=True, max_size=8))
    taken, refused = stretches[::2], stretches[1::2]
    drafts = [
        Mention(id="m", kind=kind, start=start, end=start + size, quote=TEXT[start : start + size])
        for kind, start, size in taken
    ]
    mentions = []
    for number, draft in enumerate(sorted(drafts, key=reading_order), start=1):
        value: NumberValue | TimeValue | None = None
        if draft.kind == "number":
            value = draw(st.none() | number_values())
        elif draft.kind == "time":
            value = draw(st.none() | st.just(TimeValue(value="--02-07", precision="day", offset=-1)))
        mentions.append(draft.model_copy(update={"id": f"m{number}", "value": value}))
    triggers = [mention.id for mention in mentions if mention.kind == "trigger"]
    numbers = [mention.id for mention in mentions if mention.kind == "number"]
    events = tuple(
        Event(
            id=f"e{number}",
            type=draw(st.sampled_from(["clash.armed", "strike.air"])),
            triggers=(trigger,),
            background=draw(st.booleans()),
        )
        for number, trigger in enumerate(triggers, start=1)
    )
    if events and events[0].type == "clash.armed":
        arguments = tuple(Argument(role="killed", mention=name, of="isis") for name in numbers)
        events = (events[0].model_copy(update={"arguments": arguments}), *events[1:])
    return GoldRecord(
        article_id=draw(article_ids),
        language=draw(st.sampled_from(["en", "ar"])),
        text_sha256=text_sha256(TEXT),
        regions=(),
        mentions=tuple(mentions),
        events=events,
        rejected=tuple(
            Rejected(kind=kind, start=start, end=start + size, quote=TEXT[start : start + size], reason="idiom")
            for kind, start, size in refused
        ),
        complete=draw(st.booleans()),
        provenance=Provenance(
            annotators=tuple(draw(st.lists(st.sampled_from(["a1", "a2", "a3"]), unique=True))),
            adjudicator="j1",
            decisions_sha256=draw(DIGESTS),
        ),
    )


def _by_article(record: GoldRecord) -> str:
    return record.article_id


@pytest.fixture(scope="session")
def corpora() -> st.SearchStrategy[list[GoldRecord]]:
    """Records of different articles, in any order."""
    return st.lists(gold_records(), unique_by=_by_article, max_size=4)


@pytest.fixture(scope="session")
def schema_toml() -> bytes:
    return SCHEMA_TOML


@pytest.fixture(scope="session")
def facts() -> Facts:
    return Facts(
        guidelines_sha256=sha256(b"the guidelines"), tool_version="0.1.0", limits=("Only five articles so far.",)
    )


@pytest.fixture(scope="session")
def make_record() -> Callable[..., GoldRecord]:
    """Give a record of an article, with a label that can be changed and a decision digest that can be."""

    def make(article_id: str, word: str = "killed", decided: bytes = b"") -> GoldRecord:
        mention = Mention(id="m1", kind="trigger", start=0, end=len(word), quote=word, label="clash.armed")
        number = Mention(id="m2", kind="number", start=20, end=21, quote="6", value=NumberValue(low=6, high=6, best=6))
        event = Event(id="e1", type="clash.armed", triggers=("m1",), arguments=(Argument(role="killed", mention="m2"),))
        made = Provenance(annotators=("a1", "a2"), adjudicator="j1", decisions_sha256=sha256(decided))
        return GoldRecord(
            article_id=article_id,
            language="en",
            text_sha256=sha256(b"text"),
            regions=(),
            mentions=(mention, number),
            events=(event,),
            complete=True,
            provenance=made,
        )

    return make
