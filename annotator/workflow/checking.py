"""Every rule over everything in a workspace: guidelines, articles, the decision log, annotations, gold."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from annotator.checks.articles import check_articles
from annotator.checks.guidelines import check_guidelines
from annotator.checks.hubs import Told, check_hubs
from annotator.checks.pages import Prose, check_pages
from annotator.checks.records import check_annotation
from annotator.checks.schema_version import check_schema_version
from annotator.errors import Refusal
from annotator.gold.release import Release
from annotator.model.annotation import fold
from annotator.model.article import Article
from annotator.model.guidelines import SCHEMA
from annotator.model.migrating import questions
from annotator.model.pages import read_pages
from annotator.model.problem import Problem
from annotator.model.slips import BadGuidelines, toml_files
from annotator.store.articles import get_article
from annotator.store.corpus import read_corpus
from annotator.store.log import check_log, decisions_on, standings
from annotator.store.pages import each_worked_on
from annotator.store.releases import list_releases, verify_release
from annotator.store.worked_on import naming_hub
from annotator.text.counted import counted
from annotator.workflow.gold_changelog import without_entry
from annotator.workflow.migrating import migration_problems, work_left
from annotator.workflow.project import Project
from annotator.workflow.status import ArticleStatus, statuses_of
from annotator.workflow.suggesting import suggestions_for


def check_workspace(project: Project, progress: Callable[[str], None] = lambda _: None) -> tuple[Problem, ...]:
    """Give all that is wrong or doubtful in the workspace, in the order in which data flows.

    `progress` is told of each article that somebody worked on.
    """
    try:
        guidelines = project.guidelines
    except BadGuidelines as refusal:  # all that follows is held against them
        return refusal.problems
    files = toml_files(project.workspace.guideline_files())
    problems = list(check_guidelines(guidelines.schema, guidelines.registry, guidelines.lexicon, files))
    newest, of_releases = _releases(project)
    if newest is not None:
        problems += check_schema_version(newest.schema, guidelines.schema, files[SCHEMA])
    if wrong := migration_problems(project):  # what was labelled could not be held against anything
        return (*problems, *wrong)
    arrived = list(read_corpus(project.workspace.corpus))
    problems += [_refused(found, "corpus") for found in arrived if isinstance(found, Refusal)]
    articles = [found for found in arrived if isinstance(found, Article)]
    problems += check_articles(articles, date.today())
    problems += check_log(project.engine)
    linked: dict[str, list[Told]] = {}
    for status in _worked_on(project):
        progress(status.article.article_id)
        try:
            problems += _work_on(project, status, linked)
        except Refusal as refusal:
            problems.append(_refused(refusal, status.article.article_id))
    problems += _hubs_of_work(project, linked)
    problems += of_releases
    problems += _prose(project, articles, newest)
    return tuple(problems)


def _worked_on(project: Project) -> Iterator[ArticleStatus]:
    for ids in each_worked_on(project.engine):
        yield from statuses_of(project, ids)


def _refused(refusal: Refusal, where: str) -> Problem:
    return Problem(rule=refusal.code, level="error", where=where, message=str(refusal))


def _work_on(project: Project, status: ArticleStatus, linked: dict[str, list[Told]]) -> Iterator[Problem]:
    """Give what is wrong with the work on an article; add the events that carry hubs to `linked`, by pseudonym."""
    article_id = status.article.article_id
    yield from work_left(project, status)
    for standing in status.earlier:
        yield Problem(
            rule="annotation.earlier-text",
            level="warning",
            where=f"{article_id} by {standing.person}",
            message=f"{counted(standing.decisions, 'decision')} made on an earlier text: kept, not moved.",
        )
    finished = [standing for standing in status.labelling if standing.finished]
    if finished:
        article = get_article(project.engine, article_id)
        suggestions = suggestions_for(project, article)
        for standing in finished:
            annotation = fold(decisions_on(project.engine, standing.person, article_id, article.text_sha256))
            if questions(annotation, project.migrations):  # it keeps old names until whoever is asked has answered
                continue
            hubs = [event.hub for event in annotation.live_events().values() if event.hub is not None]
            linked.setdefault(standing.person, []).extend(
                Told(f"{article_id} ({standing.person})", hub) for hub in hubs
            )
            yield from check_annotation(
                annotation,
                standing.person,
                article,
                suggestions.regions if annotation.regions is None else annotation.regions,
                project.guidelines.schema,
                project.guidelines.registry,
            )


def _hubs_of_work(project: Project, linked: Mapping[str, Sequence[Told]]) -> Iterator[Problem]:
    """Give what is wrong with people's hubs, but not where an article that they are still at named them as well."""
    done = {(standing.person, standing.article_id) for standing in standings(project.engine) if standing.finished}
    for person, told in linked.items():
        times = Counter(one.hub for one in told)
        alone = [hub for hub in times if times[hub] == 1]
        named = {hub: naming_hub(project.engine, hub, person) for hub in alone}
        waiting = {hub for hub in alone if any((person, article_id) not in done for article_id in named[hub])}
        yield from check_hubs([one for one in told if one.hub not in waiting])


def _releases(project: Project) -> tuple[Release | None, list[Problem]]:
    """Give the newest release, unless it does not verify, and what is wrong with all of them."""
    newest = None
    found: list[Problem] = []
    for path in list_releases(project.workspace.gold):
        newest, problems = verify_release(path, newest)
        found += [problem.at(f"{path.name}/{problem.where}") for problem in problems]
    for path in without_entry(project.workspace.gold):
        message = "The changelog of the gold has no entry for it. The next release writes it."
        found.append(Problem(rule="gold.changelog", level="warning", where=path.name, message=message))
    return newest, found


def _prose(project: Project, articles: Iterable[Article], newest: Release | None) -> Iterable[Problem]:
    try:
        pages = read_pages(project.workspace.page_files())
    except Refusal as refusal:
        return [_refused(refusal, "guidelines")]
    return check_pages(
        Prose(
            pages,
            project.guidelines.schema,
            project.guidelines.registry,
            texts={article.article_id: article.text for article in articles},
            gold={record.article_id: record for record in newest.records} if newest else {},
        )
    )
