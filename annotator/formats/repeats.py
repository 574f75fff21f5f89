"""Things that are said twice: where they stand, and how spans that several events share become one mention."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator

from annotator.scoring.document import UNKNOWN, ScoredMention
from annotator.text.span import Span


def repeats(items: Iterable[Hashable]) -> Iterator[tuple[int, int]]:
    """Give the index of every item that equals one before it, with how often it stands there in all."""
    listed = list(items)
    counted = Counter(listed)
    if len(counted) == len(listed):
        return
    seen = set()
    for index, item in enumerate(listed):
        if item in seen:
            yield index, counted[item]
        seen.add(item)


def one_of_each(nested: Iterable[ScoredMention], listed: Iterable[ScoredMention]) -> list[ScoredMention]:
    """Give the nested spans that are not listed as mentions, each kind and span once; the one that says most stays.

    A span of unknown kind is the mention that has the same span, where there is one.
    """
    kept: dict[tuple[str, Span], ScoredMention] = {}
    present = {(mention.kind, mention.span) for mention in listed}
    for mention in nested:
        key = (mention.kind, mention.span)
        if key not in present and (key not in kept or _says(mention) > _says(kept[key])):
            kept[key] = mention
    of_known_kind = {span for kind, span in (*present, *kept) if kind != UNKNOWN}
    return [mention for mention in kept.values() if mention.kind != UNKNOWN or mention.span not in of_known_kind]


def _says(mention: ScoredMention) -> tuple[bool, str, str, str]:
    """Give an order by how much a mention says; what it says decides between equals, so that no list order does."""
    return mention.amount is not None, mention.label or "", mention.ref or "", repr(mention.amount)
