"""From the lines of one `.ann` file to a document: where its spans stand, and what hangs on what.

Never guesses: what speaks of something that is not there is an error with its line.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from annotator.formats.inspection import shown
from annotator.formats.tools.brat_lines import Framed, Lines, Said, read_lines_of
from annotator.formats.tools.brat_names import plain_name, plain_word
from annotator.formats.tools.brat_places import File, places_of
from annotator.formats.tools.cycles import cycle_among
from annotator.formats.tools.document import Document, Filled, Frame, Link, Marked
from annotator.formats.tools.in_words import remark_of, value_of
from annotator.formats.tools.units import Unit
from annotator.model.note import Note, NoteKind
from annotator.model.problem import Level, Problem
from annotator.model.value import NumberValue, TimeValue
from annotator.text.span import Span

REGISTRY = "registry"
"""In the place of a registry's name where an entry is of ours."""
ALSO = "Also"
"""The role of triggers beyond the first."""
PLACED: Mapping[str, NoteKind] = {"Margin-note": "note", "Margin-question": "question"}
"""Types of the stretches that notes are about which are not about a mention."""
ABOUT = "About"
"""The attribute of such a stretch: which mention the note is about, if it stands elsewhere."""
QUESTION = "Question"


@dataclass
class _Held:
    """What is said of each annotation, by its id."""

    attributes: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    of: dict[tuple[str, str, str], str] = field(default_factory=dict)
    """By event, role with its number, and mention."""
    values: dict[str, NumberValue | TimeValue] = field(default_factory=dict)
    hubs: dict[str, str] = field(default_factory=dict)
    notes: list[Said] = field(default_factory=list)


def document(text: str, file: File, roles: Collection[str], unit: Unit | None, problems: list[Problem]) -> Document:
    """Give what `text`, the content of a `.ann`, says; `roles` are those whose names end in digits."""
    lines = read_lines_of(text, file.path, problems)
    known = {one.id for one in lines.bound} | {one.id for one in lines.framed}
    held = _gather(lines, known | {one.id for one in lines.related}, problems)
    spans = places_of(lines.bound, file, unit, problems)
    marks = _marks(lines, spans, held)
    frames = tuple(_frames(lines.framed, {mark.id for mark in marks}, known, held, roles, problems))
    ids = {mark.id for mark in marks} | {frame.id for frame in frames}
    links = []
    for one in lines.related:
        if _is_known((one.source, one.target), known, one.where, problems) and {one.source, one.target} <= ids:
            links.append(Link(plain_name(one.type), one.source, one.target, one.symmetric))
    if found := cycle_among(frames):
        _tell("cycle", "warning", file.path, f"{shown(found)} is an argument of itself, by way of others.", problems)
    beside = _beside_notes(marks, frames, links, held)
    made = Document(
        article_id=file.article_id,
        text=file.text,
        marks=tuple(mark for mark in marks if mark.id not in beside),
        frames=frames,
        links=tuple(links),
        person=file.person,
    )
    for name in held.attributes.keys() - known:
        _tell(
            "not-kept", "warning", file.path, f"What is said of the relation {name} by A or N was not kept.", problems
        )
    return replace(made, notes=tuple(_notes(held, lines, made, {mark.id: mark for mark in marks}, beside)))


def _gather(lines: Lines, known: Collection[str], problems: list[Problem]) -> _Held:
    held = _Held()
    bound = {one.id for one in lines.bound}
    for one in lines.attributes:
        if not _is_known((one.target,), known, one.where, problems):
            continue
        name, value = plain_name(one.type), plain_word(one.words) or "true"
        if held.attributes[one.target].setdefault(name, value) != value:
            _tell("said-twice", "warning", one.where, f"{shown(name)} was said of {one.target} before.", problems)
    for one in lines.references:
        if _is_known((one.target,), known, one.where, problems):
            said = held.attributes[one.target]
            numbers = ("", *map(str, range(2, len(said) + 3)))
            said[next(name for name in map("Reference".__add__, numbers) if name not in said)] = one.words
    for one in lines.notes:
        if _is_known((one.target,), known, one.where, problems):
            _note(one, held, bound)
    return held


def _note(one: Said, held: _Held, bound: Collection[str]) -> None:
    """Take a note for what it says of its target, or else for a note."""
    if one.type in ("Number", "Time") and one.target not in held.values:
        value = value_of(one.words, "number" if one.type == "Number" else "time")
        of = getattr(value, "of", None)
        if value is not None and (of is None or of in bound):
            held.values[one.target] = value
            return
    if one.type == "Hub" and one.words:
        held.hubs.setdefault(one.target, remark_of(one.words))
        return
    counted = one.words.split(" ", 2)
    if one.type == "Of" and len(counted) == 3:
        held.of[one.target, counted[0], counted[1]] = remark_of(counted[2])
        return
    if one.words:
        held.notes.append(one)


