"""One Web Annotation as it stands in a file: who made it and why, its bodies, and what it targets.

Owns the ways in which the model lets the same be said, and what breaks its rules. Knows nothing of texts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from annotator.formats.inspection import Inspection, shown
from annotator.model.problem import Problem


class Body(NamedTuple):
    """A body that is a text, or names a resource."""

    value: str
    purpose: str
    """Why it is there; empty where neither it nor the annotation says so."""
    is_resource: bool = False


class Place(NamedTuple):
    """A stretch of a resource, by position, by quote, or both; all of it where there is neither."""

    where: str
    iri: str
    start: object = None
    end: object = None
    exact: str | None = None
    prefix: str = ""
    suffix: str = ""
    language: str | None = None

    @property
    def is_whole(self) -> bool:
        """Whether no selector says which stretch."""
        return self.start is None and self.exact is None


@dataclass(frozen=True, slots=True)
class Item:
    """An annotation."""

    id: str
    where: str
    person: str | None
    motives: tuple[str, ...]
    bodies: tuple[Body, ...]
    targets: tuple[Place, ...]

    def said(self, purpose: str) -> list[str]:
        """Give the bodies of a purpose."""
        return [body.value for body in self.bodies if body.purpose == purpose]


_FRAGMENT = re.compile(r"char=([0-9]{1,15}),([0-9]{1,15})")
_TEXT, _NUMBER = "a text that is not empty", "a number from 0 on"


def items_of(content: dict[str, Any], where: str, problems: list[Problem]) -> Iterator[Item]:
    """Give the annotation that an object is, or none where it breaks a rule that nothing can be read without."""
    check = Inspection(where, "format", problems)
    name = content.get("id", content.get("@id"))
    types = _texts(content.get("type", content.get("@type")))
    if not isinstance(name, str) or not name:
        check.error("syntax", f"id must be an IRI, not {shown(name)}.")
        return
    if "Annotation" not in types:
        check.error("syntax", f"type must be Annotation, not {shown(content.get('type'))}.")
        return
    motives = tuple(_texts(content.get("motivation")))
    bodies = tuple(_bodies(content, motives))
    targets = tuple(place for one in _listed(content.get("target")) for place in _places(one, check))
    if "target" not in content or not _listed(content["target"]):
        check.error("syntax", "An annotation must have a target.")
    yield Item(name, where, person_of(content.get("creator")), motives, bodies, targets)


def _listed(said: object) -> list[Any]:
    return said if isinstance(said, list) else [] if said is None else [said]


def _texts(said: object) -> list[str]:
    return [one for one in _listed(said) if isinstance(one, str) and one]


def person_of(said: object) -> str | None:
    """Give what the first who made an annotation is called."""
    for one in _listed(said):
        names = [one] if isinstance(one, str) else [one.get(key) for key in _NAMES] if isinstance(one, dict) else []
        found = next((name for name in names if isinstance(name, str) and name), None)
        if found is not None:
            return found
    return None


_NAMES = ("nickname", "name", "email", "id")


def _bodies(content: dict[str, Any], motives: tuple[str, ...]) -> Iterator[Body]:
    """Give the bodies; where one says no purpose, it is there for what the annotation was made for."""
    otherwise = motives[0] if motives else ""
    for one in [*_listed(content.get("body")), *({"value": text} for text in _texts(content.get("bodyValue")))]:
        said = one
        if isinstance(one, dict) and one.get("type") == "Choice":
            said = next(iter(_listed(one.get("items"))), None)
        if isinstance(said, str) and said:
            yield Body(said, otherwise, is_resource=True)
        if not isinstance(said, dict):
            continue
        purpose = next(iter(_texts(said.get("purpose"))), otherwise)
        value, resource = said.get("value"), _iri(said)
        if isinstance(value, str) and value:
            yield Body(value, purpose)
        elif resource is not None:
            yield Body(resource, purpose, is_resource=True)


def _iri(said: object) -> str | None:
    """Give the resource that an object is of, or is."""
    if isinstance(said, dict):
        source = said.get("source")
        found = source.get("id") if isinstance(source, dict) else source
        said = found if found is not None else said.get("id")
    return said if isinstance(said, str) and said else None


def _places(said: object, check: Inspection) -> Iterator[Place]:
    iri = _iri(said)
    if iri is None:
        check.error("syntax", f"A target must be an IRI, or an object with one as its source, not {shown(said)}.")
        return
    language = next(iter(_texts(said.get("language"))), None) if isinstance(said, dict) else None
    selectors = _listed(said.get("selector")) if isinstance(said, dict) else []
    place = Place(check.where, iri, language=language)
    for one in selectors:
        place = _selected(one, place, check) if isinstance(one, dict) else place
    if selectors and place.is_whole:
        check.warning("not-kept", "No selector says which characters of a text are meant; the target was left out.")
        return
    yield place


def _selected(selector: dict[str, Any], place: Place, check: Inspection) -> Place:
    """Give a place with what one selector says of it; selectors beside each other are of the same stretch."""
    sort = selector.get("type")
    if sort == "TextPositionSelector":
        start, end = selector.get("start"), selector.get("end")
        for name, value in (("start", start), ("end", end)):
            if type(value) is not int or value < 0:
                check.error("syntax", f"{name} of a TextPositionSelector must be {_NUMBER}, not {shown(value)}.")
        return place._replace(start=start, end=end) if type(start) is int and type(end) is int else place
    if sort == "TextQuoteSelector":
        exact, prefix, suffix = (selector.get(name, "") for name in ("exact", "prefix", "suffix"))
        if not isinstance(exact, str) or not exact:
            check.error("syntax", f"exact of a TextQuoteSelector must be {_TEXT}, not {shown(exact)}.")
            return place
        around = {"prefix": prefix, "suffix": suffix}
        return place._replace(exact=exact, **{name: text for name, text in around.items() if isinstance(text, str)})
    found = _FRAGMENT.fullmatch(str(selector.get("value"))) if sort == "FragmentSelector" else None
    return place._replace(start=int(found[1]), end=int(found[2])) if found else place
