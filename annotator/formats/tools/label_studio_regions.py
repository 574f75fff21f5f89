"""The results of one Label Studio annotation: regions with all that is said of each, and relations between them.

Results that share an id are one region: the first label is its type, further ones and choices are attributes. What a
region means here is `label_studio_reading`'s business.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from annotator.formats.inspection import Inspection, shown
from annotator.formats.tools.placing import Said, placed
from annotator.formats.tools.units import Unit
from annotator.text.span import Span

_OUR_TEXTS = ("subtype", "ref", "number", "time", "hub", "of", "note", "question")
OURS = frozenset(("mention", "event", "margin", "text", "realis", "certainty", "background", *_OUR_TEXTS))
"""What the controls of our config are called: no attribute may be called so there."""


def control_of(attribute: str) -> str:
    """Give what the control of an attribute is called: a control's name is there once."""
    return f"{attribute}_" if attribute.rstrip("_") in OURS else attribute


def attribute_of(control: str) -> str:
    """Give the attribute that a control is for."""
    return control.removesuffix("_") if control.rstrip("_") in OURS and control.endswith("_") else control


@dataclass
class Region:
    """What all results with one id say."""

    id: str
    where: str
    start: object
    end: object
    quote: str | None
    labels: list[tuple[str, str]] = field(default_factory=list)
    """Controls and labels, in their order."""
    choices: list[tuple[str, str]] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=dict)
    span: Span | None = None

    @property
    def type(self) -> str:
        """The first label."""
        return self.labels[0][1]

    def text(self, name: str) -> str | None:
        """Give the first text of a control beside it."""
        return next(iter(self.texts.get(name, ())), None)

    def attributes(self, texts: Collection[str], choices: Collection[str] = ()) -> tuple[tuple[str, str], ...]:
        """Give all that is said of it beside its type, but for these controls of texts and of choices."""
        said = [*self.labels[1:], *(pair for pair in self.choices if pair[0] not in choices)]
        said += [(name, text) for name, found in self.texts.items() if name not in texts for text in found]
        return tuple(sorted((attribute_of(name), value) for name, value in said))


@dataclass
class Relation:
    """A relation between two regions."""

    where: str
    source: str
    target: str
    label: str
    symmetric: bool


def regions_of(
    items: Iterable[tuple[str, dict[str, Any]]], raw: str, text: str, check: Inspection, unit: Unit | None
) -> tuple[dict[str, Region], list[Relation]]:
    """Give the regions that have a place in the text, by id, and the relations between them.

    `items` are results with their paths; `raw` is the text that their offsets count in.
    """
    regions: dict[str, Region] = {}
    relations: list[Relation] = []
    whole = 0
    for path, item in items:
        inside = Inspection(f"{check.where} {path.removesuffix('.')}", "format", check.problems)
        if item.get("type") == "relation":
            relations += _relations(item, inside)
        elif not _gather(item, regions, inside):
            whole += 1
    if whole:
        check.warning("not-kept", f"{whole} results about the whole text, or of an unknown sort, were left out.")
    return _placed(regions, raw, text, check, unit), _known(relations, regions, check)


def _placed(
    regions: Mapping[str, Region], raw: str, text: str, check: Inspection, unit: Unit | None
) -> dict[str, Region]:
    for one in regions.values():
        if not one.labels:
            Inspection(one.where, "format", check.problems).warning(
                "not-kept", "A region without a label was left out."
            )
    labelled = [one for one in regions.values() if one.labels]
    said = [Said(one.where, one.start, one.end, one.quote) for one in labelled]
    spans = placed(said, file=check.where, raw=raw, text=text, problems=check.problems, unit=unit)
    for one, span in zip(labelled, spans, strict=True):
        one.span = span
    return {one.id: one for one in labelled if one.span is not None}


def _gather(item: dict[str, Any], regions: dict[str, Region], check: Inspection) -> bool:
    """Put a result to its region; tell whether it is about one."""
    value, kind = item.get("value"), item.get("type")
    if not isinstance(value, dict) or not isinstance(kind, str):
        return False
    counted = value.get("globalOffsets")
    offsets = counted if isinstance(counted, dict) else value
    if "start" not in offsets and "end" not in offsets:
        return False
    name = item.get("id")
    if not isinstance(name, str) or not name:
        check.error("syntax", f"id must be a text, not {shown(name)}: it says which results are of one region.")
        return True
    words = value.get("text")
    quote = words if isinstance(words, str) and words and kind != "textarea" else None
    found = regions.setdefault(name, Region(name, check.where, offsets.get("start"), offsets.get("end"), quote))
    if (found.start, found.end) != (offsets.get("start"), offsets.get("end")):
        check.error("duplicate-id", f"{shown(name)} is the id of a region elsewhere too. Rename one.")
        return True
    found.quote = found.quote or quote
    control = item.get("from_name")
    _put(found, control if isinstance(control, str) else kind, kind, value)
    return True


def _put(region: Region, control: str, kind: str, value: dict[str, Any]) -> None:
    if kind == "textarea":
        words = value.get("text")
        texts = [words] if isinstance(words, str) else words if isinstance(words, list) else []
        region.texts.setdefault(control, []).extend(one for one in texts if isinstance(one, str) and one)
        return
    for one in _values(value.get(kind)):
        pairs = region.labels if kind.endswith("labels") else region.choices
        pairs.append((control, one))


def _values(said: object) -> Iterator[str]:
    """Give what was chosen or typed, as texts: of a taxonomy the finest."""
    if isinstance(said, str) and said:
        yield said
    elif isinstance(said, bool):
        yield str(said).lower()
    elif isinstance(said, float) or (type(said) is int and abs(said) < 10**18):
        yield str(said)
    elif isinstance(said, list):
        for one in said:
            last = one[-1] if isinstance(one, list) and one else one
            if not isinstance(last, list):
                yield from _values(last)


def _relations(item: dict[str, Any], check: Inspection) -> Iterator[Relation]:
    source, target, labels = item.get("from_id"), item.get("to_id"), item.get("labels")
    if not isinstance(source, str) or not isinstance(target, str):
        check.error("syntax", "A relation needs the ids of two regions as from_id and to_id.")
        return
    if item.get("direction") == "left":
        source, target = target, source
    names = [one for one in labels if isinstance(one, str) and one] if isinstance(labels, list) else []
    for label in names or ["relation"]:
        yield Relation(check.where, source, target, label, item.get("direction") == "bi")


def _known(relations: Iterable[Relation], known: Mapping[str, Region], check: Inspection) -> list[Relation]:
    """Give the relations between regions that are labelled and have a place; one with an unknown id is an error."""
    found = []
    for one in relations:
        unknown = next((end for end in (one.source, one.target) if end not in known), None)
        if unknown is not None:
            Inspection(one.where, "format", check.problems).error(
                "unknown-id", f"No region has the id {shown(unknown)}."
            )
        elif known[one.source].span is not None and known[one.target].span is not None:
            found.append(one)
    return found
