"""The domain as data: event types, their roles with kinds and arity, attributes, units. Read from `schema.toml`.

Owns what a schema may say. Which types and roles there are is said in `guidelines/schema.toml` and nowhere in code.
"""

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StrictBool, StrictStr

from annotator.model.event import Certainty, Realis
from annotator.model.frozen import Frozen, Name
from annotator.model.mention import KINDS, Kind

Arity = Literal["?", "*", "+", "1"]

_VERSION = re.compile(r"(?:0|[1-9][0-9]*)\.(?:0|[1-9][0-9]*)\.(?:0|[1-9][0-9]*)", re.ASCII)
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
    if isinstance(written, dict | RoleSpec):
        return written
    if not isinstance(written, str):
        raise ValueError("it must be text, in quotes, as 'actor|place*'")
    match = _ROLE.fullmatch(written)
    if match is None:
        raise ValueError(f"{written!r} is no role: write kinds joined by | and then ?, * or +, as in 'actor|place*'")
    kinds = match["kinds"].split("|")
    if unknown := [kind for kind in kinds if kind not in KINDS]:
        raise ValueError(f"{unknown[0]!r} is no kind of mention; the kinds are {', '.join(KINDS)}")
    return {"kinds": kinds, "arity": match["arity"] or "1"}


Role = Annotated[RoleSpec, BeforeValidator(_role_spec)]
Key = Annotated[StrictStr, Field(min_length=1, max_length=1)]
"""A key of the keyboard, as the character that it types."""


def _version(written: Any) -> Any:
    if isinstance(written, str) and not _VERSION.fullmatch(written):
        raise ValueError(f"{written!r} is no version: write MAJOR.MINOR.PATCH in whole numbers, as 1.2.0")
    return written


SchemaVersion = Annotated[StrictStr, BeforeValidator(_version)]
"""`MAJOR.MINOR.PATCH`."""


class EventType(Frozen):
    """One type of event."""

    title: Name = Field(examples=["Air strike"])
    """What screens show, in a few words."""
    description: Name = Field(examples=["Aircraft bomb or fire at something on the ground."])
    """One sentence that tells it from its neighbours."""
    key: Key = Field(examples=["a"])
    """The key that chooses this type in a picker; unique within the schema."""
    includes: tuple[Name, ...] = Field(default=(), examples=[["setting", "toll"]])
    """Names of role groups whose roles this type has as well."""
    roles: dict[Name, Role] = Field(default_factory=dict, examples=[{"attacker": "actor*"}])
    """The roles of its own, by name."""
    maps: dict[Name, Name] = Field(default_factory=dict, examples=[{"ace": "Conflict.Attack"}])
    """What the type is called elsewhere: `acled`, `plover`, `ace`, `muc4`."""


class Unit(Frozen):
    """What a number counts or measures."""

    title: Name = Field(examples=["kilometres"])
    """What screens show."""
    measure: StrictBool = Field(default=False, examples=[True])
    """True for a measure (km, days), whose "more than 65" has 65 as bound; a count has 66."""


class Schema(Frozen):
    """A version of the domain."""

    version: SchemaVersion = Field(examples=["1.0.0"])
    """The version of the schema, as MAJOR.MINOR.PATCH; what it must be after a change is told below."""
    realis: Annotated[tuple[Realis, ...], Field(min_length=1, examples=[["actual", "attempted"]])]
    """The values that an event's realis may have, of those that the program knows."""
    certainty: Annotated[tuple[Certainty, ...], Field(min_length=1, examples=[["asserted", "attributed"]])]
    """The values that an event's certainty may have, of those that the program knows."""
    rejection_reasons: dict[Key, Name] = Field(examples=[{"i": "idiom"}])
    """Why a candidate is rejected, by the key that says so."""
    groups: dict[Name, dict[Name, Role]] = Field(default_factory=dict, examples=[{"setting": {"place": "place*"}}])
    """Roles that many types share, by the name of the group and of the role."""
    types: dict[Name, EventType]
    """The event types, by name; a dot in a name puts it in quotes: `[types."strike.air"]`."""
    units: dict[Name, Unit] = Field(default_factory=dict)
    """The units of numbers, by name."""

    def roles_of(self, event_type: str) -> dict[str, RoleSpec]:
        """Give the roles of a type, its groups' first, by name. An unknown type has none."""
        declared = self.types.get(event_type)
        if declared is None:
            return {}
        roles: dict[str, RoleSpec] = {}
        for group in declared.includes:
            roles.update(self.groups.get(group, {}))
        return roles | declared.roles
