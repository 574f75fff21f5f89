"""The formats of other tools, by name: what each counts in, holds and loses, and which module reads and writes it.

One row a format. Its module is loaded only where it is used, so that a heavy library is loaded by nobody else.
"""

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from annotator.formats.tools.document import LOSSES, Document, Read, Source, Wanted, Written
from annotator.formats.tools.units import Unit

Reader = Callable[[Source], Read]
Writer = Callable[[Sequence[Document], Wanted], Written]


OURS_ALONE = ("regions", "rejected")
"""What no other tool has. Writers look away from it; who exports tells of it."""


class Format(NamedTuple):
    """One format."""

    name: str
    """What `--from` and `--to` call it."""
    title: str
    module: str
    """In this package; its `read` and `write` are what the row says it has."""
    unit: Unit | None
    """In what its offsets are counted; None where it has tokens, or no offsets."""
    endings: tuple[str, ...]
    """Of the files that are read of a folder, the first also of a file that is written."""
    reads: bool = True
    writes: bool = True
    loses: tuple[str, ...] = ()
    """The sorts of `LOSSES` that writing it may come to; a round trip loses nothing else."""
    extra: str | None = None
    """The extra that has to be installed with `annotator` for it."""
    note: str = ""
    """What one has to know of it, in one sentence."""
    is_ours: bool = False
    """Whether it has what no other tool does: `OURS_ALONE`."""

    @property
    def lost(self) -> tuple[str, ...]:
        """All sorts of `LOSSES` that an export may come to, in the order of that."""
        return tuple(sort for sort in LOSSES if sort in self.loses or (sort in OURS_ALONE and not self.is_ours))

    @property
    def holds(self) -> tuple[str, ...]:
        """The sorts of things that it keeps whole."""
        return tuple(sort for sort in LOSSES if sort not in self.lost)

    @property
    def read(self) -> Reader:
        """What reads it. What it gives raises `Refusal` `extra.missing` where a library is missing."""
        reader: Reader = self._of_module("read")
        return reader

    @property
    def write(self) -> Writer:
        """What writes it. What it gives raises `Refusal` `extra.missing` where a library is missing."""
        writer: Writer = self._of_module("write")
        return writer

    @property
    def example(self) -> Path:
        """The folder of its example, which ships with the program."""
        return Path(__file__).parent / "examples" / self.name

    def _of_module(self, what: str) -> Any:
        return getattr(import_module(f"annotator.formats.tools.{self.module}"), what)


_PLAIN = (
    "attribute", "complete", "hub", "label", "language", "link", "note", "of", "person", "ref", "value",
)  # fmt: skip
"""What formats of few words do not hold."""

_IN_ROWS = (
    "argument", "attribute", "complete", "event", "label", "link", "mention", "note", "of", "person", "ref", "span",
    "text", "trigger", "value",
)  # fmt: skip
"""What a row an event does not hold."""

_IN_TABLES = ("attribute", "link", "note", "span", "text")
"""What tables of annotations do not hold."""

