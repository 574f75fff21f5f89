"""SQLite stores that are damaged at random, and what comes back of them: every decision that no damage touched.

Which decisions are intact is told by where their bytes lay in the whole file, not by the code that recovers. The verbs
are run on each damaged store as well: they answer, or refuse with a sentence, and never end in a traceback.
"""

import contextlib
import io
import os
import random
import shutil
import sqlite3
import sys
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from annotator import cli
from annotator.errors import Refusal
from annotator.store.articles import row_of
from annotator.store.corpus import read_corpus
from annotator.store.engine import file_url, open_engine
from annotator.store.log import check_log
from annotator.store.recovering import recover
from annotator.store.workspace import create_workspace, find_workspace
from annotator.workflow.importing import import_corpus
from annotator.workflow.labelling import labelling
from annotator.workflow.mention_edits import confirm, reject
from annotator.workflow.project import open_project

PAGE = 4096
TEXT = """Airstrikes kill 12 civilians near Idlib

Russian warplanes carried out 14 airstrikes on the town of Saraqib on Tuesday, killing 12 civilians.
Regime forces shelled the outskirts of Idlib with artillery. The opposition said that 5 soldiers were killed.
"""
PEOPLE = ("miriam", "noor", "مريم")
VERBS = ("status", "check", "export --to decisions", "store status", "agree", "label en-1", "release")

Files = dict[str, bytearray]
"""A store's file, by the ending "", and its journal by "-journal"."""

Damage = Callable[[random.Random, bytearray], None]


def flipped_bits(chance: random.Random, data: bytearray) -> None:
    """Flip up to 64 bits anywhere."""
    for _ in range(chance.randint(1, 64)):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def flipped_in_the_header(chance: random.Random, data: bytearray) -> None:
    """Change bytes of the first page's header, which says how all others are to be read."""
    for _ in range(chance.randint(1, 8)):
        data[chance.randrange(100)] = chance.randrange(256)


