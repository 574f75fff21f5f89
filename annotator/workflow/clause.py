"""One trigger and the mentions of its sentence: which role each likely has in the trigger's event, and why.

Goes by the cues of the guidelines alone. It never crosses the trigger of another event, and says nothing where the text
gives no sign: a wrong proposal costs the reader more than a missing one.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from annotator.model.cues import Cues
from annotator.model.mention import Mention
from annotator.model.schema import RoleSpec
from annotator.model.value import NumberValue
from annotator.text.span import Span
from annotator.workflow.surroundings import Surroundings

_FAR = {"actor": 12, "place": 30, "time": 30, "number": 40}
"""Words between a trigger and what is still looked at, by kind; behind a cue word actors are looked at further off."""

_CUE_REACH = {"by": 3, "between": 3, "against": 7, "on": 7}
"""Words between a cue and the mention that it speaks of."""

_CUE_FAR = {"by": 8, "between": 8, "against": 40, "on": 10}
"""Words between a trigger and a cue."""

_OF_REACH = 2
"""Words between a trigger and whose it is: "of the"."""

_BESIDE, _PARTITIVE = 3, 3
"""Words between a number and its trigger; and what it is counted of."""

_SIDE_WORDS = ("between", "against")
"""What stands in front of the two sides of a fight; other events have "by" and "on"."""

_ELSEWHERE = frozenset({"elsewhere"})

_BREAK, _STEP = frozenset({"breaks"}), frozenset({"breaks", "prepositions"})


REPORTS = "reports"
"""Why: it only says so."""


class Proposal(NamedTuple):
    """A role that a mention likely has."""

    role: str
    mention: str
    """Id of the mention."""
    why: str
    """In a word or two."""
    likely: int
    """More is likelier."""


class Clause:
    """A trigger with what stands around it."""

    def __init__(
        self,
        trigger: Span,
        around: Surroundings,
        foreign: list[Span],
        roles: dict[str, RoleSpec],
        cues: Cues,
        verb_first: bool,
    ) -> None:
        """Look from `trigger`; `foreign` are the triggers of other events near it, in reading order."""
        self._trigger, self._around, self._foreign, self._roles = trigger, around, foreign, roles
        self._cues, self._verb_first = cues, verb_first
        self._sides = [side for side in cues.roles.sides if side in roles]
        self._two_sided = len(self._sides) == len(_SIDE_WORDS)
        passive = around.last_cue(around.sentence.start, trigger.end, frozenset({"passive"}))
        self._passive = passive is not None and around.words_between(passive[1], trigger.start) == 0
        self._times: list[Span] = []
        self._actors: list[Span] = []
        """Actors behind the trigger up to the next event's, in reading order."""

    def judge(self, mentions: list[Mention], toll: dict[str, str]) -> Iterator[Proposal]:
        """Give the likely roles of mentions, in reading order; `toll` says by id which numbers count losses."""
        toll = {one.id: toll[one.id] for one in mentions if one.id in toll and not self._is_a_far_part(one)}
        self._times = [mention.span for mention in mentions if mention.kind == "time"]
        behind = [one.span for one in mentions if one.kind == "actor" and one.start >= self._trigger.end]
        self._actors = [one for one in behind if not self._is_apart(one)]
        for index, mention in enumerate(mentions):
            gap = self._gap(mention.span)
            if mention.kind == "actor" and self._reports(mention):
                yield from self._reporter(mention, gap)
            elif mention.kind != "trigger" and not self._is_apart(mention.span):
                yield from self._judge(mention, gap, mentions[:index], toll)

    def _judge(self, mention: Mention, gap: int, before: list[Mention], toll: dict[str, str]) -> Iterator[Proposal]:
        if mention.kind == "actor":
            yield from self._counted_of(mention, before, toll)
        if self._is_told_elsewhere(mention.span) and mention.id not in toll:
            return
        if mention.kind == "actor":
            if self._is_after(mention.span):
                yield from self._actor_behind(mention, gap)
            elif gap <= _FAR["actor"]:
                yield from self._actor_in_front(mention, gap)
        elif gap > _FAR[mention.kind] or self._is_nearer_to_another(mention.span, gap):
            return
        elif mention.kind == "number":
            yield from self._number(mention, gap, toll)
        else:
            yield from self._setting(mention, gap)

    # Where a mention stands

    def _gap(self, span: Span) -> int:
        return self._around.words_between(*self._between(span))

    def _between(self, span: Span) -> tuple[int, int]:
        return (self._trigger.end, span.start) if self._is_after(span) else (span.end, self._trigger.start)

    def _is_after(self, span: Span) -> bool:
        return span.start >= self._trigger.start

    def _is_apart(self, span: Span) -> bool:
        """Tell whether another event's trigger stands between."""
        start, end = self._between(span)
        return span.overlaps(self._trigger) or any(start <= other.start < end for other in self._foreign)

    def _is_told_elsewhere(self, span: Span) -> bool:
        """Tell whether it stands in a clause behind the trigger that tells of something else."""
        return self._is_after(span) and self._around.says_between(*self._between(span), _ELSEWHERE)

    def _is_nearer_to_another(self, span: Span, gap: int) -> bool:
        """Tell whether what stands in front of the trigger belongs to one before it."""
        if self._is_after(span):
            return False
        behind = [other.end for other in self._foreign if other.end <= span.start]
        near = bool(behind) and self._around.words_between(max(behind), span.start) <= gap
        return near or self._around.says_between(*self._between(span), _BREAK)

    def _is_a_far_part(self, number: Mention) -> bool:
        """Tell whether a number is a part of another one, as "two thirds", and not beside the trigger: it is that other
        one that counts.
        """
        value = number.value
        return isinstance(value, NumberValue) and value.num is not None and self._gap(number.span) > _BESIDE

    def _role(self, group: tuple[str, ...], kind: str) -> str | None:
        return next((role for role, spec in self._roles.items() if role in group and kind in spec.kinds), None)

    # Actors

    def _actor_behind(self, mention: Mention, gap: int) -> Iterator[Proposal]:
        passed = [one for one in self._actors if one.start < mention.start]
        doer, done_to = self._role(self._cues.roles.doer, "actor"), self._role(self._cues.roles.done_to, "actor")
        cue = self._cue_of(mention.span)
        role: str | None = None
        why, likely = "", 0
        if self._two_sided:
            role, why, likely = self._side(mention.span, cue, passed, gap)
        elif cue == "by" or self._is_of(mention.span):
            role, why, likely = doer, "by", 90
        elif cue in ("on", "against"):
            role, why, likely = done_to, "on", 85
        elif self._verb_first and gap <= 1 and not passed:
            role, why, likely = doer, "after", 70
        elif not self._passive and gap <= _FAR["actor"] // 2 and (passed or not self._verb_first):
            stepped = self._around.says_between(self._trigger.end, mention.start, _STEP)
            with_the_last = bool(passed) and self._around.joined(passed[-1], mention.span)
            role, why, likely = (None if stepped or with_the_last else done_to), "after", 60 - gap
        if role is not None:
            yield Proposal(role, mention.id, why, likely)

    def _actor_in_front(self, mention: Mention, gap: int) -> Iterator[Proposal]:
        owner = self._around.follows(mention.end, self._cues.words.possessive) and gap == 0
        if not owner and (self._behind_preposition(mention.span) or self._another_clause_between(mention.span)):
            return
        role = self._sides[0] if self._sides else self._role(self._cues.roles.doer, "actor")
        if self._passive and role not in self._cues.roles.itself:
            role = self._role(self._cues.roles.done_to, "actor")
        if role is not None:
            yield Proposal(role, mention.id, "before", (85 if owner else 70) - gap)

    def _another_clause_between(self, span: Span) -> bool:
        """Tell whether a clause begins or a preposition stands between.

        A clause that begins right behind it is about it; when it was says nothing.
        """
        cues = [
            cue
            for cue in self._around.cues_between(span.end, self._trigger.start)
            if cue[2] & _STEP and not self._is_of_a_time(cue[1])
        ]
        if cues and "breaks" in cues[0][2] and self._around.words_between(span.end, cues[0][0]) == 0:
            cues = cues[1:]
        return bool(cues)

    def _side(self, span: Span, cue: str | None, passed: list[Span], gap: int) -> tuple[str | None, str, int]:
        if cue == "against":
            return self._sides[1], "against", 85
        if cue == "between" and not passed:
            return self._sides[0], "between", 88
        if span == self._other_side() and gap <= _FAR["actor"] * 2:
            return self._sides[1], "between", 60 - gap
        return None, "", 0

    def _other_side(self) -> Span | None:
        """Give the second side behind "between": behind a gap if there is one, else the second actor."""
        actors = self._actors
        against = any(self._cue_of(one) == "against" for one in actors)
        if len(actors) < len(_SIDE_WORDS) or against or self._cue_of(actors[0]) != "between":
            return None
        apart = [one for last, one in pairwise(actors) if not self._around.joined(last, one)]
        return apart[0] if apart else actors[1]

    def _is_of(self, span: Span) -> bool:
        """Tell whether nothing but "of the" stands between the trigger and a mention behind it."""
        first = next(self._around.cues_between(self._trigger.end, span.start), None)
        if first is None or "of" not in first[2]:
            return False
        return self._around.words_between(self._trigger.end, first[0]) == 0 and self._gap(span) <= _OF_REACH

    def _cue_of(self, span: Span) -> str | None:
        """Give what the nearest cue word between the trigger and a mention behind it says."""
        wanted = _SIDE_WORDS if self._two_sided else ("by", "on")
        for _, end, says in reversed(list(self._around.cues_between(self._trigger.end, span.start))):
            said = next((one for one in wanted if one in says), None)
            if said is not None and not self._is_of_a_time(end):
                away, far = self._around.words_between(end, span.start), self._gap(Span(span.start, span.start))
                return said if away <= _CUE_REACH[said] and far - away <= _CUE_FAR[said] else None
            if says & _BREAK:
                return None
        return None

    def _is_of_a_time(self, end: int) -> bool:
        """Tell whether right behind a word that ends at `end` a time stands ("on Tuesday")."""
        return any(end <= time.start and not self._around.words_between(end, time.start) for time in self._times)

    def _behind_preposition(self, span: Span) -> bool:
        wanted = frozenset({"prepositions", "weak_prepositions"})
        cue = self._around.last_cue(self._around.sentence.start, span.start, wanted)
        return cue is not None and self._around.words_between(cue[1], span.start) <= 1

    def _reports(self, mention: Mention) -> bool:
        wanted = frozenset({"reporting"})
        behind = self._around.cues_between(mention.end, self._around.sentence.end)
        said = next((start for start, _, says in behind if says & wanted), None)
        if said is not None and self._around.words_between(mention.end, said) <= 1:
            return True
        in_front = frozenset({"according", "reporting"}) if self._verb_first else frozenset({"according"})
        cue = self._around.last_cue(self._around.sentence.start, mention.start, in_front)
        return cue is not None and self._around.words_between(cue[1], mention.start) <= 1

    def _reporter(self, mention: Mention, gap: int) -> Iterator[Proposal]:
        role = self._role(self._cues.roles.reports, "actor")
        if role is not None and not self._is_after(mention.span):
            yield Proposal(role, mention.id, REPORTS, max(20, 50 - gap // 4))

    def _counted_of(self, mention: Mention, before: list[Mention], toll: dict[str, str]) -> Iterator[Proposal]:
        role = self._role(self._cues.roles.counted, "actor")
        number = next((one for one in reversed(before) if one.kind == "number"), None)
        if role is None or number is None or toll.get(number.id) not in self._roles or self._is_apart(number.span):
            return
        near = self._around.words_between(number.end, mention.start) <= _PARTITIVE
        if near and not self._is_nearer_to_another(number.span, self._gap(number.span)):
            yield Proposal(role, mention.id, "counted", 75)

    # Places, times, numbers

    def _setting(self, mention: Mention, gap: int) -> Iterator[Proposal]:
        done_to = self._role(self._cues.roles.done_to, mention.kind)
        if done_to and mention.kind == "place" and self._is_object(mention, gap, done_to):
            yield Proposal(done_to, mention.id, "on" if self._cue_of(mention.span) else "after", 72 - gap)
            return
        role = self._role(self._cues.roles.setting, mention.kind)
        if role is not None:
            yield Proposal(role, mention.id, "near", (68 if self._is_after(mention.span) else 55) - gap)

    def _is_object(self, place: Mention, gap: int, role: str) -> bool:
        """Tell whether a place is what is taken or struck, and not only where."""
        if not self._is_after(place.span):
            return False
        stepped = self._around.last_cue(self._trigger.end, place.start, _STEP)
        if stepped is None:
            return gap <= (_BESIDE if self._roles[role].kinds == ("place",) else 1)
        return "on" in stepped[2] and self._cue_of(place.span) == "on"

    def _number(self, mention: Mention, gap: int, toll: dict[str, str]) -> Iterator[Proposal]:
        value = mention.value
        if mention.id in toll:
            if toll[mention.id] in self._roles:
                yield Proposal(toll[mention.id], mention.id, "losses", 88 if self._is_after(mention.span) else 78)
        elif isinstance(value, NumberValue) and gap <= _BESIDE:
            for role, counts in self._cues.counts.items():
                if value.unit in counts.units and not counts.words and role in self._roles:
                    yield Proposal(role, mention.id, "counts", 78 - gap)
