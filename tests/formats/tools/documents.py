"""Documents as hypothesis makes them: the texts that break offsets, and everything that a document can say."""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import strategies as st

from annotator.formats.tools.document import Document, Filled, Frame, Link, Marked
from annotator.model.note import Note
from annotator.model.value import NumberValue, TimeValue
from annotator.text.span import Span, span

PIECES = (
    "قُتِلَ", "وقتل", "مدنيًّا", "إدلب", "بالقصف", "٢٣", "12", "killed", "Police", "Idlib", "e\u0301te\u0301", "ﷺ",
    "🔥", "👨‍👩‍👧", "👍🏽", "𝒜", "\u200fحلب\u200e", "\u202bاليوم\u202c", "a\u00a0b", "…", ".", ",", "-", "(", ")",
    "x;y", "50%", 'said "no"', "a\\b", "<b>&amp;", "#1", "T1",
)  # fmt: skip
"""Words with diacritics and clitics, digits of two scripts, pictures of several code points, marks of direction."""

GAPS = (" ", " ", " ", "", "\n", "\n\n", "  ", "\u00a0", "\t")

KINDS = ("trigger", "actor", "number", "place", "time")
EVENT_TYPES = ("clash.armed", "strike.air", "control.gain", "strike.suicide")
ROLES = ("attacker", "victim", "killed", "wounded", "place", "time", "side_a")
WORDS = st.sampled_from(("civilian", "army-unit", "اسم", "a b", "x.y", "q;u|o,te", "ünï", "100%"))
REFS = st.sampled_from(("isis", "coalition", "Q1234", "syria/aleppo", "geo:36.2", "حلب"))
SMALL = st.integers(-3, 500)


def texts() -> st.SearchStrategy[str]:
    """Stored texts: LF, no BOM, never blank."""
    pairs = st.tuples(st.sampled_from(PIECES), st.sampled_from(GAPS))
    return st.lists(pairs, min_size=1, max_size=14).map(
        lambda found: "".join(word + gap for word, gap in found).rstrip("\n") or "."
    )


def raws(text: str) -> st.SearchStrategy[str]:
    """The raw texts that `text` may have come from: other line ends, a BOM."""
    ends = st.sampled_from(("\n", "\r\n"))
    return st.tuples(st.sampled_from(("", "\ufeff")), ends).map(lambda how: how[0] + text.replace("\n", how[1]))


def numbers() -> st.SearchStrategy[NumberValue]:
    """Values of every qualifier, with open bounds, fractions and units."""
    qualifiers = st.sampled_from(
        ("exact", "at_least", "more_than", "at_most", "less_than", "about", "range", "vague", "unknown")
    )
    bounds = st.tuples(st.none() | SMALL, st.none() | SMALL).map(
        lambda two: two if None in two else (min(two), max(two))
    )
    fraction = st.none() | st.tuples(st.integers(1, 9), st.integers(1, 9))
    return st.builds(
        lambda low_high, best, qualifier, unit, scope, part: NumberValue(
            low=low_high[0],
            high=low_high[1],
            best=best,
            qualifier=qualifier,
            unit=unit,
            scope=scope,
            num=part and part[0],
            den=part and part[1],
        ),
        bounds,
        st.none() | SMALL,
        qualifiers,
        st.none() | st.sampled_from(("persons", "km", "days")),
        st.none() | st.sampled_from(("new", "cumulative", "additional")),
        fraction,
    )


def times() -> st.SearchStrategy[TimeValue]:
    """Dates whole and in part, and distances from an anchor."""
    return st.builds(
        TimeValue,
        value=st.none() | st.sampled_from(("2016-05-21", "2016-05", "2016", "--02-07")),
        precision=st.sampled_from(("year", "month", "day", "part_of_day", "unresolved")),
        anchor=st.none() | st.sampled_from(("publication", "quoted_report", "event")),
        offset=st.none() | SMALL,
    )


def spans(text: str) -> st.SearchStrategy[Span]:
    """Stretches of a text that are not empty and not blank at their edges: clitics narrower than a word among them."""
    whole = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(lambda two: span(min(two), max(two)))
    return whole.map(lambda one: one.trimmed(text)).filter(lambda one: one.start < one.end)


def _value(kind: str) -> st.SearchStrategy[NumberValue | TimeValue | None]:
    return st.none() | {"number": numbers(), "time": times()}[kind] if kind in ("number", "time") else st.none()


def _attributes() -> st.SearchStrategy[tuple[tuple[str, str], ...]]:
    names = st.sampled_from(("Negation", "Confidence", "note"))
    pairs = st.dictionaries(names, st.sampled_from(("true", "L1", "high")), max_size=2)
    return pairs.map(lambda found: tuple(sorted(found.items())))


