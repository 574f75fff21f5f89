"""The examples that ship with formats, and the schema that writers are given."""

from pathlib import Path

from annotator.formats.tools.registry import format_named

SCHEMA = Path(__file__).parents[3] / "gold" / "1.0.0" / "schema.toml"


def example(name: str) -> dict[str, bytes]:
    """Give the files of a format's example, by their paths in it."""
    row = format_named(name)
    assert row is not None
    files = (path for path in sorted(row.example.rglob("*")) if path.is_file())
    return {path.relative_to(row.example).as_posix(): path.read_bytes() for path in files}
