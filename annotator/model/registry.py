"""Who and where: the entries of `actors.toml` and `places.toml`. Finding them in a text is `finders`."""

from typing import Annotated, Literal

from pydantic import Field, StrictFloat

from annotator.model.frozen import Frozen, Name, Quantity

ActorType = Literal[
    "state_forces", "rebel_group", "political_militia", "identity_militia", "rioters", "protesters", "civilians",
    "external_forces", "organization",
]  # fmt: skip
"""ACLED's eight types of actor, and `organization` for those that report or mediate but do not fight."""


Degrees = Annotated[StrictFloat, Field(allow_inf_nan=False)] | Quantity


class Actor(Frozen):
    """One actor of the registry."""

    type: ActorType
    en: tuple[Name, ...] = ()
    """Names in English, the one to show first."""
    ar: tuple[Name, ...] = ()
    """Names in Arabic, the one to show first."""
    part_of: Name | None = None
    """Id of the actor that this one belongs to."""
    home: Name | None = None
    """Id of the country whose `bare` names these are."""
    bare: tuple[Name, ...] = ()
    """Those of its names that every country has ("government forces"): they mean this actor only where the text also
    names a place in `home`, or an actor of it by a name of its own."""


class Place(Frozen):
    """One place of the registry."""

    type: Literal["country", "province", "region", "city", "town", "village", "river", "desert", "facility", "road"]
    en: tuple[Name, ...] = ()
    ar: tuple[Name, ...] = ()
    part_of: Name | None = None
    """Id of the place that this one lies in."""
    coordinates: tuple[Degrees, Degrees] | None = None
    """Latitude and longitude in degrees, where known."""


class Registry(Frozen):
    """All actors and places, by id."""

    actors: dict[Name, Actor] = Field(default_factory=dict)
    places: dict[Name, Place] = Field(default_factory=dict)

    def name_of(self, ref: str) -> str:
        """Give the name to show for an id, or the id itself when the registry does not know it."""
        entry = self.actors.get(ref) or self.places.get(ref)
        if entry is None:
            return ref
        return next(iter(entry.en + entry.ar), ref)
