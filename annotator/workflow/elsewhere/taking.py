"""Taking in what other systems propose, and taking it away again. One article is written whole or not at all.

What a system proposes for an article replaces what it proposed there before, so a run that was broken off is simply
run again. Decisions are never touched: what was decided on a candidate stands, whether it is still proposed or not.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from annotator.errors import Exit, Refusal
from annotator.formats.answers import read_answer
from annotator.formats.elsewhere import PROPOSED, Proposed, for_article, read_elsewhere
from annotator.formats.known import Known
from annotator.model.annotation import reading_order
from annotator.model.article import Article
from annotator.model.problem import Problem
from annotator.model.suggestions import Candidates
from annotator.store.articles import get_article, list_articles
from annotator.store.proposed import forget_proposed, put_proposed, systems
from annotator.text.counted import counted
from annotator.workflow.elsewhere.source import Source
from annotator.workflow.evaluating import refuse_errors
from annotator.workflow.project import Project
from annotator.workflow.suggesting import suggestions_for

Step = Callable[[str], None]

PATIENCE = 3
"""Times in a row that a source may be silent, or answer nothing that can be read, before it is asked no more."""

_IN_VAIN = frozenset({"finder.unreachable", "finder.answer"})
"""What a source says no more of one article than of the next."""


@dataclass(slots=True)
class Came:
    """What came of one system."""

    articles: int = 0
    candidates: int = 0
    """How many it proposes, those in boilerplate included."""
    new: int = 0
    """Those that nobody else proposes."""
    merged: int = 0
    """Those that others propose as well."""
    boilerplate: int = 0
    """Those that stand where nothing is proposed."""


@dataclass(slots=True)
class Taken:
    """What was taken in, and what was not."""

    systems: dict[str, Came] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    exit: Exit = Exit.DONE


def take_file(
    project: Project,
    data: bytes,
    file: str,
    *,
    system: str,
    allow: Collection[str] = (),
    progress: Step = lambda _: None,
) -> Taken:
    """Take in a file of predictions; `system` is whose they are where they do not say.

    Raises `Refusal` `predictions.invalid` with file and line of each error, and then takes nothing.
    """
    taken = Taken()
    texts = _Texts(project)
    known = _known(project, [stored.article_id for stored in list_articles(project.engine)], texts, "this workspace")
    lines = read_answer(data, file, "predictions.json", taken.problems)
    found = list(read_elsewhere(lines, file, taken.problems, known=known, system=system, allow=allow))
    refuse_errors("predictions.invalid", file, taken.problems, "taken in")
    for article_id, proposed in _by_article(found).items():
        progress(article_id)
        _keep(project, texts.article(article_id), proposed, taken)
    return taken


def take_from(
    project: Project,
    source: Source,
    *,
    system: str | None = None,
    allow: Collection[str] = (),
    progress: Step = lambda _: None,
) -> Taken:
    """Ask a source about every article and take in what it says; `system` is its name in place of its own.

    What is wrong with one answer is a problem with the article's id, and stops no other article.
    """
    taken, name = Taken(), system or source.system
    every = list_articles(project.engine)
    waiting, silent = [stored.article_id for stored in every if source.speaks(stored.metadata.language)], 0
    if foreign := len(every) - len(waiting):
        _aside(taken, "finder.language", name, f"{counted(foreign, 'article')} left out: not in a language it knows.")
    while waiting and silent < PATIENCE:
        article = get_article(project.engine, waiting.pop(0))
        progress(article.article_id)
        try:
            answer = source.ask(article)
        except Refusal as refusal:
            _add(taken, refusal.code, article.article_id, str(refusal), refusal.exit)
            silent = silent + 1 if refusal.code in _IN_VAIN else 0
            continue
        silent = 0
        found = _answered(project, article, answer, name, allow, taken)
        if found is not None:
            _keep(project, article, found or [Proposed(article.article_id, name, ())], taken)
    if waiting:
        message = f"No use {PATIENCE} times in a row; it was not asked about {len(waiting)} more article(s)."
        _add(taken, "finder.unreachable", name, message, Exit.ENVIRONMENT)
    for said in source.asides():
        _aside(taken, "finder.labels", name, said)
    return taken


def forget(project: Project, system: str) -> int:
    """Take away all that a system proposes; give for how many texts it did. Raises `Refusal` for one that does not."""
    proposing = systems(project.engine)
    if system not in proposing:
        what = f"No system {system!r} proposes anything here."
        hint = f"Those that do are {', '.join(map(repr, proposing))}." if proposing else "Nothing came from elsewhere."
        raise Refusal("finder.unknown", what, hint)
    return forget_proposed(project.engine, system)


def _answered(
    project: Project, article: Article, answer: bytes, system: str, allow: Collection[str], taken: Taken
) -> list[Proposed] | None:
    """Give what an answer about one article proposes; None when anything in it is wrong."""
    problems: list[Problem] = []
    name = article.article_id
    known = _known(project, (name,), {name: article.text}, "the question")
    lines = for_article(read_answer(answer, name, "predictions.json", problems), name)
    found = list(read_elsewhere(lines, name, problems, known=known, system=system, allow=allow))
    taken.problems += problems
    if any(problem.level == "error" for problem in problems):
        taken.exit = max(taken.exit, Exit.BAD_INPUT)
        return None
    return found


def _add(taken: Taken, rule: str, where: str, message: str, status: Exit) -> None:
    taken.problems.append(Problem(rule=rule, level="error", where=where, message=message))
    taken.exit = max(taken.exit, status)


def _aside(taken: Taken, rule: str, where: str, message: str) -> None:
    taken.problems.append(Problem(rule=rule, level="warning", where=where, message=message))


def _keep(project: Project, article: Article, proposed: Iterable[Proposed], taken: Taken) -> None:
    """Keep what systems propose for an article, and count what came of it."""
    by_system = {one.system: Candidates.of(article.text, sorted(one.candidates, key=reading_order)) for one in proposed}
    put_proposed(project.engine, article, by_system)
    merged = {candidate.id: candidate.finders for candidate in suggestions_for(project, article).candidates}
    for system, candidates in by_system.items():
        came = taken.systems.setdefault(system, Came())
        finders = [merged.get(candidate.id) for candidate in candidates]
        came.articles += 1
        came.candidates += len(finders)
        came.boilerplate += finders.count(None)
        came.new += finders.count((system,))
        came.merged += sum(named is not None and named != (system,) for named in finders)


def _by_article(found: Iterable[Proposed]) -> dict[str, list[Proposed]]:
    by_article: dict[str, list[Proposed]] = {}
    for one in found:
        by_article.setdefault(one.article_id, []).append(one)
    return by_article


def _known(project: Project, articles: Collection[str], texts: Mapping[str, str], within: str) -> Known:
    guidelines = project.guidelines
    return Known(
        articles=frozenset(articles),
        texts=texts,
        schema=guidelines.schema,
        registry=guidelines.registry,
        within=within,
        fates=PROPOSED,
    )


class _Texts(Mapping[str, str]):
    """The current texts of the articles, read when they are asked for; the last one is kept at hand."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._last: Article | None = None

    def article(self, article_id: str) -> Article:
        if self._last is None or self._last.article_id != article_id:
            self._last = get_article(self._project.engine, article_id)
        return self._last

    def __getitem__(self, article_id: str) -> str:
        return self.article(article_id).text

    def __iter__(self) -> Iterator[str]:
        return (stored.article_id for stored in list_articles(self._project.engine))

    def __len__(self) -> int:
        return len(list_articles(self._project.engine))
