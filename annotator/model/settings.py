"""What a workspace may set in `annotator.toml`. Every field has a default; unknown keys are refused."""

from typing import Literal

from pydantic import Field

from annotator.model.frozen import Frozen, Name


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


class Settings(Frozen):
    """The whole of `annotator.toml`."""

    corpus: Name = "seeds"
    """Folder of the articles, relative to the workspace."""
    store: StoreSettings = Field(default_factory=StoreSettings)
    screen: ScreenSettings = Field(default_factory=ScreenSettings)
    keys: dict[Name, Name] = Field(default_factory=dict)
    """Keys of one's own: action name to key, as in `confirm = "c"`."""
