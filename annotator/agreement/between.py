"""What two annotations of one article have in common, as counts that can be summed over articles.

Every share is a part and a whole: for positive agreement (F1) the part is twice what both have, the whole what one has
and what the other has. What neither marked is nowhere: how much there is of it is a matter of how one counts, and any
coefficient that rests on it would follow from that.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from annotator.agreement.held import Held, HeldArgument, HeldEvent, pair_arguments
from annotator.matching.events import pair_events
from annotator.matching.mentions import pair_mentions
from annotator.matching.numbers import bounds_overlap, same_value
from annotator.matching.spans import Boundary, boundary_difference
from annotator.model.mention import KINDS, Kind, Mention
from annotator.model.value import NumberValue, TimeValue
from annotator.statistics.bootstrap import Fraction

Key = tuple[str, ...]
"""What a share is of, as `("exact", "trigger")`."""

Said = tuple[str, str]
"""What one and what the other says of the same thing."""

ATTRIBUTES = ("realis", "certainty", "background")

NONE = Fraction(0, 0)


@dataclass(frozen=True, slots=True)
class Between:
    """What two annotations have in common, and where they differ."""

    shares: Mapping[Key, Fraction]
    """`exact` and `overlap` by kind of mention; `event`; `type` and `role` by name; on aligned events `argument-exact`,
    `argument-overlap` and `argument-role`; of aligned mentions `number-exact`, `number-bounds`, `time` and `ref` by
    kind; `own` and `other`: overlapping triggers out of those of the one and of the other."""
    said: Mapping[str, Sequence[Said]]
    """On aligned events: `type`, `role` of aligned arguments, and the attributes."""
    unmatched: Counter[str]
    """Types of the events that only one has."""
    edges: Sequence[tuple[Kind, Boundary]]
    """How far the edges of aligned mentions lie apart, those that do not included."""


@dataclass(slots=True)
class _Counting:
    parts: Counter[Key] = field(default_factory=Counter)
    wholes: Counter[Key] = field(default_factory=Counter)
    said: dict[str, list[Said]] = field(default_factory=dict)

    def share(self, key: Key, part: int, whole: int) -> None:
        self.parts[key] += part
        self.wholes[key] += whole

    def say(self, what: str, one: object, other: object) -> None:
        self.said.setdefault(what, []).append((str(one), str(other)))


def between(one: Held, other: Held) -> Between:
    """Compare two annotations of one article; exchanged, only the shares `own` and `other` are."""
    count = _Counting()
    edges: list[tuple[Kind, Boundary]] = []
    for kind in KINDS:
        mine, theirs = one.mentions[kind], other.mentions[kind]
        pairs = [(mine[i], theirs[j]) for i, j in pair_mentions(mine, theirs)]
        both = len(mine) + len(theirs)
        count.share(("exact", kind), 2 * sum(a.span == b.span for a, b in pairs), both)
        count.share(("overlap", kind), 2 * len(pairs), both)
        edges += [(kind, boundary_difference(a.span, b.span)) for a, b in pairs]
        if kind == "trigger":
            count.share(("own",), len(pairs), len(mine))
            count.share(("other",), len(pairs), len(theirs))
        _count_contents(count, kind, pairs)
    unmatched = _count_events(count, one.events, other.events)
    shares = {key: Fraction(count.parts[key], whole) for key, whole in count.wholes.items() if whole}
    return Between(shares, count.said, unmatched, edges)


def _count_contents(count: _Counting, kind: Kind, pairs: Iterable[tuple[Mention, Mention]]) -> None:
    for a, b in pairs:
        if isinstance(a.value, NumberValue) and isinstance(b.value, NumberValue):
            count.share(("number-exact",), int(same_value(a.value, b.value)), 1)
            count.share(("number-bounds",), int(bounds_overlap(a.value, b.value)), 1)
        elif isinstance(a.value, TimeValue) and isinstance(b.value, TimeValue):
            count.share(("time",), int(a.value == b.value), 1)
        if kind in ("actor", "place") and (a.ref or b.ref):
            count.share(("ref", kind), int(a.ref == b.ref), 1)


def _count_events(count: _Counting, mine: Sequence[HeldEvent], theirs: Sequence[HeldEvent]) -> Counter[str]:
    """Count what is said of events; give the types of those that only one has."""
    paired = pair_events([one.resolved for one in mine], [one.resolved for one in theirs])
    count.share(("event",), 2 * len(paired), len(mine) + len(theirs))
    for event in (*mine, *theirs):
        count.share(("type", event.event.type), 0, 1)
        for argument in event.arguments:
            count.share(("role", argument.role), 0, 1)
    for i, j in paired:
        a, b = mine[i].event, theirs[j].event
        count.say("type", a.type, b.type)
        if a.type == b.type:
            count.share(("type", a.type), 2, 0)
        for name in ATTRIBUTES:
            count.say(name, getattr(a, name), getattr(b, name))
        _count_arguments(count, mine[i].arguments, theirs[j].arguments)
    unmatched = Counter(one.event.type for one in (*mine, *theirs))
    unmatched.subtract(said for pair in count.said.get("type", ()) for said in pair)
    return +unmatched


def _count_arguments(count: _Counting, mine: Sequence[HeldArgument], theirs: Sequence[HeldArgument]) -> None:
    pairs = pair_arguments(mine, theirs)
    both = len(mine) + len(theirs)
    count.share(("argument-exact",), 2 * sum(a.mention.span == b.mention.span for a, b in pairs), both)
    count.share(("argument-overlap",), 2 * len(pairs), both)
    count.share(("argument-role",), 2 * sum(a.role == b.role for a, b in pairs), both)
    for a, b in pairs:
        count.say("role", a.role, b.role)
        if a.role == b.role:
            count.share(("role", a.role), 2, 0)
