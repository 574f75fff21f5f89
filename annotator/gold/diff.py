"""What changed in meaning from one version of gold to another, article by article. No disk, no ids, no screen.

What is the same thing on both sides is decided in `annotator.gold.alignment`; here only what is said of it is compared.
A thing that is new or gone is one change, with all that it says; its parts are not told again.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from annotator.gold.alignment import Alignment, align, same_hubs, with_itself
from annotator.gold.change import WHATS, Change, How, What
from annotator.gold.event_changes import Hubs, changes_of_events, tellings
from annotator.gold.mention_changes import changes_of_mentions
from annotator.gold.schema_changes import schema_changes
from annotator.gold.stretch_changes import changes_of_regions, changes_of_rejected
from annotator.gold.telling import Telling
from annotator.gold.version import labels_of
from annotator.model.event import Event
from annotator.model.record import GoldRecord
from annotator.model.schema import Schema


def diff(
    before: Iterable[GoldRecord],
    after: Iterable[GoldRecord],
    schemas: tuple[Schema, Schema] | None = None,
) -> tuple[Change, ...]:
    """Give the changes from `before` to `after`: of the schema first, then by article id, in reading order.

    Each side holds an article once. Without `schemas` nothing is said of them.
    """
    old, new = ({record.article_id: record for record in side} for side in (before, after))
    both = [(old[name], new[name]) for name in sorted(old.keys() & new.keys())]
    same_text = [pair for pair in both if pair[0].text_sha256 == pair[1].text_sha256]
    # Most articles of most versions are the same: those need no pairing.
    equal = {was.article_id for was, now in same_text if labels_of(was) == labels_of(now)}
    aligned = {
        was.article_id: with_itself(was) if was.article_id in equal else align(was, now) for was, now in same_text
    }
    hubs = _hubs(old, new, same_text, aligned)
    found = list(schema_changes(*schemas)) if schemas else []
    for name in sorted(old.keys() | new.keys()):
        was, now = old.get(name), new.get(name)
        if was is None or now is None:
            found += _whole_article(was, now)
        elif name not in aligned:
            found.append(_of_article("text", name, was.text_sha256, now.text_sha256))
        elif name not in equal or not hubs.keep_their_names(was.events):
            found += sorted(_within(was, now, aligned[name], hubs), key=_reading_order)
    return tuple(found)


def _hubs(
    old: Mapping[str, GoldRecord],
    new: Mapping[str, GoldRecord],
    same_text: Sequence[tuple[GoldRecord, GoldRecord]],
    aligned: Mapping[str, Alignment],
) -> Hubs:
    pairs = chain.from_iterable(_paired_events(*pair, aligned[pair[0].article_id]) for pair in same_text)
    return Hubs(same_hubs(pairs), tellings(old.values()), tellings(new.values()))


def _paired_events(was: GoldRecord, now: GoldRecord, aligned: Alignment) -> Iterator[tuple[Event, Event]]:
    for i, j in aligned.events:
        if i is not None and j is not None:
            yield was.events[i], now.events[j]


def _whole_article(was: GoldRecord | None, now: GoldRecord | None) -> Iterator[Change]:
    if now is not None:
        yield Change(what="article", how="added", article_id=now.article_id, after=Telling(now).all())
    elif was is not None:
        yield Change(what="article", how="removed", article_id=was.article_id, before=Telling(was).all())


def _of_article(what: What, article_id: str, before: str, after: str) -> Change:
    return Change(what=what, how="changed", article_id=article_id, before=before, after=after)


def _within(was: GoldRecord, now: GoldRecord, aligned: Alignment, hubs: Hubs) -> Iterator[Change]:
    """Give the changes of an article whose text is the same."""
    name = was.article_id
    if was.language != now.language:
        yield _of_article("language", name, was.language, now.language)
    if was.complete != now.complete:
        yield _of_article("complete", name, *("yes" if side.complete else "no" for side in (was, now)))
    found = chain(
        changes_of_regions(was.regions, now.regions),
        changes_of_events(was, now, aligned, hubs),
        changes_of_mentions(was, now, aligned),
        changes_of_rejected(was.rejected, now.rejected),
    )
    for change in found:
        yield change.model_copy(update={"article_id": name})


_ORDER: Mapping[How, int] = {"removed": 0, "added": 1, "changed": 2}


def _reading_order(change: Change) -> tuple[object, ...]:
    """Sort key: what is about all of the article first, then by place; at one place by what it is."""
    place = change.place
    at = (place.start, place.end) if place else (-1, -1)
    return at, WHATS.index(change.what), _ORDER[change.how], change.before or "", change.after or ""
