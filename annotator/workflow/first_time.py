"""What a workspace remembers for the screens: who was welcomed, and how Arabic reads correctly on which terminal.

It is a comfort and no record of work: what cannot be read is as if it had never been written.
"""

from pathlib import Path

from pydantic import Field, ValidationError

from annotator.model.canonical import canonical_json
from annotator.model.frozen import Frozen
from annotator.store.articles import has_articles
from annotator.store.atomic import write_file
from annotator.store.pages import AT_ONCE, Stretch, articles_of, ids_of
from annotator.store.people import find_pseudonym
from annotator.store.worked_on import worked_on
from annotator.store.workspace import Workspace
from annotator.workflow.project import Project


class Remembered(Frozen):
    """All of it."""

    welcomed: tuple[str, ...] = ()
    """Names of those who were offered the tour."""
    writing: dict[str, str] = Field(default_factory=dict)
    """Ways of writing right-to-left text, as chosen from the card, by the kind of terminal."""


def remembered(workspace: Workspace) -> Remembered:
    """Give what the workspace remembers."""
    try:
        return Remembered.model_validate_json(_memory(workspace).read_bytes())
    except (OSError, ValidationError):
        return Remembered()


def asks_for_writing(project: Project, terminal: str) -> bool:
    """Tell whether it matters how Arabic is written, and nobody said yet what is right on this kind of terminal.

    Of many articles the first and the last few hundred are looked at.
    """
    if not terminal or terminal in remembered(project.workspace).writing:
        return False
    first = ids_of(project.engine, Stretch(), AT_ONCE)
    last = ids_of(project.engine, Stretch(first[-1], behind=True, last=True), AT_ONCE) if first else []
    return any(article.metadata.language == "ar" for article in articles_of(project.engine, [*first, *last]))


def offers_tour(project: Project, name: str) -> bool:
    """Tell whether a person is new here: never welcomed, and never at work; there must be an article to tour."""
    if name in remembered(project.workspace).welcomed or not has_articles(project.engine):
        return False
    person = find_pseudonym(project.engine, name, "label")
    return person is None or not worked_on(project.engine, person)


def remember_welcome(workspace: Workspace, name: str) -> None:
    """Keep that a person was offered the tour. Raises `Refusal` when the disk does not allow it."""
    before = remembered(workspace)
    if name not in before.welcomed:
        _remember(workspace, before.model_copy(update={"welcomed": (*before.welcomed, name)}))


def remember_writing(workspace: Workspace, terminal: str, mode: str) -> None:
    """Keep how right-to-left text is to be written on a kind of terminal. Raises `Refusal` as the disk does."""
    before = remembered(workspace)
    _remember(workspace, before.model_copy(update={"writing": {**before.writing, terminal: mode}}))


def _memory(workspace: Workspace) -> Path:
    return workspace.work / "screens.json"


def _remember(workspace: Workspace, everything: Remembered) -> None:
    write_file(_memory(workspace), canonical_json(everything.plain()))
