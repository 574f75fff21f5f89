"""What a workspace may set in `annotator.toml`. Every field has a default; unknown keys are refused."""

from typing import Annotated, Literal

from pydantic import Field, StrictBool, StrictFloat

from annotator.model.frozen import Frozen, Name, Quantity

Share = Annotated[float, Field(strict=True, ge=0, le=0.5, allow_inf_nan=False)]
"""A part of the candidates: 0 is none; beyond a half, nobody would rest on what is proposed any more."""


class StoreSettings(Frozen):
    """Where work in progress is kept."""

    url: Name | None = None
    """`postgresql://USER@HOST/DATABASE` for a team; absent for the embedded SQLite in `.annotator/work.db`."""


class ScreenSettings(Frozen):
    """How the terminal is written to."""

    bidi: Literal["guard", "visual", "logical", "words"] | None = None
    """How right-to-left text is written; absent to ask the terminal. F2 changes it live."""
    preset: Literal["plain", "vi"] = "plain"
    """Which keys move: `plain` for arrows, Enter and Tab, `vi` for those and h j k l."""
    theme: Literal["dark", "light"] = "dark"
    """Which colours the screens begin with; F6 steps them. `NO_COLOR` in the environment leaves out all of them."""


class AuditSettings(Frozen):
    """How far it is tried out whether annotators follow what is proposed. Off unless a share is given."""

    withheld: Share = 0.0
    """The share of candidates that an annotator is not shown."""
    planted: Share = 0.0
    """The share of candidates for which an annotator is shown a wrong one."""
    seed: Quantity = 1
    """Another seed chooses others."""

    @property
    def on(self) -> bool:
        """Whether anything is withheld or planted."""
        return self.withheld > 0 or self.planted > 0


class AdjudicationSettings(Frozen):
    """What is taken over without asking an adjudicator."""

    unanimous: StrictBool = True
    """Whether what all annotators say alike holds without being asked."""
    majority: Annotated[StrictFloat, Field(gt=0.5, le=1)] | None = None
    """Share of three or more annotators that is enough, as `0.67`; absent: never."""


class ReleaseSettings(Frozen):
    """What every release says of itself that does not follow from the decisions."""

    made_by: Name | None = None
    """Who made the passes and the adjudication, in a sentence. No names: gold carries pseudonyms only."""
    limits: tuple[Name, ...] = ()
    """What is known to be missing or doubtful, one sentence each."""


class Settings(Frozen):
    """The whole of `annotator.toml`."""

    corpus: Name = "seeds"
    """Folder of the articles, relative to the workspace."""
    store: StoreSettings = Field(default_factory=StoreSettings)
    screen: ScreenSettings = Field(default_factory=ScreenSettings)
    audit: AuditSettings = Field(default_factory=AuditSettings)
    adjudication: AdjudicationSettings = Field(default_factory=AdjudicationSettings)
    release: ReleaseSettings = Field(default_factory=ReleaseSettings)
    keys: dict[Name, Name] = Field(default_factory=dict)
    """Keys of one's own: action name to key, as in `confirm = "c"`."""
