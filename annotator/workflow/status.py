"""Who has done what and what is left, by article and person. Counts come from the standings, never from folding all."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from annotator.model.decision import Stage
from annotator.store.articles import StoredArticle
from annotator.store.engine import reading_on
from annotator.store.log import Standing
from annotator.store.pages import AT_ONCE, articles_of, each_page, settled_by, slots_of, standings_of
from annotator.store.people import find_pseudonym
from annotator.store.tasks import Task, has_tasks, held
from annotator.workflow.challenging import challenged
from annotator.workflow.leasing import next_article
from annotator.workflow.overlap import NEEDED, Overlap, overlap_in
from annotator.workflow.project import Project


@dataclass(frozen=True, slots=True)
class ArticleStatus:
    """Where the work on one article stands."""

    article: StoredArticle
    labelling: tuple[Standing, ...]
    """Of annotators, on the current text."""
    adjudicating: tuple[Standing, ...]
    """Of adjudicators, on the current text."""
    earlier: tuple[Standing, ...]
    """Of anybody, on texts that this article had before: kept, and not carried over."""

    challenges: int = 0
    """Of the released gold, that nobody answered yet."""
    slots: tuple[Task, ...] = ()
    """What of it was assigned; nothing where everybody labels what they open."""

    @property
    def overlap(self) -> Overlap:
        """How many annotators it wants, and whose work counts."""
        return overlap_in(self.slots)

    def is_in_hand(self, person: str | None, stage: Stage) -> bool:
        """Tell whether somebody has a slot of it in a stage and did not finish that."""
        return any(slot.stage == stage and slot.state == "leased" and slot.owner == person for slot in self.slots)

    def is_for(self, people: Collection[str]) -> bool:
        """Tell whether somebody, by their pseudonyms, has something to do with it: they have or had a slot of it,
        one is kept for them, or nothing of it was assigned."""
        return not self.slots or any(slot.owner in people or slot.reserved_for in people for slot in self.slots)

    @property
    def finished(self) -> int:
        """How many annotators finished it whose work counts."""
        return sum(standing.finished and self.overlap.counts(standing.person) for standing in self.labelling)

    @property
    def adjudicated(self) -> bool:
        """Whether an adjudicator finished it."""
        return any(standing.finished for standing in self.adjudicating)

    @property
    def ready(self) -> bool:
        """Whether it can be adjudicated."""
        return self.finished >= self.overlap.wanted

    @property
    def state(self) -> str:
        """Where it stands, in a word or two."""
        if self.challenges:
            return "challenged"
        if self.adjudicated:
            return "adjudicated"
        if self.adjudicating:
            return "in adjudication"
        if self.ready:
            return "to adjudicate"
        if self.labelling:
            return f"labelled by {self.finished} of {self.overlap.wanted}"
        return "new"

    def of(self, person: str | None) -> Standing | None:
        """Give how far an annotator is, or None."""
        return next((standing for standing in self.labelling if standing.person == person), None)


def next_for(found: Sequence[ArticleStatus], person: str, after: str) -> str | None:
    """Give the id of the article that waits for an annotator next, behind the one with id `after`; None for none.

    Those that enough others finished, or that were left to others, wait for nobody.
    """
    waiting = [article_id for article_id in waiting_for(found, person) if article_id != after]
    return next((article_id for article_id in waiting if article_id > after), waiting[0] if waiting else None)


def waiting_for(found: Iterable[ArticleStatus], person: str) -> Iterator[str]:
    """Give the ids of the articles that wait for an annotator, in their order, looking no further than asked for."""
    return (status.article.article_id for status in found if _waits_for(status, person))


def next_to_adjudicate(found: Sequence[ArticleStatus], after: str) -> str | None:
    """Give the id of the article that waits for an adjudicator next, behind the one with id `after`; None for none."""
    waiting = [status.article.article_id for status in found if status.ready and not status.adjudicated]
    return next((article_id for article_id in waiting if article_id > after), waiting[0] if waiting else None)


def _waits_for(status: ArticleStatus, person: str) -> bool:
    own = status.of(person)
    if own is not None:
        return not (own.finished or own.skipped)
    if status.slots:
        return any(slot.state == "leased" and slot.owner == person for slot in status.slots)
    return not (status.ready or status.adjudicating)


def next_waiting(project: Project, name: str, stage: Stage, after: str = "") -> str | None:
    """Give the id of the article that waits for a person next: what they began, else what is leased to them for this.

    Where nothing was assigned it is the next that enough others did not finish, behind the one with id `after`.
    """
    with reading_on(project.engine):
        person = find_pseudonym(project.engine, name, stage)
        if not has_tasks(project.engine):
            return _unassigned_next(project, person or "", stage, after)
        began = [article_id for article_id in held(project.engine, stage, person or "") if article_id != after]
        return began[0] if began else next_article(project, name, stage)


def _unassigned_next(project: Project, person: str, stage: Stage, after: str) -> str | None:
    """Look behind one article first, then from the first one on, as far as needed."""
    for begin in dict.fromkeys((after, "")):
        for ids in _labelled_enough(project, begin) if stage == "adjudicate" else each_page(project.engine, begin):
            found = statuses_of(project, ids)
            waits = next_to_adjudicate(found, after) if stage == "adjudicate" else next_for(found, person, after)
            if waits is not None:
                return waits
    return None


def _labelled_enough(project: Project, behind: str) -> Iterator[list[str]]:
    while ids := settled_by(project.engine, behind, NEEDED, AT_ONCE):
        yield ids
        behind = ids[-1]


def statuses(project: Project) -> list[ArticleStatus]:
    """Give the state of every article, by id. Of a million that is a lot: `each_status` gives one after the other."""
    return sorted(each_status(project), key=lambda status: status.article.article_id)


def each_status(project: Project) -> Iterator[ArticleStatus]:
    """Give the state of every article, one after the other, in the order of the database."""
    for ids in each_page(project.engine):
        yield from statuses_of(project, ids)


def statuses_of(project: Project, ids: Sequence[str]) -> list[ArticleStatus]:
    """Give the state of some articles, by id."""
    by_article: dict[str, list[Standing]] = {}
    for standing in standings_of(project.engine, ids):
        if standing.decisions:
            by_article.setdefault(standing.article_id, []).append(standing)
    slots: dict[str, list[Task]] = {}
    for task in slots_of(project.engine, ids):
        slots.setdefault(task.article_id, []).append(task)
    waiting = Counter(one.challenge.article_id for one in challenged(project) if one.state == "waits")
    return [
        _status(
            article,
            by_article.get(article.article_id, ()),
            waiting[article.article_id],
            tuple(slots.get(article.article_id, ())),
        )
        for article in articles_of(project.engine, ids)
    ]


def _status(
    article: StoredArticle, all_standings: Sequence[Standing], challenges: int, slots: tuple[Task, ...]
) -> ArticleStatus:
    current = [standing for standing in all_standings if standing.text_sha256 == article.text_sha256]
    return ArticleStatus(
        article,
        tuple(standing for standing in current if standing.person.startswith("a")),
        tuple(standing for standing in current if standing.person.startswith("j")),
        tuple(standing for standing in all_standings if standing.text_sha256 != article.text_sha256),
        challenges,
        slots,
    )
