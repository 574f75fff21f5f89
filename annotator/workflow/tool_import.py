"""Taking other tools' annotations in: articles, people and their work, all of it or nothing, and every doubt told.

What a person is said to have marked becomes a decision in the log under a pseudonym, which names the file that it
came from. The same said again changes nothing; something else is not laid over anybody's work.
"""

import time
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from annotator.formats.tools.document import Document, Source
from annotator.formats.tools.into_ours import Ours, to_ours
from annotator.formats.tools.label_map import LabelMap, Word
from annotator.formats.tools.labels import Labels
from annotator.formats.tools.registry import Format
from annotator.formats.tools.units import Unit
from annotator.model.article import Article
from annotator.model.canonical import canonical_json, sha256
from annotator.model.decision import Decision, Finish, Imported, Stage
from annotator.model.problem import Problem
from annotator.store.articles import get_article
from annotator.store.log import Standing, decisions_on, standings, take_in
from annotator.store.people import find_pseudonym, pseudonym_of
from annotator.text.counted import counted
from annotator.text.intake import text_sha256
from annotator.workflow.in_checkout import refuse_in_checkout
from annotator.workflow.log_exchange import standing_after
from annotator.workflow.project import Project
from annotator.workflow.suggesting import suggestions_for
from annotator.workflow.tool_articles import StoredTexts, article_problems, bring_in, new_articles, unknown_languages
from annotator.workflow.tool_changes import changes_of, said_sha256
from annotator.workflow.tool_files import ToolFiles
from annotator.workflow.tool_people import Names, names_of

UNKNOWN_TYPES = "unknown-types"
"""What `--allow` takes: words that nothing says the meaning of are left out."""


@dataclass(frozen=True, slots=True)
class Taking:
    """How another tool's files are to be taken in."""

    row: Format
    files: ToolFiles
    labels: LabelMap | None = None
    people: Names = field(default_factory=dict)
    unit: Unit | None = None
    allow: Collection[str] = ()
    stage: Stage = "label"
    """`adjudicate`: as gold, that nobody has to adjudicate here."""
    complete: bool = False
    """Whether all was read to its end, though the file does not say so."""
    finished: bool = True
    """Whether the work is done, so that it can be compared and adjudicated; else it is gone on with here."""


@dataclass(frozen=True, slots=True)
class Came:
    """What came of it: all is taken in, or errors say why nothing is."""

    problems: tuple[Problem, ...]
    articles: tuple[str, ...] = ()
    """Ids of articles that were not here."""
    taken: tuple[tuple[str, str], ...] = ()
    """Article and name of each piece of work that was taken in."""
    there: int = 0
    """Pieces of work that were here already."""
    mentions: int = 0
    events: int = 0
    """Of the work that was taken in."""
    unknown: Mapping[Word, int] = field(default_factory=dict)
    """Words that nothing says the meaning of, with how often they stand in the file."""
    choices: Mapping[Word, tuple[str, ...]] = field(default_factory=dict)
    """For some of these what they may mean."""

    @property
    def refused(self) -> bool:
        """Whether an error stood in the way."""
        return any(problem.level == "error" for problem in self.problems)


@dataclass(frozen=True, slots=True)
class _Work:
    """One person's work on one article."""

    document: Document
    ours: Ours
    name: str
    finish: Finish

    @property
    def said_sha256(self) -> str:
        return said_sha256(self.ours, self.finish)


def take_files_in(project: Project, taking: Taking, *, dry_run: bool = False) -> Came:
    """Take work in from another tool's files; with `dry_run` only tell what would come of it.

    Raises `Refusal`: those of the format, `store.fork` when somebody works in the store meanwhile, those of storage,
    `checkout.not-here` in a checkout.
    """
    refuse_in_checkout(project.workspace, "No work is taken in")
    texts = StoredTexts(project)
    documents, found = taking.row.read(Source(files=taking.files.files, texts=texts, unit=taking.unit))
    labels = Labels(project.guidelines.schema, project.guidelines.registry, taking.labels)
    names, people = names_of((document.person for document in documents), taking.people)
    works = [
        _Work(one, to_ours(one, labels), names[one.person], _finish(taking, one))
        for one in documents
        if one.person in names
    ]
    new = new_articles(documents, texts)
    labels.left_out.update(unknown_languages(new))
    problems = [*found, *people, *article_problems(project, documents, new, texts), *_twice(works)]
    problems += [*_unknown(labels, taking), *_left_out(labels, taking)]
    if not documents and not any(problem.level == "error" for problem in problems):
        problems.append(
            _wrong("empty", taking.files.name, f"No annotations are in it, read as {taking.row.title}. Check --from.")
        )
    fresh = [work for work in works if not _is_there(project, taking, work)]
    problems += [*_conflicts(project, taking, fresh), *(_two_golds(works) if taking.stage == "adjudicate" else ())]
    came = Came(
        tuple(problems),
        tuple(new),
        tuple((work.document.article_id, work.name) for work in fresh),
        len(works) - len(fresh),
        sum(len(work.ours.mentions) for work in fresh),
        sum(len(work.ours.events) for work in fresh),
        dict(labels.unknown),
        labels.choices(),
    )
    if not came.refused and not dry_run:
        # Who may work here is asked first: a team lets in only those that its lead let in.
        pseudonyms = {work.name: pseudonym_of(project.engine, work.name, taking.stage) for work in fresh}
        bring_in(project, new)
        _record(project, taking, fresh, pseudonyms)
    return came


