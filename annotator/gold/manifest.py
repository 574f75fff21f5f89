"""What a release says of itself: `manifest.json`. Its hash is the release's pin, so it commits to every other byte.

There is no clock in it: the same records, schema and facts give the same bytes on every machine and every day.
"""

from collections.abc import Iterable, Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field, StrictStr

from annotator.gold.agreed import Agreement
from annotator.gold.counts import Counts
from annotator.gold.version import Changes
from annotator.model.article import Sha256
from annotator.model.canonical import canonical_json, sha256
from annotator.model.frozen import Frozen, Name, Offset
from annotator.model.record import GoldRecord

GOLD = "gold.jsonl"
MANIFEST = "manifest.json"
SCHEMA = "schema.toml"
SUMS = "SHA256SUMS"
SIGNATURE = "manifest.json.sig"
"""The manifest signed by who publishes it (`ssh-keygen -Y sign`) may lie beside the rest; nothing here reads it."""
SUMMED = (GOLD, MANIFEST, SCHEMA)
"""The files that `SHA256SUMS` covers, in its order."""

WrittenVersion = Annotated[StrictStr, Field(pattern=r"^[0-9]+\.[0-9]+\.[0-9]+$")]


class ArticleEntry(Frozen):
    """One line of `gold.jsonl`."""

    article_id: Name
    text_sha256: Sha256
    """Of the article's stored text, to hold one's own copy against."""
    record_sha256: Sha256
    """Of the line with its final newline."""


class People(Frozen):
    """Who made the records, by pseudonym, each list sorted."""

    annotators: tuple[Name, ...]
    adjudicators: tuple[Name, ...]


class GoldSource(Frozen):
    """A file of another tool that work behind the records was taken out of."""

    format: Name
    file: Name
    """Its name, or that of the folder of files."""
    sha256: Sha256
    """Of the file; of a folder, of its files' names and hashes."""
    people: tuple[Name, ...]
    """Whose work, by pseudonym, sorted."""
    articles: tuple[Name, ...]
    """Ids of the articles that they worked on, sorted."""


class Previous(Frozen):
    """The release that this one follows."""

    version: WrittenVersion
    schema_version: WrittenVersion
    manifest_sha256: Sha256


class ChallengeOutcome(Frozen):
    """A doubt that somebody filed against the release before, and what an adjudicator made of it."""

    id: Name
    article_id: Name
    start: Offset
    end: Offset
    quote: StrictStr
    """The stretch of the article that it is about."""
    reason: Name
    """Why it was doubted."""
    outcome: Literal["accepted", "declined"]
    why: Name
    """What the adjudicator says to it."""


class Facts(Frozen):
    """What a release states beside its records: how it was made, and what its users should know."""

    written_when_null: ClassVar[frozenset[str]] = frozenset(
        {"guidelines_version", "pages_sha256", "made_by", "agreement"}
    )

    guidelines_sha256: Sha256
    """Digest of schema, registries and lexicon as they were in force."""
    guidelines_version: Name | None = None
    """The newest version of `guidelines/CHANGELOG.md`; null where it names none."""
    pages_sha256: Sha256 | None = None
    """Hash of the prose, `guidelines/*.md`; null where there is none."""
    tool_version: Name
    """Version of the program that cut the release."""
    made_by: Name | None = None
    """Who made the passes and the adjudication, in a sentence; null where nobody said."""
    agreement: Agreement | None = None
    """How far annotators agreed before adjudication; null where nothing was labelled twice."""
    challenges: tuple[ChallengeOutcome, ...] = ()
    """What came of the challenges that were settled since the previous release, whichever way; by article and place."""
    limits: tuple[Name, ...] = ()
    """What is known to be missing or doubtful, one sentence each."""


class Manifest(Facts):
    """The whole of `manifest.json`."""

    format: Literal["annotator-gold/1"] = "annotator-gold/1"
    """The format of the release folder."""
    version: WrittenVersion
    schema_version: WrittenVersion
    articles: tuple[ArticleEntry, ...]
    """In the order of `gold.jsonl`."""
    counts: Counts
    people: People
    sources: tuple[GoldSource, ...] | None = None
    """Where work was taken from that was not done here; absent where there is none."""
    changes: Changes
    """Since the previous release; for the first one all articles are added."""
    previous: Previous | None = None
    files: dict[Name, Sha256]
    """Hashes of `gold.jsonl` and `schema.toml`."""


def record_line(record: GoldRecord) -> bytes:
    """Give the line of `gold.jsonl` for a record: canonical JSON with its newline."""
    return canonical_json(record.plain())


def entry_of(record: GoldRecord, line: bytes) -> ArticleEntry:
    """Give the manifest's entry for a record that stands in `gold.jsonl` as `line`."""
    return ArticleEntry(article_id=record.article_id, text_sha256=record.text_sha256, record_sha256=sha256(line))


def people_of(records: Iterable[GoldRecord]) -> People:
    """Give who made the records."""
    made = [record.provenance for record in records]
    return People(
        annotators=tuple(sorted({name for provenance in made for name in provenance.annotators})),
        adjudicators=tuple(sorted({provenance.adjudicator for provenance in made})),
    )


def sources_of(records: Iterable[GoldRecord]) -> tuple[GoldSource, ...] | None:
    """Give the files that work behind the records was taken out of, in order; None where there is none."""
    people: dict[tuple[str, str, str], set[str]] = {}
    articles: dict[tuple[str, str, str], set[str]] = {}
    for record in records:
        for one in record.provenance.taken_from or ():
            file = (one.format, one.file, one.sha256)
            people.setdefault(file, set()).add(one.person)
            articles.setdefault(file, set()).add(record.article_id)
    sources = tuple(
        GoldSource(
            format=file[0],
            file=file[1],
            sha256=file[2],
            people=tuple(sorted(people[file])),
            articles=tuple(sorted(articles[file])),
        )
        for file in sorted(people)
    )
    return sources or None


def sums_of(files: Mapping[str, bytes]) -> bytes:
    """Give `SHA256SUMS` for the files of a release, as `sha256sum -c` reads it."""
    return "".join(f"{sha256(files[name])}  {name}\n" for name in SUMMED).encode()