def _marks(lines: Lines, spans: Mapping[str, tuple[Span, ...]], held: _Held) -> list[Marked]:
    triggers = {one.trigger for one in lines.framed}
    marks = []
    for one in lines.bound:
        if one.id not in spans:
            continue
        said = dict(held.attributes[one.id])
        label, reference = said.pop("label", None), said.pop("Reference", None)
        kind = plain_name(one.type)
        if one.id in triggers:
            kind, label = "trigger", label or kind
        ref = None if reference is None else reference.removeprefix(f"{REGISTRY}:")
        value = held.values.get(one.id)
        more = tuple(sorted(said.items()))
        marks.append(
            Marked(id=one.id, type=kind, spans=spans[one.id], label=label, ref=ref, value=value, attributes=more)
        )
    return marks


def _frames(
    framed: Iterable[Framed],
    marks: Collection[str],
    known: Collection[str],
    held: _Held,
    roles: Collection[str],
    problems: list[Problem],
) -> Iterator[Frame]:
    lines = list(framed)
    there = {*marks, *(one.id for one in lines if one.trigger in marks)}
    for one in lines:
        targets = [one.trigger, *(target for _, target in one.arguments)]
        if not _is_known(targets, known, one.where, problems) or one.trigger not in marks:
            continue
        filled = [(role, target) for role, target in one.arguments if target in there]
        others = tuple(target for role, target in filled if _unnumbered(role, roles) == ALSO and target in marks)
        arguments = tuple(
            Filled(_unnumbered(role, roles), target, held.of.get((one.id, role, target)))
            for role, target in filled
            if _unnumbered(role, roles) != ALSO or target not in marks
        )
        frame = Frame(id=one.id, type=plain_name(one.type), triggers=(one.trigger, *others), arguments=arguments)
        yield _with_attributes(frame, held)


def _unnumbered(role: str, roles: Collection[str]) -> str:
    """Give a role without the number that brat gives to repeats of it."""
    return plain_name(role if role in roles else role.rstrip("0123456789") or role)


def _with_attributes(frame: Frame, held: _Held) -> Frame:
    said = dict(held.attributes[frame.id])
    realis, certainty = said.pop("realis", None), said.pop("certainty", None)
    written = said.get("background", "false" if realis and certainty else "unknown")
    background = {"true": True, "false": False}.get(written)
    if written in ("true", "false", "unknown"):
        said.pop("background", None)
    hub = held.hubs.get(frame.id)
    more = tuple(sorted(said.items()))
    return replace(frame, realis=realis, certainty=certainty, background=background, hub=hub, attributes=more)


def _beside_notes(marks: Iterable[Marked], frames: Iterable[Frame], links: Iterable[Link], held: _Held) -> set[str]:
    """Give which stretches are there for a note alone."""
    used = {name for frame in frames for name in (*frame.triggers, *(one.target for one in frame.arguments))}
    used |= {end for link in links for end in (link.source, link.target)}
    noted = {one.target for one in held.notes}
    return {mark.id for mark in marks if mark.type in PLACED and mark.id in noted and mark.id not in used}


def _notes(
    held: _Held, lines: Lines, made: Document, marks: Mapping[str, Marked], beside: Collection[str]
) -> Iterator[Note]:
    triggers = {frame.id: frame.triggers[0] for frame in made.frames}
    ends = {one.id: (one.source, one.target) for one in lines.related}
    for number, one in enumerate(held.notes, 1):
        about: str | None = one.target if one.target not in ends else None
        found = [marks.get(triggers.get(end, end)) for end in ends.get(one.target, (one.target,))]
        covered = [mark.covers for mark in found if mark is not None]
        if not covered:
            continue
        kind: NoteKind = "question" if one.type == QUESTION else "note"
        if found[0] is not None and found[0].id in beside:
            kind, about = PLACED[found[0].type], dict(found[0].attributes).get(ABOUT)
            about = about if about in marks or about in triggers else None
        yield Note(
            id=one.id if len(one.id) > 1 else f"#{number}",
            kind=kind,
            start=min(span.start for span in covered),
            end=max(span.end for span in covered),
            mention=about,
            text=remark_of(one.words),
        )


def _is_known(targets: Iterable[str], known: Collection[str], where: str, problems: list[Problem]) -> bool:
    unknown = next((target for target in targets if target not in known), None)
    if unknown is not None:
        _tell("unknown-id", "error", where, f"No line has the id {shown(unknown)}.", problems)
    return unknown is None


def _tell(rule: str, level: Level, where: str, message: str, problems: list[Problem]) -> None:
    problems.append(Problem(rule=f"format.{rule}", level=level, where=where, message=message))
