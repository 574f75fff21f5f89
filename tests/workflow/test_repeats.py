"""Which of several mentions with the same words one is."""

from pathlib import Path
from typing import Any

from annotator.workflow.labelling import labelling
from annotator.workflow.mention_edits import reject
from annotator.workflow.repeats import which_of


def test_mentions_with_the_same_words_in_a_line_are_numbered(work: Any, new_workspace: Any, tmp_path: Path) -> None:
    from annotator.workflow.importing import import_corpus
    from annotator.workflow.project import open_project

    text = "Title\n\nThe SDF said that the SDF and the SDF met ISIS.\nThe SDF left.\n"
    new_workspace(tmp_path / "work", work.write_corpus(tmp_path / "sources", one=text))
    project = open_project(tmp_path / "work")
    try:
        import_corpus(project)
        with labelling(project, "one", "reader") as session:
            found = [item for item in session.in_order() if item.mention.quote == "SDF"]
            assert [which_of(session, one.mention) for one in found] == [(1, 3), (2, 3), (3, 3), None]
            isis = next(item for item in session.in_order() if item.mention.quote == "ISIS")
            assert which_of(session, isis.mention) is None
            reject(session, found[1])
            assert [which_of(session, one.mention) for one in found] == [(1, 2), None, (2, 2), None]
    finally:
        project.close()
