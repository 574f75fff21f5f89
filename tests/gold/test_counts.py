"""What a release says it holds: by kind, type, role and language."""

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.gold.counts import counts_of
from annotator.model.record import GoldRecord

Make = Callable[..., GoldRecord]


def in_hub(record: GoldRecord, hub: str | None, **others: object) -> GoldRecord:
    events = tuple(event.model_copy(update={"hub": hub}) for event in record.events)
    return record.model_copy(update={"events": events, **others})


def test_each_language_is_counted_by_itself(make_record: Make) -> None:
    arabic = make_record("003").model_copy(update={"language": "ar", "complete": False})
    counts = counts_of([make_record("001"), make_record("002"), arabic])
    assert counts.mentions == {"trigger": 3, "number": 3}
    assert counts.events == {"clash.armed": 3}
    assert counts.arguments == {"killed": 3}
    english = counts.languages["en"]
    assert (english.articles, english.complete, english.mentions) == (2, 2, {"trigger": 2, "number": 2})
    other = counts.languages["ar"]
    assert (other.articles, other.complete, other.events, other.arguments) == (1, 0, {"clash.armed": 1}, {"killed": 1})


def test_a_hub_counts_once_two_articles_tell_of_it(make_record: Make) -> None:
    alone = [in_hub(make_record("001"), "h1"), in_hub(make_record("002"), "h2"), in_hub(make_record("003"), None)]
    assert counts_of(alone).hubs == 0
    assert counts_of([*alone, in_hub(make_record("004"), "h1"), in_hub(make_record("005"), "h1")]).hubs == 1


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_languages_sum_to_the_whole(data: st.DataObject, corpora: st.SearchStrategy[list[GoldRecord]]) -> None:
    counts = counts_of(data.draw(corpora))
    parts = counts.languages.values()
    for field in ("articles", "complete", "rejected"):
        assert sum(getattr(part, field) for part in parts) == getattr(counts, field)
    for field in ("mentions", "events", "arguments"):
        assert sum(sum(getattr(part, field).values()) for part in parts) == sum(getattr(counts, field).values())
