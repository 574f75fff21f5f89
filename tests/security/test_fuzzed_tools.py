"""Every reader of other tools' files, over ten thousand damaged files each: documents and problems, nothing else."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence

import pytest

from annotator.formats.tools.brat_schema import read_conf, schema_skeleton
from annotator.formats.tools.document import Source
from annotator.formats.tools.registry import format_named
from annotator.formats.tools.texts import decoded
from annotator.gold.release import read_schema
from annotator.model.problem import Problem
from tests.security.trying import Reader, try_all

Read = Callable[[bytes], Sequence[Problem]]


def example(name: str) -> dict[str, bytes]:
    """Give the files of a format's example."""
    folder = format_named(name).example
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def in_place_of(name: str, damaged: str, files: Mapping[str, bytes]) -> Read:
    """Give a reader of a folder in which one file is damaged, which holds what comes to what it promises."""

    def read(data: bytes) -> Sequence[Problem]:
        documents, problems = format_named(name).read(Source(files={**files, damaged: data}))
        for document in documents:
            assert document.text.encode().decode() == document.text
            ids = {one.id for one in (*document.marks, *document.frames)}
            assert len(ids) == len(document.marks) + len(document.frames)
            for mark in document.marks:
                assert mark.spans
                assert all(0 <= one.start < one.end <= len(document.text) for one in mark.spans)
            assert ids >= {one.target for frame in document.frames for one in frame.arguments}
            assert ids >= {one for frame in document.frames for one in frame.triggers}
            assert ids >= {note.mention for note in document.notes if note.mention is not None}
            assert ids >= {end for link in document.links for end in link[1:3]}
        return problems

    return read


def whole(name: str, damaged: str) -> Reader:
    """Give a reader with its example, of which one file will be damaged."""
    files = example(name)
    return Reader(in_place_of(name, damaged, files), [files[damaged]])


CONF = b"[entities]\nPerson\n!Place\n\tCity\n[events]\n<WHO>=Person|City\nDie Victim+:Person, By?:<WHO>, At{2}:City\n"


TASK = """[{"id": 1, "data": {"text": "🔥 قُتِلَ 40"}, "annotations": [{"completed_by": 3, "result": [
{"id": "e1", "from_name": "event", "type": "labels", "value": {"start": 2, "end": 8, "text": "قُتِلَ", "labels": ["x"]}},
{"id": "m2", "from_name": "mention", "type": "labels", "value": {"start": 9, "end": 11, "labels": ["number"]}},
{"id": "m2", "from_name": "number", "type": "textarea", "value": {"start": 9, "end": 11, "text": ["40 persons"]}},
{"id": "e1", "from_name": "of", "type": "textarea", "value": {"start": 2, "end": 8, "text": ["killed m2: isis"]}},
{"id": "e1", "from_name": "realis", "type": "choices", "value": {"start": 2, "end": 8, "choices": ["actual"]}},
{"from_id": "e1", "to_id": "m2", "type": "relation", "direction": "right", "labels": ["killed"]},
{"from_id": "e1", "to_id": "m2", "type": "relation", "direction": "left", "labels": ["also a trigger"]}
]}]}]""".encode()


def _conf(data: bytes) -> Sequence[Problem]:
    problems: list[Problem] = []
    text = decoded(data, "annotation.conf", problems)
    if text is not None:
        made = schema_skeleton(read_conf(text, "annotation.conf", problems), {}, problems)
        if not any(problem.level == "error" for problem in problems):
            read_schema(made.encode())
    return problems


def _archive() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in sorted(example("uima-xmi").items()):
            archive.writestr(path, data)
    return packed.getvalue()


READERS = {
    "our own lines": whole("jsonl", "idlib.jsonl"),
    "Prodigy's tasks": whole("prodigy", "idlib.jsonl"),
    "brat's lines": whole("brat", "idlib.ann"),
    "Label Studio's tasks": Reader(in_place_of("label-studio", "tasks.json", {}), [TASK]),
    "Web Annotations": whole("web-annotation", "A1/idlib.jsonld")._replace(inputs=3_000),
    "doccano's spans": whole("doccano", "anna.jsonl"),
    "doccano's older shape": Reader(in_place_of("doccano", "bassel.jsonl", {}), [example("doccano")["bassel.jsonl"]]),
    "brat's configuration": Reader(_conf, [CONF]),
    "XMI": whole("uima-xmi", "annotation/hama_2016.txt/anna.xmi"),
    "XMI's type systems": whole("uima-xmi", "TypeSystem.xml")._replace(inputs=2_000),
    "an archive": Reader(in_place_of("uima-xmi", "project.zip", {}), [_archive()])._replace(inputs=2_000),
    "DyGIE++": whole("dygiepp", "example.jsonl"),
    "WikiEvents": whole("wikievents", "example.jsonl"),
    "CoNLL": whole("conll", "idlib_2016.conll"),
    "GTT's templates": whole("gtt", "example.jsonl"),
    "MUC-4's keys": whole("muc4", "example.key"),
    "WebAnno's TSV": whole("webanno-tsv", "hama_2016.txt/anna.tsv"),
    "CAS JSON": whole("uima-json", "annotation/hama_2016.txt/anna.json")._replace(inputs=2_000),
}


@pytest.mark.parametrize("name", READERS)
def test_whatever_comes_in_only_documents_and_problems_come_out(name: str) -> None:
    try_all(READERS[name])
