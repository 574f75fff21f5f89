"""Two short articles with what is proposed for them, made by hand: no finder's progress moves these tests."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import strategies as st

from annotator.model.annotation import Annotation, Settled, reading_order
from annotator.model.article import Article, Metadata, Region
from annotator.model.mention import KINDS, Candidate, Mention, candidate_id
from annotator.model.registry import Registry
from annotator.model.schema import Schema
from annotator.model.suggestions import Candidates, Suggestions
from annotator.model.value import NumberValue, TimeValue
from annotator.text.intake import text_sha256

TEXT = (
    "Warplanes kill twelve near Idlib\n\nRussian warplanes shelled Saraqib yesterday, killing 12 civilians and"
    " wounding 3 officers, according to Mahmoud, a resident. Regime forces attacked Idlib on 21 May 2018 with"
    " artillery, rocket artillery and more artillery and retreated through damaged orchards"
    " towards Taftanaz afterwards.\nSubscribe newsletter cookies\n"
)
BODY_END = TEXT.index("Subscribe")

SCHEMA = Schema.model_validate(
    {
        "version": "1.0.0",
        "types": {
            name: {"title": name, "description": name, "key": key}
            for name, key in {"strike.air": "a", "attack.ground": "b", "move.withdraw": "c"}.items()
        },
        "realis": ["actual"],
        "certainty": ["asserted"],
        "rejection_reasons": {},
    }
)
REGISTRY = Registry.model_validate(
    {
        "actors": {
            "russia": {"type": "external_forces"},
            "russian_airforce": {"type": "external_forces", "part_of": "russia"},
            "regime": {"type": "state_forces"},
        },
        "places": {
            "syria": {"type": "country"},
            "idlib": {"type": "city", "part_of": "syria"},
            "saraqib": {"type": "town", "part_of": "syria"},
        },
    }
)


def candidate(kind: str, quote: str, nth: int = 0, **fields: Any) -> Candidate:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(quote, start + 1)
    end = start + len(quote)
    where = {"id": candidate_id(kind, start, end), "kind": kind, "start": start, "end": end, "quote": quote}  # type: ignore[arg-type]
    return Candidate.model_validate({**where, "finders": ("lexicon/2",), **fields})


def exact(number: int) -> NumberValue:
    return NumberValue(low=number, high=number, best=number, unit="persons")


FOUND = (
    candidate("actor", "Russian warplanes", ref="russian_airforce"),
    candidate("trigger", "shelled", label="strike.air"),
    candidate("place", "Saraqib", ref="saraqib"),
    candidate("time", "yesterday", value=TimeValue(precision="day", anchor="publication", offset=-1)),
    candidate("number", "12", value=exact(12)),
    candidate("number", "3", value=exact(3)),
    candidate("actor", "Regime forces", ref="regime"),
    candidate("trigger", "attacked", label="attack.ground"),
    candidate("place", "Idlib", 1, ref="idlib"),
    candidate("time", "21 May 2018", value=TimeValue(value="2018-05-21", precision="day")),
    candidate("trigger", "retreated", label="move.withdraw"),
)


def article(name: str = "en-1") -> Article:
    digest = text_sha256(TEXT)
    return Article(article_id=name, text=TEXT, raw_sha256=digest, text_sha256=digest, metadata=Metadata(language="en"))


def suggestions(found: Sequence[Candidate] = FOUND) -> Suggestions:
    title = TEXT.index("\n")
    regions = (
        Region(kind="title", start=0, end=title),
        Region(kind="body", start=title + 2, end=BODY_END - 1),
        Region(kind="cookie_banner", start=BODY_END, end=len(TEXT) - 1),
    )
    in_order = sorted(found, key=reading_order)
    return Suggestions(finders="lexicon/2", regions=regions, candidates=Candidates.of(TEXT, in_order))


@st.composite
def many(draw: st.DrawFn) -> list[Candidate]:
    """Candidates anywhere, overlapping or not, with hardly a word left free."""
    found = {}
    for _ in range(draw(st.integers(0, 15))):
        start = draw(st.integers(0, BODY_END - 2))
        end, kind = draw(st.integers(start + 1, min(start + 20, BODY_END))), draw(st.sampled_from(KINDS))
        one = candidate_id(kind, start, end)
        found[one] = Candidate(
            id=one,
            kind=kind,
            start=start,
            end=end,
            quote=TEXT[start:end],
            label=draw(st.sampled_from(["strike.air", "attack.ground"])) if kind == "trigger" else None,
            ref={"actor": "regime", "place": "idlib"}.get(kind),
            value=exact(draw(st.integers(0, 90))) if kind == "number" else None,
            finders=("lexicon/2",),
        )
    return sorted(found.values(), key=reading_order)


def annotation(*settled: tuple[Mention, Any], finished: bool = True) -> Annotation:
    """What somebody says: mentions with their dispositions."""
    said = {mention.id: Settled(_bare(mention), disposition) for mention, disposition in settled}
    return Annotation(settled=said, finished=finished, read_to_end=finished)


def _bare(mention: Mention) -> Mention:
    return mention.as_mention() if isinstance(mention, Candidate) else mention


class Scene:
    """What the tests of this folder work with."""

    text, body_end, schema, registry, found = TEXT, BODY_END, SCHEMA, REGISTRY, FOUND
    candidate = staticmethod(candidate)
    article = staticmethod(article)
    suggestions = staticmethod(suggestions)
    many = staticmethod(many)
    annotation = staticmethod(annotation)


@pytest.fixture(scope="session")
def scene() -> type[Scene]:
    return Scene
