"""What a version of gold says of its articles, with their texts: a release has none, so they are looked up by hash."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from annotator.errors import Refusal
from annotator.gold.find_record import find_record
from annotator.gold.pin import parse_pinned
from annotator.model.record import GoldRecord
from annotator.store.corpus import texts_in
from annotator.workflow.evaluating import texts_at_hand
from annotator.workflow.gold_diff import GoldSide, read_side


@dataclass(frozen=True, slots=True)
class ShownArticle:
    """One article of a version of gold with its text."""

    record: GoldRecord
    text: str

    @property
    def title(self) -> str:
        """What the article is called, on one line; its id where no region says."""
        titles = (region.span.of(self.text) for region in self.record.regions if region.kind == "title")
        return " ".join(next(titles, "").split()) or self.record.article_id


@dataclass(frozen=True, slots=True)
class ShownGold:
    """Articles of a version of gold, to be shown."""

    gold: GoldSide
    articles: tuple[ShownArticle, ...]
    """Those that were asked for, by id."""


def show_gold(written: str, article: str | None = None, texts: Path | None = None) -> ShownGold:
    """Give an article of a version of gold, or all, with texts from a folder or the workspace that the gold lies in.

    `article` is an id or the beginning of one. Raises `Refusal` for what is no gold, an article that it lacks, or a
    text that is not at hand.
    """
    gold = read_side(written)
    records = gold.records if article is None else (find_record(gold.records, article, gold.written),)
    hashes = {record.article_id: record.text_sha256 for record in records}
    found = _texts(gold, hashes, texts)
    for record in records:
        if "text_sha256" not in gold.said.get(record.article_id, {"text_sha256"}):
            what = f"{written} does not say by a text_sha256 which text of {record.article_id} it is about."
            raise Refusal("file.missing", what, "Add it, or show a release.")
    if missing := [record.article_id for record in records if record.article_id not in found]:
        where = f"in {texts}" if texts else "in the workspace around it"
        raise Refusal(
            "file.missing",
            f"{written} holds no texts, and that of {missing[0]} is not {where}, or is another one by its hash.",
            "Name the folder of the articles with --texts.",
        )
    return ShownGold(gold, tuple(_shown(record, found[record.article_id]) for record in records))


def _shown(record: GoldRecord, text: str) -> ShownArticle:
    """Give an article with its text; mentions of a plain file get the quotes that they leave out."""
    mentions = tuple(
        one if one.quote else one.model_copy(update={"quote": one.span.of(text)}) for one in record.mentions
    )
    return ShownArticle(record.model_copy(update={"mentions": mentions}), text)


def _texts(gold: GoldSide, hashes: Mapping[str, str], folder: Path | None) -> dict[str, str]:
    if folder is None:
        return texts_at_hand(Path(parse_pinned(gold.written).path), hashes)
    if not folder.is_dir():
        raise Refusal("file.missing", f"There is no folder {folder}.", "Name the one that the articles lie in.")
    return texts_in(folder, hashes, named_so=False)
