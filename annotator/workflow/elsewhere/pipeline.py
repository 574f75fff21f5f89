"""A spaCy pipeline as a finder: its entities and span groups, in our kinds. Loads spaCy only when it is asked for.

spaCy counts in code points of the text as we do, so nothing is converted but the labels.
"""

from collections import Counter
from collections.abc import Mapping
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any

import orjson

from annotator.errors import Refusal
from annotator.model.article import Article
from annotator.model.mention import KINDS
from annotator.model.value import NumberValue, TimeValue
from annotator.workflow.elsewhere.source import SPACY, others_code
from annotator.workflow.parsing import parse_number, parse_time

KIND_OF: Mapping[str, str] = MappingProxyType(
    {kind: kind for kind in KINDS}
    | dict.fromkeys(("PERSON", "PER", "ORG", "NORP"), "actor")
    | dict.fromkeys(("GPE", "LOC", "FAC"), "place")
    | dict.fromkeys(("DATE", "TIME"), "time")
    | dict.fromkeys(("CARDINAL", "QUANTITY"), "number")
)
"""The kind of mention that a label stands for. Other labels stand for a trigger when they have a dot, as our types do:
so a pipeline that was trained on gold speaks our words. All others stand for nothing here."""

_MANY_LANGUAGES = frozenset({"xx", "mul"})
"""What spaCy calls the language of a pipeline that is made for more than one."""


class Pipeline:
    """A loaded pipeline."""

    def __init__(self, loaded: Any) -> None:
        meta = loaded.meta
        self.system = f"{SPACY}{meta['lang']}_{meta['name']} {meta['version']}"
        self._loaded, self._language = loaded, meta["lang"]
        self._passed_over = Counter[str]()

    def speaks(self, language: str) -> bool:
        """Tell whether it is made for a language; of another it would say anything."""
        return self._language in _MANY_LANGUAGES or language == self._language

    def asides(self) -> list[str]:
        """Give which labels stand for no kind of ours, and how often they came."""
        if not self._passed_over:
            return []
        labels = ", ".join(f"{label} ({times})" for label, times in self._passed_over.most_common())
        return [f"Labels that stand for no kind of ours were passed over: {labels}."]

    def ask(self, article: Article) -> bytes:
        """Give what it finds as a JSON list."""
        mentions = list[dict[str, Any]]()
        with others_code(self.system):
            document = self._loaded(article.text)
            for entity in chain(document.ents, *document.spans.values()):
                kind = KIND_OF.get(entity.label_) or ("trigger" if "." in entity.label_ else None)
                if kind is None:
                    self._passed_over[entity.label_] += 1
                else:
                    mentions.append(_mention(entity, kind, article.metadata.published))
        return orjson.dumps(mentions)


def _mention(entity: Any, kind: str, published: str | None) -> dict[str, Any]:
    mention = {"kind": kind, "start": entity.start_char, "end": entity.end_char, "quote": entity.text}
    if kind == "trigger" and entity.label_ not in KIND_OF:
        mention["label"] = entity.label_
    if kind in ("actor", "place") and entity.ent_id_:
        mention["ref"] = entity.ent_id_
    if (value := _value(kind, entity.text, published)) is not None:
        mention["value"] = value.plain()
    return mention


def _value(kind: str, quote: str, published: str | None) -> NumberValue | TimeValue | None:
    if kind == "number":
        return parse_number(quote)
    return parse_time(quote, published) if kind == "time" else None


def load_pipeline(name: str) -> Pipeline:
    """Give the pipeline of that name or folder.

    Raises `Refusal`: `usage` for no name, `extra.missing` without spaCy, `finder.unknown` for no pipeline,
    `finder.failed` for a broken one.
    """
    if not name:
        raise Refusal("usage", "`spacy:` alone names no pipeline.", "Write its name or folder: spacy:en_core_web_sm")
    try:
        import spacy
    except ModuleNotFoundError as error:
        raise Refusal(
            "extra.missing",
            f"A spaCy pipeline needs {error.name}, which is not installed.",
            "Install it: pip install 'annotator[spacy]'",
        ) from None
    with others_code(f"{SPACY}{name}"):
        try:
            return Pipeline(spacy.load(name))
        except OSError:
            pass
    raise _none_there(name)


def _none_there(name: str) -> Refusal:
    if Path(name).exists():
        do = "Give the folder into which a pipeline was written: config.cfg and meta.json stand in it."
        return Refusal("finder.unknown", f"{name} holds no spaCy pipeline.", do)
    if Path(name).name != name:
        return Refusal("finder.unknown", f"There is no folder {name}.", "Give the folder of a pipeline, or its name.")
    do = f"Get it: python -m spacy download {name}"
    return Refusal("finder.unknown", f"There is no spaCy pipeline {name!r}.", do)
