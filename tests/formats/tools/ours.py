"""The project's own schema and gold, as what is written out in tests."""

from pathlib import Path

from annotator.gold.release import read_schema

ROOT = Path(__file__).parents[3]
SCHEMA = read_schema((ROOT / "gold" / "1.0.0" / "schema.toml").read_bytes())