def garbage_pages(chance: random.Random, data: bytearray) -> None:
    """Write random bytes over up to five pages."""
    for _ in range(chance.randint(1, 5)):
        start = chance.randrange(len(data) // PAGE) * PAGE
        data[start : start + PAGE] = chance.randbytes(PAGE)


def empty_pages(chance: random.Random, data: bytearray) -> None:
    """Leave zeros where up to five pages were."""
    for _ in range(chance.randint(1, 5)):
        start = chance.randrange(len(data) // PAGE) * PAGE
        data[start : start + PAGE] = bytes(PAGE)


def torn_pages(chance: random.Random, data: bytearray) -> None:
    """Leave only the first sectors of some pages as they are, and another page's in the rest."""
    for _ in range(chance.randint(1, 5)):
        start, other = (chance.randrange(len(data) // PAGE) * PAGE for _ in range(2))
        keep = 512 * chance.randint(1, 7)
        data[start + keep : start + PAGE] = data[other + keep : other + PAGE]


def cut_off(chance: random.Random, data: bytearray) -> None:
    """End the file early, mostly in the middle of a page."""
    del data[chance.randrange(len(data) // 3, len(data)) :]


def garbage_behind(chance: random.Random, data: bytearray) -> None:
    """End the file early, and put something else behind it."""
    cut_off(chance, data)
    data += chance.randbytes(chance.randrange(3 * PAGE))


def _on_store(damage: Damage) -> Callable[[random.Random, Files], None]:
    return lambda chance, files: damage(chance, files[""])


def left_behind(chance: random.Random, files: Files) -> None:
    """Leave the journal as a killed program does: nothing is damaged."""


def journal_cut_off(chance: random.Random, files: Files) -> None:
    """End the journal early."""
    del files["-journal"][chance.randrange(len(files["-journal"])) :]


def journal_s_head_torn(chance: random.Random, files: Files) -> None:
    """Write random bytes over the journal's first sector."""
    files["-journal"][:512] = chance.randbytes(512)


def both_torn(chance: random.Random, files: Files) -> None:
    """Tear pages of the store, and end its journal early."""
    torn_pages(chance, files[""])
    journal_cut_off(chance, files)


IN_MID_TRANSACTION = (left_behind, journal_cut_off, journal_s_head_torn, both_torn)
"""Damages to a store whose program was killed while it wrote."""

DAMAGES: dict[str, Callable[[random.Random, Files], None]] = {
    one.__name__.replace("_", " "): _on_store(one)
    for one in (
        flipped_bits,
        flipped_in_the_header,
        garbage_pages,
        empty_pages,
        torn_pages,
        cut_off,
        garbage_behind,
    )
} | {f"killed in writing, {one.__name__.replace('_', ' ')}": one for one in IN_MID_TRANSACTION}


@dataclass(slots=True)
class Counts:
    """What came of it."""

    damages: int = 0
    decisions: int = 0
    """In the stores before they were damaged."""
    intact: int = 0
    """Of those, which no damage touched, nor the head of their page."""
    recovered: int = 0
    missing: int = 0
    """Intact and not recovered."""
    invented: int = 0
    """Recovered, and not what was saved."""
    refused: int = 0
    """Damaged stores in which at least one verb refused to work."""
    unnamed: int = 0
    """Refusals for damage that do not name `store recover`."""
    tracebacks: list[str] = field(default_factory=list)
    """Verbs, each with the end of its traceback."""


def workspace_with_work(folder: Path, each: int = 60) -> Path:
    """Give a workspace in which three people decided `each` times on two articles."""
    sources = [folder / "en-1.txt", folder / "en-2.txt"]
    for number, source in enumerate(sources):
        source.write_text(TEXT * (1 + 20 * number), encoding="utf-8")
    root = create_workspace(folder / "whole", sources).root
    project = open_project(root)
    import_corpus(project)
    for name in PEOPLE:
        for article in ("en-1", "en-2"):
            with labelling(project, article, name) as session:
                for number in range(each):
                    items = session.in_order()
                    (confirm, reject)[number // len(items) % 2](session, items[number % len(items)])
    project.close()
    return root


Row = tuple[str, str, str, str]
"""A decision: person, id, payload, hash."""


def rows_of(path: Path) -> list[Row]:
    """Give the decisions of a store that is whole."""
    connection = sqlite3.connect(path)
    try:
        return connection.execute("SELECT person, decision_id, payload, hash FROM decision").fetchall()
    finally:
        connection.close()


def places_of(path: Path) -> dict[Row, list[tuple[int, int]]]:
    """Give where the bytes of each decision lie in a whole file, the head of its page with the list of rows included.

    A decision that does not fit on one page is left out: its parts cannot be found by its words.
    """
    data = path.read_bytes()
    found: dict[Row, list[tuple[int, int]]] = {}
    for row in rows_of(path):
        payload, link = row[2].encode(), row[3].encode()
        at = data.find(payload)
        end = data.find(link, at) + len(link) + 8  # behind the hash stands when it was stored
        start = at - 160  # before the payload stand ids, the hash of the text and the head of the row
        page = at // PAGE * PAGE
        if at < 0 or end // PAGE != at // PAGE:
            continue
        listed = 8 + (100 if page == 0 else 0) + 2 * int.from_bytes(data[page + 3 : page + 5], "big")
        found[row] = [(page, page + listed), (max(start, page), end)]
    return found


def intact_in(places: dict[Row, list[tuple[int, int]]], whole: bytes, damaged: Files) -> set[Row]:
    """Give the decisions of whose bytes none changed, or whose page stands whole in the journal."""
    store, journal = bytes(damaged[""]), bytes(damaged["-journal"])
    return {
        row
        for row, spans in places.items()
        if all(whole[a:b] == store[a:b] for a, b in spans) or whole[spans[0][0] : spans[0][0] + PAGE] in journal
    }


def killed_in_writing(root: Path) -> Files:
    """Give the files as a program leaves them that is killed with half a transaction on the disk."""
    store = root / ".annotator" / "work.db"
    kept = store.read_bytes()
    connection = sqlite3.connect(store, isolation_level=None)
    connection.execute("PRAGMA journal_mode=TRUNCATE")
    connection.execute("PRAGMA cache_size=5")  # pages are written before the transaction ends
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE decision SET stored_at = stored_at + 1")
    connection.execute("UPDATE standing SET cursor = cursor + 1")
    journal = store.with_name("work.db-journal")
    files = {"": bytearray(store.read_bytes()), "-journal": bytearray(journal.read_bytes())}
    assert files[""] != kept
    assert files["-journal"]
    connection.rollback()
    connection.close()
    return files


def run(rounds: int, folder: Path, seed: int = 1, *, verbs: bool = True) -> dict[str, Counts]:
    """Damage a store so often in each way, and give what was found, by the way."""
    root = workspace_with_work(folder)
    store = root / ".annotator" / "work.db"
    whole, places, saved = store.read_bytes(), places_of(store), set(rows_of(store))
    texts, killed = texts_of(root), killed_in_writing(root)
    found = {}
    for name, damage in DAMAGES.items():
        counts = found[name] = Counts()
        chance = random.Random(f"{seed} {name}")
        for _ in range(rounds):
            files = {"": bytearray(whole), "-journal": bytearray()} if "killed" not in name else _copied(killed)
            damage(chance, files)
            copy = Path(shutil.copytree(root, folder / "damaged"))
            for ending, data in files.items():
                (copy / ".annotator" / f"work.db{ending}").write_bytes(data)
            _look(counts, copy, saved, intact_in(places, whole, files), texts)
            if verbs:
                _use(counts, copy)
            shutil.rmtree(copy)
    return found


def _copied(files: Files) -> Files:
    return {ending: bytearray(data) for ending, data in files.items()}


def texts_of(root: Path) -> dict[tuple[str, str], dict[str, object]]:
    """Give the corpus as rows, to stand in for texts that are lost."""
    articles = [one for one in read_corpus(find_workspace(root).corpus) if not isinstance(one, Refusal)]
    return {(one.article_id, one.text_sha256): row_of(one, version=1) for one in articles}


def _look(
    counts: Counts, copy: Path, saved: set[Row], intact: set[Row], texts: dict[tuple[str, str], dict[str, object]]
) -> None:
    new = copy / "new.db"
    counts.damages += 1
    counts.decisions += len(saved)
    counts.intact += len(intact)
    try:
        recover(copy / ".annotator" / "work.db", new, texts)
    except Refusal:
        counts.missing += len(intact)
        return
    engine = open_engine(file_url(new))
    assert check_log(engine) == ()
    engine.dispose()
    # Behind a lost one the chain is made anew: what was said stays, and how it is linked does not.
    came = {row[:3] for row in rows_of(new)}
    counts.recovered += len(came)
    counts.missing += len({row[:3] for row in intact} - came)
    counts.invented += len(came - {row[:3] for row in saved})


def _use(counts: Counts, copy: Path) -> None:
    refused = False
    for verb in VERBS:
        status, said = in_words(copy, verb.split())
        if status is None:
            counts.tracebacks.append(f"{verb}: {said}")
        elif status == 3 and "terminal" not in said:
            refused = True
            if "damaged" in said or "no SQLite" in said or "missing" in said:
                counts.unnamed += "store recover" not in said
    counts.refused += refused


def in_words(folder: Path, arguments: list[str]) -> tuple[int | None, str]:
    """Run a verb in a folder; give its status and what it said, or None and the end of the traceback."""
    said = io.StringIO()
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    before, argv = Path.cwd(), sys.argv
    os.chdir(folder)
    sys.argv = ["annotator", *arguments]
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(said):
            cli.main()
    except SystemExit as ended:
        return int(ended.code or 0), said.getvalue()
    except Exception as error:  # noqa: BLE001 - whatever it is, it is counted
        ours = [one for one in traceback.extract_tb(error.__traceback__) if "/annotator/" in one.filename][-1]
        return None, f"{type(error).__name__}: {str(error)[:90]} ({Path(ours.filename).name}, line {ours.lineno})"
    finally:
        os.chdir(before)
        sys.argv = argv
    return 0, said.getvalue()


def lines(found: dict[str, Counts]) -> Iterator[str]:
    """Give what was found as a table in Markdown."""
    yield "| damage | stores | decisions | intact | recovered | intact and missing | invented | verbs refused |"
    yield "|---|---|---|---|---|---|---|---|"
    for name, one in found.items():
        cells = (one.damages, one.decisions, one.intact, one.recovered, one.missing, one.invented, one.refused)
        yield f"| {name} | {' | '.join(f'{cell:,}' for cell in cells)} |"
