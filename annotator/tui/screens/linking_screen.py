"""Linking the events of the labelling screen that tell one happening, in this article and in others of the person.

Other articles are read when somebody asks for their events, between two keys where that takes longer. What a link
changes there, `linking` decides; here is remembered, as long as the article is open, what undo and redo must reach.
"""

from collections.abc import Callable, Collection
from itertools import pairwise, takewhile

from annotator.errors import Refusal
from annotator.model.event import Event
from annotator.text.counted import counted
from annotator.tui.event_facts import telling_context, telling_line
from annotator.tui.layout import BidiMode
from annotator.tui.screens.event_screen import EventScreen, lettered
from annotator.tui.widgets.picker import Option
from annotator.workflow import event_edits, linking
from annotator.workflow.session import Session
from annotator.workflow.tellings import Elsewhere, Telling

_AT_ONCE = 0.8
"""Seconds that reading other articles may take before it says how far it is."""

_STEP = 0.05
"""Seconds that are read between two keys then."""

_BREATH = 0.001
"""Seconds in which keys may come in between two such steps."""

_MOST = 2000
"""Events of other articles that are offered: a longer list would keep every key waiting."""

_LEAST = 3
"""Letters of an article's id that a line shows at least; the rest only where another begins with the same."""

_ELSEWHERE = "/"


class LinkingScreen(EventScreen):
    """An article whose events can be linked."""

    def __init__(self, session: Session, mode: BidiMode, at: int | None = None) -> None:
        """Label the article of `session`, beginning at `at` (a code point) or where it was left."""
        super().__init__(session, mode, at)
        self._elsewhere = Elsewhere(session)
        self._decided_elsewhere: dict[str, list[linking.DecidedElsewhere]] = {}
        """What was decided in other articles along with a decision in this one, by its id."""

    def action_same_event(self) -> None:
        """Ask which other event tells the same happening as the current one."""
        event, events = self.event, self.events
        if event is None:
            self.panel.tell("There is no event yet: go to its trigger and press e.")
            return
        others = self._elsewhere.look()
        if len(events) == 1 and not others and not event.hub:
            self.panel.tell("There is no other event that could tell the same.")
            return
        if not self.may_change():
            return
        # Letters as in the list of the events; that of the event itself says that it tells what no other does.
        every = lettered([(one.id, self._line(number, one, events)) for number, one in enumerate(events, 1)])
        own = every.pop(at := events.index(event))
        if event.hub:
            every.insert(at, Option("", "none: a happening of its own", own.key))
        if others:
            every.append(Option(_ELSEWHERE, f"one of {counted(others, 'other article')} of yours", _ELSEWHERE))
        self.panel.choose(self._asked(event), every, lambda chosen: self._link(event, chosen))

    def _asked(self, event: Event, hint: str = "") -> str:
        return f"EVENT {[one.id for one in self.events].index(event.id) + 1} tells the same as{hint}:"

    def _link(self, event: Event, chosen: str) -> None:
        if chosen == _ELSEWHERE:
            self._ask_elsewhere(event, _AT_ONCE)
        elif chosen:
            other = self.session.annotation.live_events()[chosen]
            self._decide(lambda: linking.tell_as_same(self.session, event, linking.here(self.session, other)))
        else:
            self._decide(lambda: linking.tell_apart(self.session, event))

    def _ask_elsewhere(self, event: Event, seconds: float) -> None:
        """Read the person's other articles, as long as no key says to stop, and ask which of their events it is."""
        ready: list[bool] = []
        if not self.may_ask_after(lambda: ready.append(self._elsewhere.read_on(seconds))):
            return
        if not ready[0]:
            read, of = self._elsewhere.progress
            self.panel.choose(f"Reading your other articles: {read} of {of}. Any key stops.", (), lambda _: None)
            self.set_timer(_BREATH, lambda: self._read_further(event))
            return
        found = self._elsewhere.likeliest_first(event)[:_MOST]
        if not found:
            self.panel.tell("You have no events in other articles yet.")
            return
        by_place = {f"{one.article_id} {one.trigger.start} {one.event.id}": one for one in found}
        short = _beginnings({self.session.article.article_id, *(one.article_id for one in found)})
        options = [self._option(place, one, short[one.article_id], event) for place, one in by_place.items()]
        title = self._asked(event, " (type to search)")
        self.panel.choose(title, options, lambda chosen: self._link_elsewhere(event, by_place[chosen]))

    def _read_further(self, event: Event) -> None:
        if self.panel.asking:
            self._ask_elsewhere(event, _STEP)

    def _option(self, value: str, telling: Telling, name: str, event: Event) -> Option:
        linked = event.hub is not None and telling.event.hub == event.hub
        words = (mention.quote for mention in telling.mentions.values())
        names = (telling.article_id, telling.event.type, telling.context, *words)
        room = self.panel.content_size.width - len("▸ ")  # a wider window has a wider panel below the article
        label = telling_line(telling, name, linked, self.mode, room)
        return Option(value, label, names=names, detail=telling_context(telling, self.mode))

    def _link_elsewhere(self, event: Event, telling: Telling) -> None:
        self._decide(lambda: linking.tell_as_same(self.session, event, telling))

    def action_remove_event(self) -> None:
        """Take the current event away."""
        event = self.event
        if event is None:
            self.say("There is no event yet: go to its trigger and press e.")
        else:
            self._decide(lambda: event_edits.remove_event(self.session, event))

    def _decide(self, step: Callable[[], list[linking.DecidedElsewhere]]) -> None:
        """Take a step that may decide something in other articles too; say in which, and remember it for undo."""
        decided: list[linking.DecidedElsewhere] = []

        def taken() -> None:
            decided.extend(step())
            self.told_in.clear()

        if self.attempt(taken) and decided:
            self._decided_elsewhere[self.session.history.effective[-1].id] = decided
            self.say(f"Saved in {_articles(decided)} too; undone there too as long as this article stays open.")

    def action_undo(self) -> None:
        """Take the last decision back, and what was decided with it in other articles."""
        last = [decision.id for decision in self.session.history.effective[-1:]]
        if self._reach(last, redo=False):
            super().action_undo()

    def action_redo(self) -> None:
        """Make the last undone decision count again, and what was decided with it in other articles."""
        last = [decision.id for decision in self.session.history.undone[-1:]]
        if self._reach(last, redo=True):
            super().action_redo()

    def _reach(self, decisions: list[str], *, redo: bool) -> bool:
        """Undo or redo in other articles what was decided with a decision here; tell whether nothing refused it."""
        decided = [one for decision in decisions for one in self._decided_elsewhere.get(decision, ())]
        try:
            linking.undo_elsewhere(self.session, decided, redo=redo)
            self.told_in.clear()
        except Refusal as refusal:
            self.say(str(refusal))
            return False
        return True


def _beginnings(article_ids: Collection[str]) -> dict[str, str]:
    """Give for each id as much of it as no other begins with."""
    ordered = sorted(article_ids)
    needed = dict.fromkeys(ordered, _LEAST)
    for one, other in pairwise(ordered):
        alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
        needed[one], needed[other] = max(needed[one], alike + 1), max(needed[other], alike + 1)
    return {one: one[: needed[one]] for one in ordered}


def _articles(decided: list[linking.DecidedElsewhere]) -> str:
    return ", ".join(one.article_id for one in decided)
