"""A folder that Hugging Face's `datasets` loads: a card, four tables, and the type of every column declared in it."""

from collections.abc import Iterator, Sequence
from typing import Any

import orjson

from annotator.formats.tools.data_tables import TABLES, Column, Table, files_of
from annotator.formats.tools.document import Document, Loss, Wanted, Written
from annotator.text.counted import counted

CARD = "README.md"
_TYPES = {"text": "dtype: string", "integer": "dtype: int64", "truth": "dtype: bool", "texts": "list: string"}


def write(documents: Sequence[Document], wanted: Wanted) -> Written:
    """Give the card and the tables."""
    losses: list[Loss] = []
    files = files_of(documents, losses)
    # A table of nothing cannot be loaded: it is told of, and is no part of the set.
    loaded = [table for table in TABLES if files[table.path]]
    card = "\n".join(_card(documents, wanted, loaded)).encode() + b"\n"
    return Written({CARD: card} | {table.path: files[table.path] for table in loaded}, tuple(losses))


def _card(documents: Sequence[Document], wanted: Wanted, loaded: Sequence[Table]) -> Iterator[str]:
    languages = sorted({one.language for one in documents if one.language})
    yield "---"
    yield f"pretty_name: {_quoted(wanted.title)}"
    if languages:
        yield "language:"
        yield from (f"- {_quoted(one)}" for one in languages)
    yield "configs:"
    for table in loaded:
        yield f"- config_name: {table.name}"
        yield f"  data_files: {table.path}"
        if table is TABLES[0]:
            yield "  default: true"
    yield "dataset_info:"
    for table in loaded:
        yield f"- config_name: {table.name}"
        yield "  features:"
        yield from (f"  - name: {_quoted(one.name)}\n    {_TYPES[one.type]}" for one in table.columns)
    yield "---"
    yield ""
    yield from _told(documents, wanted, loaded)


def _told(documents: Sequence[Document], wanted: Wanted, loaded: Sequence[Table]) -> Iterator[str]:
    yield f"# {_line(wanted.title)}"
    yield ""
    events = sum(len(one.frames) for one in documents)
    mentions = sum(len(one.marks) for one in documents)
    articles = len({one.article_id for one in documents})
    yield f"Conflict events in news: {counted(articles, 'article')}, {mentions} mentions, {events} events."
    yield "Offsets count code points of the stored text, which is not in here: `text_sha256` says which one it is."
    yield from _of_release(wanted.manifest)
    for table in TABLES:
        yield ""
        yield f"## `{table.name}`"
        yield ""
        yield table.told if table in loaded else f"{table.told} It has none here, and no file."
        yield ""
        yield from (_column(one) for one in table.columns)


def _of_release(manifest: Any) -> Iterator[str]:
    if manifest.get("made_by"):
        yield ""
        yield _line(str(manifest["made_by"]))
    limits = manifest.get("limits") or ()
    if limits:
        yield ""
        yield "Known limits:"
        yield ""
        yield from (f"- {_line(str(one))}" for one in limits)


def _column(one: Column) -> str:
    return f"- `{one.name}`: {one.told}"


def _line(text: str) -> str:
    return " ".join(text.split())


def _quoted(text: str) -> str:
    """Give a text as YAML has it in quotes: JSON's texts are some of YAML's."""
    return orjson.dumps(_line(text)).decode()
