"""Writing an export for another tool: one file or a folder, the losses beside it, and what was lost on the screen."""

import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from annotator.cli.options import refuse_missing_folder
from annotator.cli.talk import talk
from annotator.errors import Refusal
from annotator.formats.tools.document import LOSSES, Loss, Written
from annotator.model.canonical import canonical_json
from annotator.store.atomic import write_file
from annotator.text.counted import counted


def refuse_bad_target(out: Path | None) -> None:
    """Refuse what an export could not be written to, before the work: no folder above it, or a folder in use."""
    if out is None:
        return
    refuse_missing_folder(out)
    if out.is_dir() and any(out.iterdir()):
        raise Refusal("usage", f"There is something in {out}.", "An export goes into a new folder.")


def write_export(written: Written, out: Path | None) -> None:
    """Write the files to `out`, or a single one to standard output, and tell what was lost.

    Raises `Refusal`: `usage` where a folder is needed and none is named, `file.not-written`.
    """
    name, data = next(iter(written.files.items()))
    single = len(written.files) == 1 and "/" not in name
    if out is None and not single:
        what = f"This makes {counted(len(written.files), 'file')}."
        raise Refusal("usage", what, "Name a folder for them with --out.")
    if out is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    elif single and not out.is_dir():
        write_file(out, data)
    else:
        _write_folder(out, written.files)
    beside = None if out is None else out.with_name(f"{out.name}.losses.jsonl")
    if beside is not None:
        write_file(beside, b"".join(canonical_json(_plain(loss)) for loss in written.losses))
    _tell(written.losses, beside)


def _write_folder(out: Path, files: Mapping[str, bytes]) -> None:
    """Write files below a folder; when one cannot be, none stays, so that nobody takes a part for the whole."""
    paths = [out / name for name in files]
    below = {folder for path in paths for folder in path.parents if folder.is_relative_to(out)}
    made = sorted((folder for folder in below if not folder.exists()), reverse=True)
    try:
        for path, content in zip(paths, files.values(), strict=True):
            write_file(path, content)
    except BaseException:
        with suppress(OSError):
            for path in paths:
                path.unlink(missing_ok=True)
            for folder in made:
                folder.rmdir()
        raise


def _plain(loss: Loss) -> dict[str, str]:
    return {name: value for name, value in loss._asdict().items() if value}


def _tell(losses: Iterable[Loss], beside: Path | None) -> None:
    """Sum up what was lost, by sort."""
    counts = Counter(loss.what for loss in losses)
    if not counts:
        talk("Nothing was lost.")
        return
    where = f"; {beside} has each" if beside is not None else ""
    talk(f"Could not go into it{where}:")
    for sort, times in counts.most_common():
        talk(f"{times:>8,}  {sort:<10} {LOSSES[sort]}")
