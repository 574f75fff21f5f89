"""Which mentions near an event's triggers likely fill a role that is open. Proposes; a person accepts or passes over.

Deterministic: the same article, decisions and guidelines give the same proposals in the same order.
"""

from collections.abc import Iterable, Iterator

from annotator.model.event import Event
from annotator.model.mention import Mention
from annotator.model.schema import ARITY_BOUNDS
from annotator.text.span import Span
from annotator.workflow.clause import REPORTS, Clause, Proposal
from annotator.workflow.losses import losses
from annotator.workflow.same_strings import mentions_at
from annotator.workflow.session import Item, Session
from annotator.workflow.surroundings import CueTable, Surroundings

TOGETHER = "together"
"""Why: it is joined to a mention that has the role."""

_KEPT = 64
"""Surroundings that are kept: reading a long sentence anew for every decision would be felt."""


class Proposer:
    """Proposes arguments in one session."""

    def __init__(self, session: Session) -> None:
        """Read the cues of the session's guidelines."""
        self._session = session
        self._cues = session.project.guidelines.cues
        self._table = CueTable(self._cues)
        self._read: dict[int, Surroundings] = {}

    def propose(self, event: Event) -> tuple[Proposal, ...]:
        """Give what likely fills the open roles of an event, the likeliest first.

        For a role that no number fills only the likeliest in a trigger's sentence; then what is joined to it in the
        text. Never what was rejected or left unsure, what has part in the event already, or a number that another
        event has.
        """
        taken = {*event.mentions, *self._numbers_elsewhere(event)}
        places = [self._session.items[one].mention.span for one in event.mentions]
        found = [*self._together(event), *self._before(event)]
        for trigger in event.triggers:
            found += self._near(self._session.items[trigger].mention, event)
        free = [
            one
            for one in found
            if one.mention not in taken
            and not any(map(self._session.items[one.mention].mention.span.overlaps, places))
            and not self._is_ambiguous(self._session.items[one.mention])
        ]
        return tuple(self._open(sorted(free, key=lambda one: self._rank(one, event)), event))

    def _rank(self, one: Proposal, event: Event) -> tuple[int, int, int, str, str]:
        """Give the sort key of a proposal: of equally likely reporters the nearest comes first, of others the first."""
        start = self._session.items[one.mention].mention.start
        away = min(abs(start - self._session.items[trigger].mention.start) for trigger in event.triggers)
        return -one.likely, away if one.why == REPORTS else 0, start, one.mention, one.role

    def _open(self, ranked: Iterable[Proposal], event: Event) -> Iterator[Proposal]:
        """Leave out full roles, further roles of one mention, whom the role names already, and further fillers out of
        one sentence that nothing joins to the first.
        """
        roles = self._session.schema.roles_of(event.type)
        held = [(argument.role, self._session.items[argument.mention].mention) for argument in event.arguments]
        sentences = [self._around(self._session.items[one].mention.start).sentence for one in event.triggers]
        for one in ranked:
            mention = self._session.items[one.mention].mention
            others = [other for role, other in held if role == one.role]
            most = ARITY_BOUNDS[roles[one.role].arity][1]
            if (most is not None and len(others) >= most) or mention in (other for _, other in held):
                continue
            if mention.kind != "number" and one.why != TOGETHER and _fills_again(mention, others, sentences):
                continue
            held.append((one.role, mention))
            yield one

    def _numbers_elsewhere(self, event: Event) -> set[str]:
        others = [one for one in self._session.annotation.live_events().values() if one.id != event.id]
        held = [argument.mention for other in others for argument in other.arguments]
        return {one for one in held if self._session.items[one].mention.kind == "number"}

    def _is_ambiguous(self, item: Item) -> bool:
        """Tell whether the same words are still proposed as of another kind as well: a person settles that first."""
        others = [one for one in mentions_at(self._session, item.mention.span) if one.mention.kind != item.mention.kind]
        return item.disposition is None and any(map(_may_stand, others))

    def _around(self, place: int) -> Surroundings:
        if place not in self._read:
            if len(self._read) >= _KEPT:
                self._read.clear()
            self._read[place] = Surroundings(self._session.article.text, place, self._table)
        return self._read[place]

    def _near(self, trigger: Mention, event: Event) -> Iterator[Proposal]:
        around = self._around(trigger.start)
        items = self._session.starting_in(around.sentence.start, around.sentence.end)
        mentions = [item.mention for item in items if _may_stand(item)]
        numbers = [mention for mention in mentions if mention.kind == "number"]
        clause = Clause(
            trigger.span,
            around,
            self._foreign(items, event),
            self._session.schema.roles_of(event.type),
            self._cues,
            self._session.article.language in self._cues.verb_first,
        )
        return clause.judge(mentions, losses(numbers, around, self._cues))

    def _before(self, event: Event) -> Iterator[Proposal]:
        """Propose where it was out of the sentence before, when that names just one place.

        Times are not: the sentence before tells of another time more often than not.
        """
        around = self._around(self._session.items[event.triggers[0]].mention.start)
        items = self._session.starting_in(around.before.start, around.before.end)
        places = [item.mention.id for item in items if item.mention.kind == "place" and _may_stand(item)]
        if around.before != around.sentence and len(places) == 1:
            for role, spec in self._session.schema.roles_of(event.type).items():
                if role in self._cues.roles.setting and "place" in spec.kinds:
                    yield Proposal(role, places[0], "earlier", 10)

    def _foreign(self, items: Iterable[Item], event: Event) -> list[Span]:
        """Give the triggers among `items` that stand for another happening; a casualty does when an event has it."""
        others = {
            trigger
            for other in self._session.annotation.live_events().values()
            if other.id != event.id
            for trigger in other.triggers
        }
        return [
            item.mention.span
            for item in items
            if item.mention.kind == "trigger"
            and item.disposition != "rejected"
            and item.mention.id not in event.triggers
            and (item.mention.id in others or item.candidate is None or item.candidate.trigger_class == "event")
        ]

    def _together(self, event: Event) -> Iterator[Proposal]:
        """Propose for the same role what is joined to an argument: "A and B"."""
        for held in event.arguments:
            filler = self._session.items[held.mention].mention
            if filler.kind in ("actor", "place"):
                around = self._around(filler.start)
                for item in self._session.starting_in(around.sentence.start, around.sentence.end):
                    other = item.mention
                    if (
                        other.kind == filler.kind
                        and _may_stand(item)
                        and (around.joined(filler.span, other.span) or around.joined(other.span, filler.span))
                    ):
                        yield Proposal(held.role, other.id, TOGETHER, 80)


def _fills_again(mention: Mention, others: Iterable[Mention], sentences: Iterable[Span]) -> bool:
    """Tell whether one of the others fills the role already: by the same name, or for the same trigger's sentence."""
    here = next((sentence for sentence in sentences if sentence.covers(mention.span)), None)
    return any(
        here is None or here.covers(other.span) or (mention.ref is not None and other.ref == mention.ref)
        for other in others
    )


def _may_stand(item: Item) -> bool:
    return item.disposition not in ("rejected", "unsure")
