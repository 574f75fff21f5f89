"""The guidelines as they were last read, kept beside the work so that opening a workspace need not read TOML again.

A comfort only: whatever is wrong with what is kept, the files are read. Nothing here is the truth about anything.
"""

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from pydantic import ValidationError

from annotator.errors import Refusal
from annotator.model.article import Sha256
from annotator.model.cues import Cues
from annotator.model.frozen import Frozen
from annotator.model.guidelines import Guidelines, read_guidelines
from annotator.model.lexicon import Lexicon
from annotator.model.registry import Registry
from annotator.model.schema import Schema
from annotator.store.atomic import write_file
from annotator.version import __version__

KEPT = "guidelines.json"
"""Name of the file in the work folder. Taking it away changes nothing."""

_READERS = Path(__file__).parents[1] / "model"
"""Where the code stands that reads guidelines: whoever changes it would wonder for long why nothing else changes."""


class _Kept(Frozen):
    read_from: Sha256
    """Of the bytes that were read, and of the version and the code of the program that read them."""
    types: Schema
    registry: Registry
    lexicon: Lexicon
    cues: Cues
    digest: Sha256


def guidelines_of(files: Mapping[str, bytes], work: Path) -> Guidelines:
    """Give the guidelines that `files` hold, from what is kept in the folder `work` if it was read from these bytes.

    Raises `Refusal` as `read_guidelines` does. A folder that cannot be read or written is no hindrance.
    """
    key = _digest_of(files)
    kept = _load(work / KEPT)
    if kept is not None and kept.read_from == key:
        return Guidelines(kept.types, kept.registry, kept.lexicon, kept.digest, kept.cues)
    read = read_guidelines(files)
    if work.is_dir():
        fresh = _Kept(
            read_from=key,
            types=read.schema,
            registry=read.registry,
            lexicon=read.lexicon,
            cues=read.cues,
            digest=read.digest,
        )
        with suppress(Refusal):
            write_file(work / KEPT, fresh.model_dump_json().encode())
    return read


def _load(path: Path) -> _Kept | None:
    try:
        return _Kept.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None


def _digest_of(files: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256(__version__.encode())
    code = {path.name: path.read_bytes() for path in _READERS.glob("*.py")}
    for name, data in (*sorted(code.items()), *sorted(files.items())):
        for part in (name.encode(), data):
            digest.update(b"%d:" % len(part) + part)
    return digest.hexdigest()
