"""A workspace whose schema becomes another one, for the tests of migrations."""

from collections.abc import Iterable
from pathlib import Path

SPLIT = """from = "1.0.0"
to = "2.0.0"
why = "From where it comes matters."
[split.types."strike.air"]
question = "A manned aircraft, or a drone?"
answers = { m = "strike.manned", d = "strike.drone" }
[split.roles.target]
question = "Was it hit?"
answers = { h = "target_hit", a = "target_aimed_at" }
[split.units.persons]
question = "Do they fight?"
answers = { f = "fighters", c = "civilians" }
[split.rejection_reasons.generic]
question = "Which?"
answers = { o = "other", n = "not_specific" }
"""

_DRONE = """[types."strike.drone"]
title = "Drone strike"
description = "A drone strikes."
key = "D"
includes = ["setting", "report", "toll", "extent"]
roles = { attacker = "actor*", target_hit = "actor|place*", target_aimed_at = "actor|place*" }

[groups.setting]"""

RENAME = """from = "1.0.0"
to = "2.0.0"
why = "Names that say it better."
[rename.types]
"strike.air" = "strike.aerial"
[rename.roles]
attacker = "aggressor"
"""

Edits = Iterable[tuple[str, str]]


def change_schema(guidelines: Path, steps: str, everywhere: Edits, schema_only: Edits = ()) -> None:
    """Put a migration into the guidelines, and edit their files as it says; the schema that was is kept beside it."""
    schema = guidelines / "schema.toml"
    kept = guidelines / "migrations" / "schemas" / "1.0.0.toml"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(schema.read_bytes())
    (guidelines / "migrations" / "names.toml").write_text(steps, encoding="utf-8")
    for path in (*guidelines.glob("*.toml"), *guidelines.glob("lexicon/*.toml")):
        edits = (
            [*everywhere, *schema_only, ('version = "1.0.0"', 'version = "2.0.0"')] if path == schema else everywhere
        )
        written = path.read_text("utf-8")
        for old, new in edits:
            written = written.replace(old, new)
        path.write_text(written, encoding="utf-8")


def rename_names(guidelines: Path) -> None:
    """Give an event type and a role other names."""
    change_schema(guidelines, RENAME, [('"strike.air"', '"strike.aerial"'), ("attacker", "aggressor")])


def split_names(guidelines: Path) -> None:
    """Split an event type, a role, a unit and a reason."""
    change_schema(
        guidelines,
        SPLIT,
        [('"strike.air"', '"strike.manned"'), ('"target"', '"target_hit"'), ("\npersons", "\ncivilians"),
         ('"persons"', '"civilians"')],
        [
            ("target = ", 'target_aimed_at = "actor|place*", target_hit = '),
            ("[units]", '[units]\nfighters = { title = "fighters" }'),
            ('g = "generic"', 'g = "not_specific"'),
            ("[groups.setting]", _DRONE),
        ],
    )  # fmt: skip
