"""Which folder is a workspace. Reads nothing of one: what it holds is `workspace.py`'s.

Apart, as gold that lies in no workspace is scored without the models that a workspace is read with.
"""

from pathlib import Path

SETTINGS_FILE = "annotator.toml"


def root_of(start: Path) -> Path | None:
    """Give the folder of the workspace that `start` lies in, itself or one above; None when there is none."""
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / SETTINGS_FILE).is_file() or (
            (folder / "guidelines" / "schema.toml").is_file() and (folder / "seeds").is_dir()
        ):
            return folder
    return None
