"""`annotator suggest --from` and `--forget`: what other systems propose comes in and goes, and that is told."""

from collections.abc import Collection
from dataclasses import asdict
from pathlib import Path

from annotator.cli.options import print_json
from annotator.cli.progress import progress
from annotator.cli.talk import talk
from annotator.errors import Refusal
from annotator.store.articles import count_articles
from annotator.text.counted import counted
from annotator.workflow.elsewhere.door import find_source
from annotator.workflow.elsewhere.taking import Came, Taken, forget, take_file, take_from
from annotator.workflow.opening import read_file
from annotator.workflow.project import Project

_SHOWN = 50
"""Problems that are told before they are only counted; --json has them all."""


def take(
    project: Project, written: str, system: str | None, allow: Collection[str], timeout: float, as_json: bool
) -> int:
    """Take in what stands for `written`: a file (`-`: standard input), a service, a pipeline, an installed finder."""
    if written == "-" or Path(written).is_file():
        data = read_file(written)
        name = system or ("standard input" if written == "-" else Path(written).stem)
        with progress("taking in") as step:
            taken = take_file(project, data, written, system=name, allow=allow, progress=step)
    elif written and Path(written).is_dir():
        raise Refusal("usage", f"{written} is a folder.", f"Name a file in it, or a pipeline: spacy:{written}")
    else:
        source = find_source(written, timeout=timeout)
        with progress(f"asking {source.system}", count_articles(project.engine)) as step:
            taken = take_from(project, source, system=system, allow=allow, progress=step)
    _tell(taken, as_json)
    return taken.exit


def let_go(project: Project, system: str, as_json: bool) -> None:
    """Take away all that a system proposes."""
    texts = forget(project, system)
    if as_json:
        print_json({"forgotten": system, "articles": texts})
    talk(f"{system} proposes nothing any more (it did in {counted(texts, 'article')}); what was decided stands")


def _tell(taken: Taken, as_json: bool) -> None:
    for problem in taken.problems[:_SHOWN]:
        talk(problem.line())
    if len(taken.problems) > _SHOWN:
        talk(f"and {len(taken.problems) - _SHOWN} more problems")
    if as_json:
        problems = [problem.plain() for problem in taken.problems]
        print_json({"systems": {name: asdict(came) for name, came in taken.systems.items()}, "problems": problems})
    for name, came in taken.systems.items():
        talk(f"{name}: {_said(came)}")
    if not taken.systems:
        talk("nothing came in")


def _said(came: Came) -> str:
    parts = [f"{came.new} new", f"{came.merged} proposed by others as well"]
    if came.boilerplate:
        parts.append(f"{came.boilerplate} in boilerplate, where nothing is proposed")
    return f"{counted(came.articles, 'article')}, {counted(came.candidates, 'candidate')}: {', '.join(parts)}"
