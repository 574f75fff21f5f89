"""The workspaces that killed programs work in: one on each of two machines, with the same articles and one store."""

import os
import shutil
from multiprocessing.connection import Connection
from pathlib import Path

from annotator.store.workspace import STORE_VARIABLE, create_workspace
from annotator.workflow import mention_edits
from annotator.workflow.importing import import_corpus
from annotator.workflow.labelling import labelling
from annotator.workflow.project import open_project
from benchmarks.killed_program import DISPUTED

_PLAIN, _DISPUTED_ARTICLES, _LINES = 12, 3, 8


def make_workspace(url: str, machines: list[Path], answer: Connection) -> None:
    """Make the workspaces, take the articles in, and let two people differ on the disputed ones; answer when it is
    done."""
    os.environ[STORE_VARIABLE] = url
    here, *others = machines
    sources = here.parent / "articles"
    sources.mkdir()
    named = [f"plain-{n}" for n in range(_PLAIN)] + [f"{DISPUTED}-{n}" for n in range(_DISPUTED_ARTICLES)]
    for article in named:
        killed = (f"On Monday, clashes in Idlib killed {number} soldiers." for number in range(2, 2 + _LINES))
        text = "\n\n".join((f"News of {article}", *killed)) + "\n"
        (sources / f"{article}.txt").write_text(text, encoding="utf-8")
    create_workspace(here, sorted(sources.iterdir()))
    project = open_project(here)
    import_corpus(project)
    for name, settle in (("first", mention_edits.confirm), ("second", mention_edits.reject)):
        for article in named[_PLAIN:]:
            with labelling(project, article, name) as session:
                for item in session.in_order():
                    settle(session, item)
                session.finish()
    project.close()
    for other in others:
        shutil.copytree(here, other)
    answer.send(None)