@st.composite
def _mark(draw: st.DrawFn, text: str, number: int, foreign: bool) -> Marked:
    kind = draw(st.sampled_from(KINDS))
    found = [draw(spans(text))]
    if foreign and draw(st.booleans()):
        more = draw(st.lists(spans(text), max_size=2))
        for one in sorted(more):
            if one.start > found[-1].end:
                found.append(one)
    return Marked(
        id=f"m{number}",
        type=kind if not foreign else draw(st.sampled_from((kind, "Person", "Life-Event"))),
        spans=tuple(found),
        label=draw(st.sampled_from(EVENT_TYPES)) if kind == "trigger" else draw(st.none() | WORDS),
        ref=draw(st.none() | REFS) if kind in ("actor", "place") else None,
        value=draw(_value(kind)),
        attributes=draw(_attributes()) if foreign else (),
    )


@st.composite
def _frame(draw: st.DrawFn, number: int, marks: Sequence[Marked], targets: Sequence[str], foreign: bool) -> Frame:
    triggers = [mark for mark in marks if mark.type == "trigger"]
    main = draw(st.sampled_from(triggers))
    others = st.lists(st.sampled_from(triggers).map(lambda one: one.id), max_size=2)
    arguments = st.builds(Filled, st.sampled_from(ROLES), st.sampled_from(targets), st.none() | st.just("isis"))
    kinds = {mark.id: mark.type for mark in marks}
    found = [
        one if kinds.get(one.target) == "number" else one._replace(of=None)
        for one in draw(st.lists(arguments, max_size=5))
    ]
    return Frame(
        id=f"e{number}",
        type=main.label or "control.gain",
        triggers=tuple(dict.fromkeys([main.id, *draw(others)])),
        arguments=tuple(dict.fromkeys(found)),
        realis=draw(st.sampled_from(("actual", "attempted", "hypothetical"))),
        certainty=draw(st.sampled_from(("asserted", "attributed"))),
        background=draw(st.booleans()),
        hub=draw(st.none() | st.sampled_from(("h1", "h2"))),
        attributes=draw(_attributes()) if foreign else (),
    )


@st.composite
def _note(draw: st.DrawFn, text: str, number: int, marks: Sequence[Marked]) -> Note:
    about = draw(st.none() | st.sampled_from(marks)) if marks else None
    where = about.covers if about is not None else draw(spans(text))
    said = draw(st.sampled_from(("Is that so?", "سؤال؟", "two\nlines\tand a tab", "100000000 USD")))
    kind = draw(st.sampled_from(("note", "question")))
    return Note(
        id=f"n{number}", kind=kind, start=where.start, end=where.end, mention=about.id if about else None, text=said
    )


def _links(marks: Sequence[Marked]) -> st.SearchStrategy[tuple[Link, ...]]:
    ids = st.sampled_from([mark.id for mark in marks])
    one = st.builds(Link, st.sampled_from(("Alias", "PartOf")), ids, ids).filter(lambda link: link[1] != link[2])
    return st.lists(one, max_size=2, unique=True).map(tuple)


@st.composite
def documents(draw: st.DrawFn, *, foreign: bool = False, article_id: str = "art-1") -> Document:
    """A document as our records make it; with `foreign` also broken spans, links, attributes and types of others."""
    text = draw(texts())
    marks = [draw(_mark(text, number, foreign)) for number in range(1, draw(st.integers(0, 6)) + 1)]
    numbers_of = [mark.id for mark in marks if mark.type == "number"]
    marks = [_as_part(draw, mark, numbers_of) for mark in marks]
    frames: list[Frame] = []
    if any(mark.type == "trigger" for mark in marks):
        for number in range(1, draw(st.integers(0, 3)) + 1):
            targets = [mark.id for mark in marks]
            targets += [frame.id for frame in frames] if foreign else []
            frames.append(draw(_frame(number, marks, targets, foreign)))
    notes = [draw(_note(text, number, marks)) for number in range(1, draw(st.integers(0, 2)) + 1)]
    return Document(
        article_id=article_id,
        text=text,
        marks=tuple(marks),
        frames=tuple(frames),
        links=draw(_links(marks)) if foreign and len(marks) > 1 else (),
        notes=tuple(notes),
        language=draw(st.sampled_from(("en", "ar"))),
        person=draw(st.none() | st.sampled_from(("a1", "Miriam"))),
        complete=draw(st.booleans()),
    )


def _as_part(draw: st.DrawFn, mark: Marked, numbers_of: Sequence[str]) -> Marked:
    """Let the fraction of a number be of another mention, sometimes."""
    others = [one for one in numbers_of if one != mark.id]
    if not (isinstance(mark.value, NumberValue) and mark.value.num is not None and others and draw(st.booleans())):
        return mark
    value = mark.value.model_copy(update={"of": draw(st.sampled_from(others))})
    return replace(mark, value=value)


def folders(*, foreign: bool = False) -> st.SearchStrategy[tuple[Document, ...]]:
    """Documents of one to three articles, whatever a file of many holds."""
    ids = st.lists(st.sampled_from(("art-1", "art_2", "مقال-٣")), min_size=1, max_size=3, unique=True)
    return ids.flatmap(lambda found: st.tuples(*(documents(foreign=foreign, article_id=one) for one in found)))
