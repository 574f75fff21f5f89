"""Croissant: what is in an export, for machines: files with their hashes, tables with their columns, who made it.

Describes four tables that are written beside it. Says nothing that is not known: a licence is for people to add.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from annotator.formats.tools.data_tables import TABLES, Column, Table, files_of
from annotator.formats.tools.document import Document, Loss, Wanted, Written
from annotator.text.counted import counted

FILE = "croissant.json"
_TYPES = {"text": "sc:Text", "integer": "sc:Integer", "truth": "sc:Boolean", "texts": "sc:Text"}

CONTEXT: Mapping[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
"""What the words of the file mean: that of version 1.0."""


def write(documents: Sequence[Document], wanted: Wanted) -> Written:
    """Give the description and the tables."""
    losses: list[Loss] = []
    files = files_of(documents, losses)
    described = orjson.dumps(_described(documents, wanted, files), option=orjson.OPT_INDENT_2) + b"\n"
    return Written({FILE: described} | files, tuple(losses))


def _described(documents: Sequence[Document], wanted: Wanted, files: Mapping[str, bytes]) -> dict[str, Any]:
    articles = counted(len({one.article_id for one in documents}), "article")
    events = sum(len(one.frames) for one in documents)
    told = f"Conflict events in news: {articles}, {sum(len(one.marks) for one in documents)} mentions, {events} events."
    left_out = "Offsets count code points of the stored texts, which are not in here; their hashes are."
    languages = sorted({one.language for one in documents if one.language})
    version = wanted.manifest.get("version")
    return {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "name": wanted.title,
        "description": f"{told} {left_out}",
        "conformsTo": ["http://mlcommons.org/croissant/1.0", "http://mlcommons.org/croissant/RAI/1.0"],
        **({"version": version} if isinstance(version, str) else {}),
        **({"inLanguage": languages} if languages else {}),
        **_of_annotating(wanted.manifest),
        "distribution": [_file(table, files[table.path]) for table in TABLES],
        "recordSet": [_records(table) for table in TABLES],
    }


def _of_annotating(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """Give what a release says of how it was made, in the words of Croissant's extension for that."""
    people = manifest.get("people") or {}
    said = {
        "rai:dataAnnotationProtocol": manifest.get("made_by"),
        "rai:dataAnnotationPlatform": f"annotator {manifest.get('tool_version', '')}".strip() if manifest else None,
        "rai:annotationsPerItem": str(len(people.get("annotators", ()))) if people else None,
        "rai:dataLimitations": list(manifest.get("limits") or ()) or None,
    }
    return {name: value for name, value in said.items() if value}


def _file(table: Table, data: bytes) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": table.path,
        "name": table.path,
        "description": table.told,
        "contentUrl": table.path,
        "contentSize": f"{len(data)} B",
        "encodingFormat": "application/jsonlines",
        "sha256": hashlib.sha256(data).hexdigest(),
    }


def _records(table: Table) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.told,
        "field": [_field(table, one) for one in table.columns],
    }


def _field(table: Table, column: Column) -> dict[str, Any]:
    return {
        "@type": "cr:Field",
        "@id": f"{table.name}/{column.name}",
        "name": column.name,
        "description": column.told,
        "dataType": _TYPES[column.type],
        **({"repeated": True} if column.type == "texts" else {}),
        "source": {"fileObject": {"@id": table.path}, "extract": {"column": column.name}},
    }
