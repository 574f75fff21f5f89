"""The roles of the current event on the labelling screen: filling them, by hand or as proposed, and looking them up.

What it asks, it asks in the side panel; what it changes, it changes through `event_edits`.
"""

from dataclasses import replace
from functools import cached_property

from rich.text import Text

from annotator.model.annotation import History
from annotator.model.event import Event
from annotator.model.mention import Kind
from annotator.tui.event_facts import SHOWN, open_roles, proposal_facts
from annotator.tui.facts import ROOM, quote
from annotator.tui.keys import keys_in_force, shown_keys
from annotator.tui.layout import BidiMode
from annotator.tui.role_keys import role_keys
from annotator.tui.screens.event_screen import lettered
from annotator.tui.screens.linking_screen import LinkingScreen
from annotator.tui.widgets.picker import Option
from annotator.workflow import event_edits
from annotator.workflow.clause import Proposal
from annotator.workflow.proposals import Proposer
from annotator.workflow.session import Item, Session
from annotator.workflow.whose_losses import near_actors

_DIGITS = "123456789"
"""What chooses an actor near a number; letters search."""


class FillingScreen(LinkingScreen):
    """An article whose events can be filled."""

    def __init__(self, session: Session, mode: BidiMode, at: int | None = None) -> None:
        """Label the article of `session`, beginning at `at` (a code point) or where it was left."""
        super().__init__(session, mode, at)
        self._role_keys = role_keys(session.schema)
        self._last_role: dict[Kind, str] = {}
        """The role that was last filled by hand, by kind."""
        self._proposer = Proposer(session)
        self._proposed: tuple[Proposal, ...] = ()
        self._proposed_for: tuple[History, str] | None = None
        """The decisions and the event that the proposals were made for."""
        self._passed: set[tuple[str, str, str]] = set()
        """Proposals that were passed over in this sitting: event, role, mention."""

    # What is proposed

    @property
    def proposals(self) -> list[Proposal]:
        """What is proposed for the current event and was not passed over, the likeliest first."""
        event, history = self.event, self.session.history
        if event is None or self.session.annotation.finished:
            return []
        made_for = self._proposed_for
        if made_for is None or made_for[0] is not history or made_for[1] != event.id:
            self._proposed, self._proposed_for = self._proposer.propose(event), (history, event.id)
        return [one for one in self._proposed if (event.id, one.role, one.mention) not in self._passed]

    def proposed_facts(self) -> Text | None:
        """Give what is proposed for the current event."""
        proposed = self.proposals
        which = self.which(one.mention for one in proposed[:SHOWN])
        return proposal_facts(proposed, self.session.items, self.mode, *self._own_keys, which)

    @cached_property
    def _own_keys(self) -> tuple[str, str]:
        """The keys that accept and pass over, as this person has them."""
        force = keys_in_force(self.session.project.workspace.settings)
        accept, pass_over = (shown_keys(force[f"label.{name}"]).split()[0] for name in ("accept", "pass_proposal"))
        return accept, pass_over

    def role_facts(self) -> Text | None:
        """Give the roles that could still be filled."""
        event, kind = self.event, self.item.mention.kind if self.item else None
        if event is None or self.session.annotation.finished:
            return None
        return open_roles(event, self.session.schema, self._role_keys, kind)

    def action_accept(self) -> None:
        """Put the mention that is proposed first into its role. The cursor stays where it is."""
        event, proposals = self.event, self.proposals
        if event is None or not proposals:
            self.say("Nothing is proposed here.")
            return
        role, item = proposals[0].role, self.session.items[proposals[0].mention]
        self.attempt(lambda: event_edits.attach(self.session, event, role, item))

    def action_pass_proposal(self) -> None:
        """Propose the next in place of what is proposed first, for this sitting."""
        event, proposals = self.event, self.proposals
        if event is None or not proposals:
            self.say("Nothing is proposed here.")
            return
        self._passed.add((event.id, proposals[0].role, proposals[0].mention))
        self.say("")
        self.after_change()

    # What has part in the event

    def action_attach(self) -> None:
        """Ask in which role the mention takes part in the current event.

        Where nothing can be asked, what stands in the way is told in the place of the question: the letter of a role
        that follows must not be taken for a command.
        """
        item, event = self.item, self.event
        if event is None:
            self.panel.tell("There is no event yet: go to its trigger and press e.")
        elif not self.may_ask() or item is None:
            return
        elif item.disposition == "rejected":
            self.panel.tell("This mention was rejected: a confirms it after all.")
        elif roles := event_edits.roles_for(self.session, event, item):
            options = [Option(role, role, self._role_keys.get(role, "")) for role in self._by_use(roles, item)]
            title = f"{quote(item.mention.quote, self.mode)} in {event.type} is:"
            self.panel.choose(title, options, lambda role: self._fill(role, item))
        else:
            hint = " Back there, E makes it one more trigger." if item.mention.kind == "trigger" else ""
            self.panel.tell(f"{event.type} has no role for a {item.mention.kind}.{hint}")

    def _by_use(self, roles: list[str], item: Item) -> list[str]:
        """Give roles with the one that was filled last with such a mention in front, so that Enter fills it again."""
        return sorted(roles, key=lambda role: role != self._last_role.get(item.mention.kind))

    def _fill(self, role: str, item: Item) -> None:
        """Put the mention into the role. The cursor stays, whatever was said of the mention before, as with proposals:
        what counts somebody's losses is asked about next, and Tab goes on.
        """
        event = self.event
        if event is None:
            return

        def fill() -> None:
            event_edits.attach(self.session, event, role, item)
            self._last_role[item.mention.kind] = role

        self.attempt(fill)

    def action_detach(self) -> None:
        """Take the mention at the cursor out of the current event."""
        self.with_item(
            lambda item: self.with_event(lambda event: event_edits.detach(self.session, event, item.mention.id))
        )

    def action_count_of(self) -> None:
        """Ask whose losses the number at the cursor counts in the current event."""
        item = self.item
        if item is None or item.mention.kind != "number":
            self.panel.tell("Only a number counts losses: go to one that is in the current event.", typed=True)
            return
        if self.event is None or item.mention.id not in [argument.mention for argument in self.event.arguments]:
            self.panel.tell("This number is not in the current event: f attaches it.", typed=True)
            return
        if not self.may_ask(typed=True):
            return
        self.panel.choose(
            f"{quote(item.mention.quote, self.mode)} counts the losses of (type to search):",
            self._whose(self.event, item),
            lambda ref: self.with_event(
                lambda event: event_edits.set_of(self.session, event, item.mention.id, ref or None)
            ),
            next((held.of for held in self.event.arguments if held.mention == item.mention.id), None),
        )

    def _whose(self, event: Event, item: Item) -> list[Option]:
        """Give all actors to choose from: those near by a digit, for letters search."""
        entries = {option.value: option for option in self.entries("actor")}
        near = [ref for ref in near_actors(self.session, event, item.mention) if ref in entries][: len(_DIGITS)]
        numbered = [replace(entries.pop(ref), key=key) for key, ref in zip(_DIGITS, near, strict=False)]
        return [*numbered, Option("", "nobody in particular", "0"), *entries.values()]

    def action_jump(self) -> None:
        """List what has part in the current event or is proposed for it, and go to one."""
        event = self.event
        if event is None:
            self.panel.tell("There is no event yet: go to its trigger and press e.")
            return
        parts = [("trigger", trigger) for trigger in event.triggers]
        parts += [(held.role, held.mention) for held in event.arguments]
        parts.sort(key=lambda part: (part[0] != "trigger", self.session.items[part[1]].order))
        parts += [(f"? {one.role}", one.mention) for one in self.proposals]
        which = self.which(mention for _, mention in parts)
        lines = lettered([(mention, self._part(role, mention, which.get(mention, ""))) for role, mention in parts])
        options = [replace(one, detail=self._around(one.value)) if one.value in which else one for one in lines]
        self.panel.choose(f"Go to, in {event.type}:", options, self.jump_to_mention)

    def _part(self, role: str, mention_id: str, which: str) -> str:
        room = ROOM - len("▸ a  ") - len(role) - len("  ") - len(which)
        return f"{role}  {quote(self.session.items[mention_id].mention.quote, self.mode, room)}{which}"

    def _around(self, mention_id: str) -> tuple[str, ...]:
        """Give a line of the words around a mention."""
        return (self.in_context(self.session.items[mention_id].mention.span, ROOM),)
