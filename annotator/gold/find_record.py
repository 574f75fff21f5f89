"""Which record of gold a person means who names an article."""

from collections.abc import Sequence

from annotator.errors import Refusal
from annotator.model.record import GoldRecord


def find_record(records: Sequence[GoldRecord], written: str, gold: str) -> GoldRecord:
    """Give the record of the article that a person means: by id, or by the only id that begins so.

    `gold` is what the gold is called. Raises `Refusal` `article.unknown` when there is none, or several.
    """
    by_id = {record.article_id: record for record in records}
    begins = [name for name in by_id if name.startswith(written)]
    name = written if written in by_id else begins[0] if len(begins) == 1 else None
    if name is None:
        if begins:
            several = f"{written!r} is ambiguous: {len(begins)} articles of {gold} begin so."
            raise Refusal("article.unknown", several, f"Write more of one: {', '.join(begins)}.")
        raise Refusal(
            "article.unknown", f"{gold} has no article {written!r}.", "`annotator gold show GOLD` lists them."
        )
    return by_id[name]