def _finish(taking: Taking, document: Document) -> Finish:
    read_to_end = taking.complete or document.complete
    return Finish(finished=taking.finished, read_to_end=taking.finished and read_to_end)


def _twice(works: Iterable[_Work]) -> Iterator[Problem]:
    seen: set[tuple[str, str]] = set()
    for work in works:
        whose = (work.document.article_id, work.name)
        if whose in seen:
            yield _wrong("duplicate-id", whose[0], f"The file has work of {whose[1]} on it twice. Keep one of the two.")
        seen.add(whose)


def _unknown(labels: Labels, taking: Taking) -> Iterator[Problem]:
    allowed = UNKNOWN_TYPES in taking.allow
    for (table, word), times in sorted(labels.unknown.items()):
        told = f"Nothing says what {word!r} of the {table} is here; it comes {counted(times, 'time')}"
        do = (
            "It is left out"
            if allowed
            else "Say it in a map (--labels FILE), or leave such out (--allow unknown-types)"
        )
        yield Problem(
            rule="format.unknown-type",
            level="warning" if allowed else "error",
            where=taking.files.name,
            message=f"{told}. {do}.",
        )


def _left_out(labels: Labels, taking: Taking) -> Iterator[Problem]:
    for what, times in sorted(labels.left_out.items()):
        message = f"Left out, {counted(times, 'time')}: {what}."
        yield Problem(rule="format.left-out", level="warning", where=taking.files.name, message=message)


def _made(project: Project, taking: Taking, work: _Work) -> list[Decision]:
    """Give what the person decided on the text already, in the stage."""
    person = find_pseudonym(project.engine, work.name, taking.stage)
    if person is None:
        return []
    return decisions_on(project.engine, person, work.document.article_id, text_sha256(work.document.text))


def _is_there(project: Project, taking: Taking, work: _Work) -> bool:
    """Tell whether the same was taken in before, whatever the person made of it since."""
    said = work.said_sha256
    made = _made(project, taking, work)
    return any(one.imported is not None and one.imported.said_sha256 == said for one in made)


def _conflicts(project: Project, taking: Taking, works: Iterable[_Work]) -> Iterator[Problem]:
    for work in works:
        made = _made(project, taking, work)
        if made:
            told = _what_is_there(made[0].imported, taking, work.name)
            message = f"{told}: nothing is laid over that. Give it to somebody else with --person, or leave it out."
            yield _wrong("worked-on", work.document.article_id, message)
        elif taking.stage == "adjudicate" and _is_worked_on(project, work):
            message = "People work on it here already: what they say is adjudicated, and no gold laid over it."
            yield _wrong("worked-on", work.document.article_id, message)


def _what_is_there(before: Imported | None, taking: Taking, name: str) -> str:
    if before is None:
        return f"{name} worked on it here"
    if (before.format, before.sha256) == (taking.row.name, taking.files.sha256):
        return f"{before.file} was taken in for {name} with other options (--complete, --unfinished, --labels …)"
    return f"{before.file} said something else of it for {name}"


def _two_golds(works: Iterable[_Work]) -> Iterator[Problem]:
    """Find articles that two say the last word on: a release would take that of the first, and not tell."""
    first: dict[str, str] = {}
    for work in works:
        settled_by = first.setdefault(work.document.article_id, work.name)
        if settled_by != work.name:
            message = (
                f"It is settled by {settled_by} and by {work.name}, and gold is one. Leave one of them out, {_OR}."
            )
            yield _wrong("two-golds", work.document.article_id, message)


_OR = "or take both in without --as-gold, and adjudicate"


def _is_worked_on(project: Project, work: _Work) -> bool:
    digest = text_sha256(work.document.text)
    found = standings(project.engine, work.document.article_id)
    return any(one.decisions and one.text_sha256 == digest for one in found)


def _record(project: Project, taking: Taking, works: Iterable[_Work], pseudonyms: Mapping[str, str]) -> None:
    """Put the work of all into the log, in one transaction."""
    decisions: list[Decision] = []
    standings: list[Standing] = []
    for work in works:
        person = pseudonyms[work.name]
        article = get_article(project.engine, work.document.article_id)
        made = _decision(project, taking, work, person, article)
        decisions.append(made)
        standings.append(standing_after(project, (person, article.article_id, article.text_sha256), [made]))
    seen = {(one.person, one.article_id, one.text_sha256): 0 for one in decisions}
    if decisions:
        take_in(project.engine, decisions, standings, seen)


def _decision(project: Project, taking: Taking, work: _Work, person: str, article: Article) -> Decision:
    candidates = suggestions_for(project, article).candidates
    namespace = sha256(canonical_json([taking.row.name, taking.files.name]))[:8]
    changes = tuple(changes_of(work.ours, work.finish, candidates, namespace))
    return Decision(
        id=uuid.uuid4().hex,
        person=person,
        article_id=article.article_id,
        text_sha256=article.text_sha256,
        stage=taking.stage,
        made_at=time.time_ns() // 1_000_000,
        changes=changes,
        imported=Imported(
            format=taking.row.name,
            file=taking.files.name,
            sha256=taking.files.sha256,
            said_sha256=work.said_sha256,
        ),
    )


def _wrong(what: str, where: str, message: str) -> Problem:
    return Problem(rule=f"format.{what}", level="error", where=where, message=message)
