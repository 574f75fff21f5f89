"""Two records are compared in what both say."""

from collections.abc import Callable

from annotator.gold.diff import diff
from annotator.gold.unsaid import in_common
from annotator.model.record import GoldRecord

ONLY_MENTIONS = {"a": frozenset({"article_id", "mentions"})}


def test_what_one_side_does_not_say_is_no_change(make_record: Callable[..., GoldRecord]):
    whole = make_record("a")
    bare = whole.model_copy(update={"language": "unknown", "text_sha256": "0" * 64, "complete": False, "events": ()})
    assert {change.name for change in diff([whole], [bare])} == {"text changed"}
    assert diff(*in_common({"a": whole}, {}, {"a": bare}, ONLY_MENTIONS)) == ()
    assert diff(*in_common({"a": bare}, ONLY_MENTIONS, {"a": whole}, {})) == ()


def test_what_it_says_is_compared(make_record: Callable[..., GoldRecord]):
    whole = make_record("a")
    fewer = whole.model_copy(update={"mentions": whole.mentions[:1], "events": ()})
    (change,) = diff(*in_common({"a": whole}, {}, {"a": fewer}, ONLY_MENTIONS))
    assert change.name == "mention removed"


def test_articles_of_one_side_alone_stay_whole(make_record: Callable[..., GoldRecord]):
    before, after = in_common({"a": make_record("a")}, {}, {"b": make_record("b")}, {"b": frozenset({"mentions"})})
    assert (before, after) == ([make_record("a")], [make_record("b")])
