"""A spaCy pipeline as a finder: its entities and span groups, in our kinds. Loads spaCy only when it is asked for.

spaCy counts in code points of the text as we do, so nothing is converted but the labels.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from types import MappingProxyType
from typing import Any

from annotator.errors import Refusal
from annotator.model.mention import KINDS
from annotator.workflow.elsewhere.plug_in import PlugIn
from annotator.workflow.elsewhere.source import SPACY, failure
from annotator.workflow.parsing import parse_number

KIND_OF: Mapping[str, str] = MappingProxyType(
    {kind: kind for kind in KINDS}
    | dict.fromkeys(("PERSON", "PER", "ORG", "NORP"), "actor")
    | dict.fromkeys(("GPE", "LOC", "FAC"), "place")
    | dict.fromkeys(("DATE", "TIME"), "time")
    | dict.fromkeys(("CARDINAL", "QUANTITY"), "number")
)
"""The kind of mention that a label stands for. Other labels stand for a trigger when they have a dot, as our types do:
so a pipeline that was trained on gold speaks our words. All others stand for nothing here."""


def load_pipeline(name: str) -> PlugIn:
    """Give the pipeline of that name or folder.

    Raises `Refusal`: `extra.missing` without spaCy, `finder.unknown` for no pipeline, `finder.failed` for a broken one.
    """
    try:
        import spacy
    except ModuleNotFoundError as error:
        raise Refusal(
            "extra.missing",
            f"A spaCy pipeline needs {error.name}, which is not installed.",
            "Install it: pip install 'annotator[spacy]'",
        ) from None
    try:
        pipeline = spacy.load(name)
    except OSError:
        what = f"There is no spaCy pipeline {name!r}."
        raise Refusal("finder.unknown", what, f"Get it: python -m spacy download {name}") from None
    except (Exception, SystemExit) as error:  # noqa: BLE001 - somebody else's code may raise anything
        raise failure(f"{SPACY}{name}", error) from None
    meta = pipeline.meta
    return PlugIn(f"{SPACY}{meta['lang']}_{meta['name']} {meta['version']}", found_by(pipeline))


def found_by(pipeline: Any) -> Callable[[str, str], Iterator[dict[str, Any]]]:
    """Give the finder that a loaded pipeline is."""

    def find(text: str, _language: str) -> Iterator[dict[str, Any]]:
        document = pipeline(text)
        return _mentions(chain(document.ents, *document.spans.values()))

    return find


def _mentions(entities: Iterable[Any]) -> Iterator[dict[str, Any]]:
    for entity in entities:
        kind = KIND_OF.get(entity.label_) or ("trigger" if "." in entity.label_ else None)
        if kind is None:
            continue
        mention = {"kind": kind, "start": entity.start_char, "end": entity.end_char, "quote": entity.text}
        if kind == "trigger" and entity.label_ not in KIND_OF:
            mention["label"] = entity.label_
        if kind in ("actor", "place") and entity.ent_id_:
            mention["ref"] = entity.ent_id_
        if kind == "number" and (value := parse_number(entity.text)) is not None:
            mention["value"] = value.plain()
        yield mention
