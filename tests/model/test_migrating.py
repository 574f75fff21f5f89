"""What migrations make of an annotation: events that say the same only under the new names become one."""

import pytest

from annotator.model.annotation import Annotation
from annotator.model.event import Argument, Event
from annotator.model.migrating import migrated
from annotator.model.migration import Migration, MigrationFile

MERGE = {"from": "1.0.0", "to": "2.0.0", "why": "w", "merge": {"types": {"strike": ["strike.air", "strike.artillery"]}}}
ONE_TYPE = Migration("m", MigrationFile.model_validate(MERGE))
JETS, PLACE = Argument(role="attacker", mention="jets"), Argument(role="place", mention="idlib")


def event(name: str, type: str, *arguments: Argument, trigger: str = "hit", hub: str | None = None) -> Event:
    return Event(id=name, type=type, triggers=(trigger,), arguments=arguments, hub=hub)


def left(*events: Event) -> list[str]:
    """The ids of those that are left, in their order."""
    after = migrated(Annotation(events={one.id: one for one in events}), [ONE_TYPE])
    assert {one.type for one in after.events.values()} <= {"strike", "clash"}
    return list(after.events)


def test_of_events_that_a_migration_makes_equal_the_earliest_stays() -> None:
    assert left(event("a", "strike.air", JETS), event("b", "strike.artillery", JETS)) == ["a"]
    assert left(event("b", "strike.artillery", JETS), event("a", "strike.air", JETS)) == ["b"]
    assert left(event("a", "strike.air", JETS, PLACE), event("b", "strike.artillery", PLACE, JETS)) == ["a"]


def test_events_that_were_equal_before_are_no_business_of_a_migration() -> None:
    assert left(event("a", "strike.air"), event("b", "strike.air")) == ["a", "b"]
    assert left(event("a", "clash"), event("b", "clash")) == ["a", "b"]
    assert left(event("a", "strike.air"), event("b", "strike.artillery"), event("c", "strike.air")) == ["a", "c"]


@pytest.mark.parametrize(
    "other",
    [
        event("b", "strike.artillery"),
        event("b", "strike.artillery", PLACE),
        event("b", "strike.artillery", JETS, trigger="shelled"),
        event("b", "strike.artillery", JETS, hub="h"),
        event("b", "clash", JETS),
    ],
)
def test_events_that_still_differ_all_stay(other: Event) -> None:
    assert left(event("a", "strike.air", JETS), other) == ["a", "b"]