FORMATS: tuple[Format, ...] = (
    Format(
        name="jsonl",
        title="Our own JSON Lines",
        module="our_jsonl",
        unit="code_point",
        endings=(".jsonl",),
        note="A line an article and person, in the shape of a gold record with its text; `gold.jsonl` is one.",
        is_ours=True,
    ),
    Format(
        name="prodigy",
        title="Prodigy",
        module="prodigy",
        unit="code_point",
        endings=(".jsonl",),
        loses=("event", "span"),
        note="What `db-out` writes: sessions are persons, accepted tasks are read, a trigger's relations are roles.",
    ),
    Format(
        name="brat",
        title="brat",
        module="brat",
        unit="code_point",
        endings=(".ann", ".txt", ".conf"),
        loses=("complete", "event", "language", "mention", "note", "person", "ref", "span"),
        note="A folder of .txt and .ann; where files repeat by name in folders below it, these are persons.",
    ),
    Format(
        name="label-studio",
        title="Label Studio",
        module="label_studio",
        unit="code_point",
        endings=(".json", ".jsonl", ".xml"),
        loses=("event", "link", "note", "span"),
        note="The export as JSON, not JSON-MIN; with it is written a labelling config that shows it.",
    ),
    Format(
        name="web-annotation",
        title="W3C Web Annotation",
        module="web_annotation",
        unit="code_point",
        endings=(".jsonld", ".json", ".txt"),
        note="A page of JSON-LD for each article and person, with the texts beside it.",
    ),
    Format(
        name="doccano",
        title="doccano",
        module="doccano",
        unit="utf16",
        endings=(".jsonl", ".json"),
        writes=False,
        note="Its JSONL; where articles repeat in files, these are persons. It may count grapheme clusters: --unit.",
    ),
    Format(
        name="uima-xmi",
        title="UIMA CAS, XMI",
        module="uima_xmi",
        unit="utf16",
        endings=(".xmi", ".xml", ".zip"),
        loses=("text",),
        extra="cas",
        note="With our own type system; of INCEpTION's projects and other layers what their features say.",
    ),
    Format(
        name="uima-json",
        title="UIMA CAS, JSON",
        module="uima_json",
        unit="utf16",
        endings=(".json", ".zip"),
        extra="cas",
        note="As uima-xmi, with the type system in each file; it can hold every character.",
    ),
    Format(
        name="dygiepp",
        title="DyGIE++",
        module="dygiepp",
        unit=None,
        endings=(".jsonl", ".json"),
        loses=(*_PLAIN, "argument", "event", "mention", "overlap", "span", "trigger"),
        note="Whole tokens, triggers of one; the text goes along in a field that DyGIE++ passes over.",
    ),
    Format(
        name="oneie",
        title="OneIE",
        module="oneie",
        unit=None,
        endings=(".json",),
        reads=False,
        loses=(*_PLAIN, "argument", "event", "mention", "overlap", "span", "trigger"),
        note="A line a sentence, before the pieces of words that OneIE's own script adds.",
    ),
    Format(
        name="wikievents",
        title="WikiEvents",
        module="wikievents",
        unit=None,
        endings=(".jsonl", ".json"),
        writes=False,
        note="Tokens stand where their sentences do in the text: its character offsets do not fit it.",
    ),
    Format(
        name="conll",
        title="CoNLL, BIO",
        module="conll",
        unit=None,
        endings=(".conll", ".bio", ".iob", ".txt"),
        loses=(*_PLAIN, "argument", "event", "mention", "overlap", "span", "text", "trigger"),
        note="Mentions alone, on whole tokens; without the article here its text is tokens with blanks between.",
    ),
    Format(
        name="gtt",
        title="GTT",
        module="gtt_templates",
        unit="code_point",
        endings=(".jsonl", ".json", ".out"),
        writes=False,
        note="Templates have no triggers; an entity's first string fills its role, the others are links to it.",
    ),
    Format(
        name="muc4",
        title="MUC-4 keys",
        module="muc4",
        unit=None,
        endings=(".key", ".txt"),
        writes=False,
        note="Strings stand where the article has them first; texts are here, or .txt files named as messages are.",
    ),
    Format(
        name="webanno-tsv",
        title="WebAnno TSV 3",
        module="webanno_tsv",
        unit="utf16",
        endings=(".tsv", ".zip"),
        writes=False,
        note="A folder an article, a file a person, as projects are exported; a format that INCEpTION has frozen.",
    ),
    Format(
        name="spacy",
        title="spaCy DocBin",
        module="spacy_docbin",
        unit="code_point",
        endings=(".spacy",),
        reads=False,
        loses=("mention", "span"),
        extra="spacy",
        note="Spans on spaCy's own tokens; all else goes along in the user data, as one of our own lines.",
    ),
    Format(
        name="rows-csv",
        title="Event rows, CSV",
        module="rows_csv",
        unit=None,
        endings=(".csv",),
        reads=False,
        loses=_IN_ROWS,
        note="ACLED's columns, then bounds of fatalities and ours; a row is an event that happened and that ACLED has.",
    ),
    Format(
        name="rows-parquet",
        title="Event rows, Parquet",
        module="rows_parquet",
        unit=None,
        endings=(".parquet",),
        reads=False,
        loses=_IN_ROWS,
        extra="parquet",
        note="The same columns as rows-csv, with their types.",
    ),
    Format(
        name="huggingface",
        title="Hugging Face datasets",
        module="huggingface",
        unit="code_point",
        endings=(".jsonl", ".md"),
        reads=False,
        loses=_IN_TABLES,
        note="A card and four tables with declared types; texts stay out, their hashes and all quotes are there.",
    ),
    Format(
        name="croissant",
        title="Croissant",
        module="croissant",
        unit="code_point",
        endings=(".json", ".jsonl"),
        reads=False,
        loses=_IN_TABLES,
        note="The same tables, described for machines with their hashes; of a release also how it was made.",
    ),
)
"""All of them, in the order in which `annotator formats` shows them."""


def format_named(name: str) -> Format | None:
    """Give the format of that name, or None."""
    return next((one for one in FORMATS if one.name == name), None)
