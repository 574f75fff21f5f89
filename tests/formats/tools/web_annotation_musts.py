"""What the Web Annotation Data Model demands with MUST of what we write: section by section, by hand."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
MOTIVES = {
    "assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting", "identifying",
    "linking", "moderating", "questioning", "replying", "tagging",
}  # fmt: skip


def broken(page: dict[str, Any]) -> list[str]:
    """Give the rules that a page of annotations breaks."""
    return [*_page(page), *(fault for one in page.get("items", ()) for fault in _annotation(one))]


def _page(page: dict[str, Any]) -> Iterator[str]:
    if page.get("@context") != CONTEXT:
        yield "5.2: the page must have the context"
    if not _is_iri(page.get("id")) or page.get("type") != "AnnotationPage" or not isinstance(page.get("items"), list):
        yield "5.2: a page must have an IRI, its type and its items"
    if not _is_iri(page.get("partOf", {}).get("id")):
        yield "5.1: a collection must have an IRI"
    ids = [one.get("id") for one in page.get("items", ())]
    if len(ids) != len(set(ids)):
        yield "3.1: an IRI identifies one annotation"


def _annotation(one: dict[str, Any]) -> Iterator[str]:
    if not _is_iri(one.get("id")):
        yield "3.1: an annotation must have exactly one IRI"
    if one.get("type") != "Annotation":
        yield "3.1: its type must be Annotation"
    if not _listed(one.get("target")):
        yield "3.1: there must be a target"
    if not set(_listed(one.get("motivation"))) <= MOTIVES:
        yield "3.3.5: motivations are those of the model"
    for body in _listed(one.get("body")):
        yield from _resource(body)
        if not set(_listed(body.get("purpose"))) <= MOTIVES:
            yield "3.3.5: purposes are motivations"
    for target in _listed(one.get("target")):
        yield from _resource(target)
        if isinstance(target, dict) and "purpose" in target:
            yield "3.3.5: a target has no purpose"
    creator = one.get("creator")
    if creator is not None and len(_listed(creator.get("nickname"))) != 1:
        yield "3.3.2: an agent has a name"


def _resource(said: object) -> Iterator[str]:
    if isinstance(said, str):
        if not _is_iri(said):
            yield "3.2.1: an external resource must have an IRI"
    elif not isinstance(said, dict):
        yield "3.2: a body or target is a resource"
    elif said.get("type") == "TextualBody":
        if not isinstance(said.get("value"), str):
            yield "3.2.4: a textual body must have exactly one value"
    elif said.get("type") == "SpecificResource":
        if not _is_iri(said.get("source")):
            yield "4: there must be exactly one source"
        for selector in _listed(said.get("selector")):
            yield from _selector(selector)
    elif not _is_iri(said.get("id")):
        yield "3.2.1: an external resource must have an IRI"


def _selector(said: dict[str, Any]) -> Iterator[str]:
    if said.get("type") == "TextPositionSelector":
        start, end = said.get("start"), said.get("end")
        if type(start) is not int or type(end) is not int or not 0 <= start <= end:
            yield "4.2.5: start and end must be non-negative integers"
    elif said.get("type") == "TextQuoteSelector":
        if not isinstance(said.get("exact"), str) or not said["exact"]:
            yield "4.2.4: there must be exactly one exact"
        if not all(isinstance(said.get(name, ""), str) for name in ("prefix", "suffix")):
            yield "4.2.4: prefix and suffix are texts, one of each at most"
    else:
        yield "4.2: a selector must have its type"


def _is_iri(said: object) -> bool:
    return isinstance(said, str) and said.isprintable() and " " not in said and bool(urlsplit(said).scheme)


def _listed(said: object) -> list[Any]:
    return said if isinstance(said, list) else [] if said is None else [said]
