"""A workspace of two short articles, one English and one Arabic, and short ways to work in it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from annotator.workflow.event_edits import attach, make_event
from annotator.workflow.importing import import_corpus
from annotator.workflow.labelling import labelling
from annotator.workflow.mention_edits import confirm
from annotator.workflow.project import Project, open_project
from annotator.workflow.session import Item, Session

ENGLISH = (
    "Clashes near Khasham\n\nThe International Coalition killed 6 members at least of ISIS near Khasham yesterday."
    " Two houses were bombed by the SDF.\n"
)
ARABIC = "اشتباكات قرب خشام\n\nقصفت قوات التحالف الدولي بلدة خشام يوم أمس، ما أدى إلى مقتل 6 من عناصر داعش على الأقل.\n"


def write_corpus(folder: Path, **texts: str) -> list[Path]:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_bytes(text.encode())
    return [folder / f"{name}.txt" for name in texts]


def make_project(root: Path, new_workspace: Any) -> Project:
    new_workspace(root / "work", write_corpus(root / "sources", english=ENGLISH, arabic=ARABIC))
    project = open_project(root / "work")
    import_corpus(project)
    return project


@pytest.fixture(autouse=True)
def _own_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ANNOTATOR_STORE", raising=False)
    monkeypatch.delenv("ANNOTATOR_NAME", raising=False)


@pytest.fixture
def project(tmp_path: Path, new_workspace: Any) -> Iterator[Project]:
    project = make_project(tmp_path, new_workspace)
    yield project
    project.close()


@pytest.fixture(scope="session")
def lasting_project(tmp_path_factory: pytest.TempPathFactory, new_workspace: Any) -> Iterator[Project]:
    """For properties, whose examples each come as a person of their own."""
    project = make_project(tmp_path_factory.mktemp("lasting"), new_workspace)
    yield project
    project.close()


@pytest.fixture
def session(project: Project) -> Iterator[Session]:
    with labelling(project, "english", "ann") as session:
        yield session


def find(session: Session, kind: str, number: int = 0) -> Item:
    """Give the so-many-th mention of a kind, as it stands now."""
    return [item for item in session.in_order() if item.mention.kind == kind][number]


def save(session: Session) -> None:
    assert session._writer.drain(20)


def label_all(project: Project, name: str, article: str = "english", then: Callable[[Session], Any] = bool) -> None:
    """Let a person confirm every candidate, make an event of the first trigger with its actor, and finish."""
    with labelling(project, article, name) as session:
        for item in session.in_order():
            confirm(session, item)
        make_event(session, find(session, "trigger"))
        then(session)
        session.finish()


def event_of(session: Session) -> Any:
    return next(iter(session.annotation.live_events().values()))


class Work:
    """What the tests of this folder work with."""

    english = ENGLISH
    write_corpus = staticmethod(write_corpus)
    find = staticmethod(find)
    save = staticmethod(save)
    label_all = staticmethod(label_all)
    event_of = staticmethod(event_of)
    attach = staticmethod(attach)


@pytest.fixture(scope="session")
def work() -> type[Work]:
    return Work
