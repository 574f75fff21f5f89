"""The events that one person has in other articles, so that tellings of one happening can be linked across articles.

Only the person's own work is read: what other annotators say stays unseen. For an adjudicator it is what stands in the
articles that this adjudicator works on. Read when it is asked for, piece by piece, and kept as long as it holds.
"""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from annotator.model.annotation import Annotation, fold
from annotator.model.article import Article
from annotator.model.event import Event
from annotator.model.mention import Mention
from annotator.store.articles import get_article
from annotator.store.log import decisions_on
from annotator.store.worked_on import WorkedOn, worked_on
from annotator.text.span import Span
from annotator.workflow.comparing import compared
from annotator.workflow.session import Session

_BEFORE, _BEHIND = 20, 50
"""Code points of the text that a telling keeps before its trigger and behind it, parts of a word left out."""


@dataclass(frozen=True, slots=True)
class Telling:
    """An event with as much of its article as it takes to recognise it."""

    article_id: str
    translation_of: str | None
    """Id of the article that its article is a translation of."""
    event: Event
    mentions: Mapping[str, Mention]
    """What has part in the event, by id."""
    context: str
    """The main trigger with the words around it."""

    @property
    def trigger(self) -> Mention:
        """The main trigger."""
        return self.mentions[self.event.triggers[0]]

    @property
    def place(self) -> tuple[str, Span]:
        """Sort key: the article, and in it the place."""
        return self.article_id, self.trigger.span


_KEPT: WeakKeyDictionary[Engine, dict[str, dict[WorkedOn, tuple[Telling, ...]]]] = WeakKeyDictionary()
"""What was read of each person, as long as the store is open: a log that has not grown says what it said."""


class Elsewhere:
    """The tellings in a person's other articles."""

    def __init__(self, session: Session) -> None:
        """Begin with nothing read. `session` says whose they are, and which article they are not of."""
        self._session = session
        self._read: dict[WorkedOn, tuple[Telling, ...]] = {}
        # What an adjudicator has follows from what annotators say too, and so changes without a decision of the own.
        kept = _KEPT.setdefault(session.project.engine, {}) if session.stage == "label" else {}
        self._kept = kept.setdefault(session.person, {})
        """What was read in any article of this sitting."""
        self._left: list[WorkedOn] = []

    def look(self) -> int:
        """Find out what there is to be read and what changed since it was; give how many articles there are."""
        there = worked_on(self._session.project.engine, self._session.person)
        others = [text for text in there if text.article_id != self._session.article.article_id]
        self._read = {text: self._kept[text] for text in others if text in self._kept}
        self._left = [text for text in others if text not in self._read]
        return len(others)

    @property
    def progress(self) -> tuple[int, int]:
        """How many articles were read, and how many there are."""
        return len(self._read), len(self._read) + len(self._left)

    def read_on(self, seconds: float) -> bool:
        """Read for so long, one article at least; tell whether all is read."""
        until = time.monotonic() + seconds
        while self._left:
            text = self._left.pop(0)
            article = get_article(self._session.project.engine, text.article_id)
            current = article.text_sha256 == text.text_sha256
            self._read[text] = self._kept[text] = tuple(own_tellings(self._session, article)) if current else ()
            if time.monotonic() >= until:
                break
        return not self._left

    def likeliest_first(self, event: Event) -> list[Telling]:
        """Give what was read: what is linked to `event`, then what is of its type, and in a translation, first."""

        def order(telling: Telling) -> tuple[object, ...]:
            linked = event.hub is not None and telling.event.hub == event.hub
            likeness = (telling.event.type == event.type) + _translated(telling, self._session.article)
            return not linked, -likeness, telling.place

        return sorted((one for found in self._read.values() for one in found), key=order)


def own_tellings(session: Session, article: Article) -> Iterator[Telling]:
    """Give the events that the person of `session` has in an article, in the order of their triggers."""
    return tellings_in(article, _own_annotation(session, article))


def tellings_in(article: Article, annotation: Annotation) -> Iterator[Telling]:
    """Give the events of an annotation of an article, in the order of their triggers."""
    for event in annotation.live_events().values():
        mentions = {one: annotation.settled[one].mention for one in event.mentions}
        main = mentions[event.triggers[0]]
        context = _around(article.text, main)
        yield Telling(article.article_id, article.metadata.translation_of, event, mentions, context)


def _around(text: str, trigger: Mention) -> str:
    before, behind = text[: trigger.start][-_BEFORE:], text[trigger.end :][:_BEHIND]
    if trigger.start > _BEFORE:
        before = before.partition(" ")[2]
    if len(text) > trigger.end + _BEHIND:
        behind = behind.rpartition(" ")[0]
    return f"{before}{trigger.quote}{behind}"


def _own_annotation(session: Session, article: Article) -> Annotation:
    project, person = session.project, session.person
    decisions = decisions_on(project.engine, person, article.article_id, article.text_sha256)
    base = compared(project, article, person).agreed if session.stage == "adjudicate" else None
    return fold(decisions, base)


def _translated(telling: Telling, article: Article) -> bool:
    """Tell whether of two articles one is a translation of the other, or both are of a third."""
    original = article.metadata.translation_of
    return telling.translation_of in (article.article_id, original or article.article_id) or (
        telling.article_id == original
    )
