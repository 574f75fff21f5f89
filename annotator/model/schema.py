"""The domain as data: event types, their roles with kinds and arity, attributes, units. Read from `schema.toml`.

Owns what a schema may say. Which types and roles there are is said in `guidelines/schema.toml` and nowhere in code.
"""

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StrictStr

from annotator.model.event import Certainty, Realis
from annotator.model.frozen import Frozen, Name
from annotator.model.mention import KINDS, Kind

Arity = Literal["?", "*", "+", "1"]

_ROLE = re.compile(r"(?P<kinds>[a-z]+(?:\|[a-z]+)*)(?P<arity>[?*+]?)")

ARITY_BOUNDS: Mapping[Arity, tuple[int, int | None]] = {
    "?": (0, 1),
    "*": (0, None),
    "+": (1, None),
    "1": (1, 1),
}
"""For each arity the least and the most arguments that a role takes; None is no limit."""


class RoleSpec(Frozen):
    """Which mention kinds fill a role and how many may. Written `actor|place*` in the file."""

    kinds: tuple[Kind, ...]
    arity: Arity


def _role_spec(written: Any) -> Any:
    if not isinstance(written, str):
        return written
    match = _ROLE.fullmatch(written)
    if match is None:
        raise ValueError(f"{written!r} is no role: write kinds joined by | and then ?, * or +, as in 'actor|place*'")
    kinds = match["kinds"].split("|")
    if unknown := [kind for kind in kinds if kind not in KINDS]:
        raise ValueError(f"{unknown[0]!r} is no kind of mention; the kinds are {', '.join(KINDS)}")
    return {"kinds": kinds, "arity": match["arity"] or "1"}


class EventType(Frozen):
    """One type of event."""

    title: Name
    """What screens show, in a few words."""
    description: Name
    """One sentence that tells it from its neighbours."""
    key: Annotated[StrictStr, Field(min_length=1, max_length=1)]
    """The key that chooses this type in a picker; unique within the schema."""
    includes: tuple[Name, ...] = ()
    """Names of role groups whose roles this type has as well."""
    roles: dict[Name, Annotated[RoleSpec, BeforeValidator(_role_spec)]] = Field(default_factory=dict)
    """The roles of its own."""
    maps: dict[Name, str] = Field(default_factory=dict)
    """What the type is called elsewhere: `acled`, `plover`, `ace`, `muc4`."""


class Unit(Frozen):
    """What a number counts or measures."""

    title: Name
    measure: bool = False
    """True for a measure (km, days), whose "more than 65" has 65 as bound; a count has 66."""


class Schema(Frozen):
    """A version of the domain."""

    version: Annotated[StrictStr, Field(pattern=r"^\d+\.\d+\.\d+$")]
    groups: dict[Name, dict[Name, Annotated[RoleSpec, BeforeValidator(_role_spec)]]] = Field(default_factory=dict)
    """Roles that many types share, by group."""
    types: dict[Name, EventType]
    units: dict[Name, Unit] = Field(default_factory=dict)
    realis: tuple[Realis, ...]
    certainty: tuple[Certainty, ...]
    rejection_reasons: dict[Annotated[StrictStr, Field(min_length=1, max_length=1)], Name]
    """Why a candidate is rejected, by the key that says so."""

    def roles_of(self, event_type: str) -> dict[str, RoleSpec]:
        """Give the roles of a type, its groups' first, by name. An unknown type has none."""
        declared = self.types.get(event_type)
        if declared is None:
            return {}
        roles: dict[str, RoleSpec] = {}
        for group in declared.includes:
            roles.update(self.groups.get(group, {}))
        return roles | declared.roles
