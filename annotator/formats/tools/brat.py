"""brat: a `.txt` with a `.ann` beside it for each article, in one folder, or in one for each person.

Owns the words by which brat's lines say what brat has no line for, and the folders. What has a line of its own there
has it: mentions, events, relations, references (`N`), realis, certainty and background (`A`), notes (`#`). Notes of
other types say the rest: `Number` and `Time` a value, `Hub` a hub, `Of` whose the counted ones are. An event that has
realis and certainty and no `background` is not in the background. A trigger beyond the first fills the role `Also`.
"""

from collections.abc import Sequence
from pathlib import PurePosixPath

from annotator.formats.tools import brat_reading, brat_writing
from annotator.formats.tools.brat_conf import conf_of, visual_of
from annotator.formats.tools.brat_places import File
from annotator.formats.tools.brat_schema import numbered_roles
from annotator.formats.tools.document import Document, Loss, Read, Source, Wanted, Written
from annotator.formats.tools.texts import decoded, stored_text
from annotator.model.problem import Problem

CONF = "annotation.conf"


def read(source: Source) -> Read:
    """Give a document for each `.ann`; where articles stand in several folders, these are those of persons."""
    problems: list[Problem] = []
    documents = []
    annotated = [PurePosixPath(path) for path in source.files if path.endswith(".ann")]
    names = [path.stem for path in annotated]
    several = len(set(names)) < len(names)
    for path in annotated:
        text = decoded(source.files[str(path)], str(path), problems)
        beside = _beside(path, source)
        raw = None if beside is None else decoded(source.files[beside], beside, problems)
        if beside is not None and raw is None:
            continue
        stored = stored_text(raw, path.stem, f"{path.with_suffix('.txt')}", source, problems)
        if text is None or stored is None:
            continue
        folder = str(path.parent)
        person = folder if several and folder != "." else None
        file = File(str(path), path.stem, person, raw if raw is not None else stored, stored)
        documents.append(brat_reading.document(text, file, _conf_roles(path, source), source.unit, problems))
    if not annotated:
        message = "No file ends in .ann: name the folder with the annotations, or one of its files."
        problems.append(Problem(rule="format.no-annotations", level="error", where="brat", message=message))
    return Read(tuple(documents), tuple(problems))


def _beside(path: PurePosixPath, source: Source) -> str | None:
    """Give the file with the text: beside annotations, or in a folder above, as several persons may share it."""
    there = (str(folder / f"{path.stem}.txt") for folder in path.parents)
    return next((one for one in there if one in source.files), None)


def _conf_roles(path: PurePosixPath, source: Source) -> frozenset[str]:
    """Give the roles whose own names end in digits, as the nearest `annotation.conf` has them."""
    for folder in path.parents:
        if (data := source.files.get(str(folder / CONF))) is not None:
            return numbered_roles(data.decode("utf-8", "replace"))
    return frozenset()


def write(documents: Sequence[Document], wanted: Wanted) -> Written:
    """Give a `.txt` and a `.ann` for each document, in folders by person, and what brat's server shows them by."""
    files: dict[str, bytes] = {}
    losses: list[Loss] = []
    ids = [document.article_id for document in documents]
    told_by_folders = len(set(ids)) < len(ids)
    for document in documents:
        name = f"{document.person}/{document.article_id}" if document.person else document.article_id
        files[f"{name}.txt"] = document.text.encode()
        lines, lost = brat_writing.lines_of(document)
        files[f"{name}.ann"] = "".join(f"{line}\n" for line in lines).encode()
        losses += lost
        if document.person and not told_by_folders:
            losses.append(Loss(document.article_id, "", "person", f"{document.person}: a folder of one person"))
    files[CONF] = conf_of(wanted.schema, documents).encode()
    files["visual.conf"] = visual_of(wanted.schema, documents).encode()
    return Written(files, tuple(losses))
