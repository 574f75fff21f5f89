"""What a person worked on, and where a hub is named, as the tables say it."""

from collections.abc import Callable

from sqlalchemy import Engine

from annotator.model.article import Article
from annotator.model.decision import Decision, SetEvent
from annotator.model.event import Event
from annotator.store.articles import put_article
from annotator.store.log import Standing, append, standings
from annotator.store.worked_on import naming_hub, worked_on

HUB = "a_1:0-5"


def test_texts_are_those_that_the_person_decided_on_and_hubs_are_found_by_their_very_name(
    engine: Engine,
    make_article: Callable[..., Article],
    make_decision: Callable[..., Decision],
    make_standing: Callable[..., Standing],
) -> None:
    for number, (person, article_id, hub) in enumerate(
        [("a1", "002", HUB), ("a1", "001", "aX1:0-5"), ("a2", "001", HUB), ("a1", "003", f"{HUB}#2")]
    ):
        article = make_article(article_id)
        put_article(engine, article)
        event = Event(id="e", type="strike.air", triggers=("t",), hub=hub)
        decision = make_decision(f"d{number}", article, person)
        append(
            engine, [decision.model_copy(update={"changes": (SetEvent(event=event),)})], 0,
            make_standing(article, person),
        )  # fmt: skip
    assert [text[::2] for text in worked_on(engine, "a1")] == [("001", 1), ("002", 1), ("003", 1)]
    assert worked_on(engine, "a3") == []
    assert naming_hub(engine, HUB, "a1") == {"002"}
    assert naming_hub(engine, HUB) == {"001", "002"}
    assert naming_hub(engine, "a%", "a1") == set()


def test_a_text_that_was_only_looked_at_is_none_that_a_person_worked_on(
    engine: Engine, make_article: Callable[..., Article], make_standing: Callable[..., Standing]
) -> None:
    article = make_article("001")
    put_article(engine, article)
    append(engine, [], 0, make_standing(article, "a1"))
    assert len(standings(engine)) == 1
    assert worked_on(engine, "a1") == []
