"""Saying which events tell one happening, inside an article and across a person's articles.

All tellings of a happening carry the same hub, each in the log of its own article. What that takes in other articles is
decided there, through a session of the same person that is opened for it; it is saved before anything is decided here,
so that a link is never half said by this article alone.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import NamedTuple

from annotator.errors import Refusal
from annotator.matching.hubs import hub_called, place_of
from annotator.model.annotation import Annotation
from annotator.model.decision import Change, SetEvent
from annotator.model.event import Event
from annotator.store.articles import get_article
from annotator.store.people import names
from annotator.store.worked_on import naming_hub, worked_on
from annotator.workflow.labelling import adjudicating, labelling
from annotator.workflow.session import Session
from annotator.workflow.tellings import Telling, own_tellings, tellings_in


class DecidedElsewhere(NamedTuple):
    """A decision that was made in another article along with one in this."""

    article_id: str
    decision: str
    """Its id."""


def here(session: Session, event: Event) -> Telling:
    """Give an event of the open article as a telling."""
    return next(one for one in tellings_in(session.article, session.annotation) if one.event.id == event.id)


def tell_as_same(session: Session, event: Event, other: Telling) -> list[DecidedElsewhere]:
    """Say that two events tell one happening: they, and what was linked to either, get the same hub.

    Gives what was decided in other articles. Raises `Refusal` when it was said already, or when another article that it
    takes is open in another window or cannot be written.
    """
    own = here(session, event)
    if own.place == other.place and event.id == other.event.id:
        raise Refusal("label.not-possible", "They tell the same already.")
    linked = _linked(session, {event.hub, other.event.hub})
    members = {(one.article_id, one.event.id): one for one in (own, other, *linked)}.values()
    if len({one.event.hub for one in members}) == 1 and event.hub is not None:
        raise Refusal("label.not-possible", "They tell the same already.")
    return _tell(session, members, SetEvent(event=_as_set(session.annotation, event)))


def tell_apart(session: Session, event: Event, *changes: Change) -> list[DecidedElsewhere]:
    """Say that an event tells a happening of its own, or with `changes` what else becomes of it, in one decision.

    What it was linked to stays linked, unless it is one event only. Gives what was decided in other articles. Raises
    `Refusal` when it is linked to nothing, or as `tell_as_same` does.
    """
    if event.hub is None:
        raise Refusal("label.not-possible", "It is linked to no other event.")
    own = (session.article.article_id, event.id)
    others = [one for one in _linked(session, {event.hub}) if (one.article_id, one.event.id) != own]
    alone = SetEvent(event=_as_set(session.annotation, event).model_copy(update={"hub": None}))
    return _tell(session, others, *(changes or (alone,)))


def same_happening(session: Session, event: Event) -> list[Event]:
    """Give the other events of the article that tell the same happening, in the order of their triggers."""
    others = session.annotation.live_events().values() if event.hub else ()
    return [one for one in others if one.hub == event.hub and one.id != event.id]


def first_told_in(session: Session, event: Event) -> str | None:
    """Give the id of the other article after whose telling an event's hub is called; empty for one that is not named.

    None where the hub tells of no other article: only reading them all would say more.
    """
    place = place_of(event.hub) if event.hub else None
    if place is None or place.article_id != session.article.article_id:
        return place and place.article_id
    return None if same_happening(session, event) else ""


def other_articles(session: Session, event: Event) -> list[str]:
    """Give the ids of the other articles of the person that tell the same happening; their logs are read for it."""
    found = {one.article_id for one in _linked(session, {event.hub})}
    return sorted(found - {session.article.article_id})


def undo_elsewhere(session: Session, decided: Iterable[DecidedElsewhere], *, redo: bool = False) -> None:
    """Take decisions in other articles back, or make them count again.

    Raises `Refusal`, and changes nothing, when one of these articles was worked on since, or is open elsewhere.
    """
    decided = list(decided)
    with _opened(session, [one.article_id for one in decided]) as sessions:
        for one in decided:
            history = sessions[one.article_id].history
            last = (history.undone if redo else history.effective)[-1:]
            if [decision.id for decision in last] != [one.decision]:
                raise Refusal(
                    "label.not-possible",
                    f"{one.article_id} was worked on since, so the link is not taken back there.",
                    "Take it away by its own key: choose the happening of its own.",
                )
        for one in decided:
            sessions[one.article_id].redo() if redo else sessions[one.article_id].undo()


def _tell(session: Session, members: Iterable[Telling], *changes: Change) -> list[DecidedElsewhere]:
    """Make these events, and no others, one happening; a single one needs no hub. `changes` come first, here.

    The hub is called after the first telling, so that two people who link the same events call it the same.
    """
    ordered = sorted(members, key=lambda one: (*one.place, one.event.id))
    hub = _free_name(session, ordered) if len(ordered) > 1 else None
    changed: dict[str, list[str]] = {}
    for one in ordered:
        if one.event.hub != hub:
            changed.setdefault(one.article_id, []).append(one.event.id)
    own = changed.pop(session.article.article_id, [])
    session.refuse_if_done()
    decided = _decide_elsewhere(session, changed, hub)
    session.decide(*_settled_last([*changes, *_sets(session.annotation, own, hub)]))
    return decided


def _settled_last(changes: Sequence[Change]) -> list[Change]:
    """Leave out what is said of an event that is said anew behind it."""
    last = {change.event.id: at for at, change in enumerate(changes) if isinstance(change, SetEvent)}
    return [one for at, one in enumerate(changes) if not isinstance(one, SetEvent) or last[one.event.id] == at]


def _sets(annotation: Annotation, event_ids: Iterable[str], hub: str | None) -> list[SetEvent]:
    return [SetEvent(event=annotation.events[one].model_copy(update={"hub": hub})) for one in event_ids]


def _free_name(session: Session, members: Sequence[Telling]) -> str:
    """Give the name of the first telling, numbered where another happening begins with the same trigger."""
    first, ids = members[0], {one.event.id for one in members}
    taken = {one.event.hub for one in _tellings(session, first.article_id) if one.event.id not in ids}
    name = wanted = hub_called(first.article_id, first.trigger.span)
    number = 1
    while name in taken:
        number += 1
        name = f"{wanted}#{number}"
    return name


def _linked(session: Session, hubs: Iterable[str | None]) -> list[Telling]:
    """Give all tellings of the person that carry one of the hubs, in this article and in others."""
    engine, judging = session.project.engine, session.stage == "adjudicate"
    named = {hub for hub in hubs if hub is not None}
    own = {text.article_id for text in worked_on(engine, session.person)} if named else set()
    # An adjudicator may have a hub from annotators, without having decided on it.
    articles = {one for hub in named for one in naming_hub(engine, hub, None if judging else session.person)} & own
    articles |= {session.article.article_id}
    return [one for article_id in sorted(articles) for one in _tellings(session, article_id) if one.event.hub in named]


def _tellings(session: Session, article_id: str) -> Iterator[Telling]:
    if article_id == session.article.article_id:
        return tellings_in(session.article, session.annotation)
    return own_tellings(session, get_article(session.project.engine, article_id))


def _decide_elsewhere(
    session: Session, changed: Mapping[str, Sequence[str]], hub: str | None
) -> list[DecidedElsewhere]:
    """Give events of other articles, by the article's id, the hub: one decision an article, which stays done if it is.

    Raises `Refusal` when an article is open in another window, changed meanwhile, or cannot be written.
    """
    decided = []
    with _opened(session, changed) as sessions:
        for article_id, other in sessions.items():
            if not other.annotation.events.keys() >= set(changed[article_id]):
                raise Refusal("label.not-possible", f"{article_id} was changed meanwhile.", "Look at it again (Y).")
        for article_id, other in sessions.items():
            other.amend(*_sets(other.annotation, changed[article_id], hub))
            decided.append(DecidedElsewhere(article_id, other.history.effective[-1].id))
    return decided


@contextmanager
def _opened(session: Session, article_ids: Iterable[str]) -> Iterator[dict[str, Session]]:
    """Open other articles for the person of a session; what is decided in them is saved when they close.

    Raises `Refusal` when one cannot be opened, or what was decided in it cannot be saved.
    """
    with ExitStack() as stack:
        sessions = {article_id: _open(stack, session, article_id) for article_id in article_ids}
        yield sessions
        unsaved = [article_id for article_id, other in sessions.items() if not other.close()]
    if unsaved:
        raise Refusal(
            "store.not-written",
            f"The link could not be saved in {', '.join(unsaved)}.",
            "Nothing was changed in this article. Try again when the store can be written.",
        )


def _open(stack: ExitStack, session: Session, article_id: str) -> Session:
    name = names(session.project.engine)[session.person]
    if session.stage == "adjudicate":
        return stack.enter_context(adjudicating(session.project, article_id, name)).session
    return stack.enter_context(labelling(session.project, article_id, name))


def _as_set(annotation: Annotation, event: Event) -> Event:
    """Give the frame as it was set, with what is not live just now: an edit must not take that away for good."""
    return annotation.events.get(event.id, event)
