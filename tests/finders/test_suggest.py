"""What is proposed on the five seeds, and what holds of every proposal on any text.

The expected lists were written by reading the articles; as the lexicon was written beside them, they are in-sample.
"""

import gc
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.finders.openings import Openings
from annotator.finders.suggest import Finders, suggest
from annotator.model.annotation import reading_order
from annotator.model.article import READ_REGIONS, Article, Metadata
from annotator.model.guidelines import Guidelines
from annotator.model.suggestions import Suggestions
from annotator.text.intake import take_in

NUMBERS = {
    "000": [
        "dozens", "Dozens", "a large number of", "two", "two", "a limited number of", "more than 100",
        "about 500", "two",
    ],
    "001": [
        "العشرات", "عشرات", "عدد كبير من", "منطقتين", "قريتي", "عدد محدد من", "بلدتي", "أكثر من 100",
        "نحو 500", "الهجومين",
    ],
    "002": [
        "أكثر من خمس", "دون معرفة حجم الخسائر", "خمسة", "عدداً من", "العشرات", "عدد من", "عشرات", "منطقتين", "قريتي",
        "عدد كبير من",
    ],
    "003": [
        "more than 65 Km", "no information about casualties", "several",
        "no information at the moment about casualties",
        "without information about injuries", "two", "2", "6 members at least", "at least 4", "924", "557 at least",
        "2 months", "about two thirds", "367 at least", "tens",
    ],
    "004": [
        "80", "a week", "80", "one week", "150", "at least 80", "about 150", "several", "eleven",
        "More than six thousand",
        "Several", "two", "less than two weeks", "numerous",
    ],
}  # fmt: skip

TIMES = {
    "000": ["Thursday", "Tuesday", "two days ago", "today", "night of February 7", "a day after"],
    "001": [
        "اليوم الخميس", "أمس الأول الثلاثاء", "اليوم", "قبل يومين", "اليوم", "ليل 7 فبراير/ شباط الماضي", "بعد يوم",
    ],
    "002": ["أمس", "قبل ثلاثة أيام", "الخميس", "الثلاثاء"],
    "003": [
        "after midnight of yesterday", "yesterday morning, Wednesday", "after midnight of yesterday",
        "before midnight",
        "Tuesday evening", "21st of May 2016", "since midnight of yesterday", "13th of March 2018",
    ],
    "004": ["a week ago", "a few hours ago", "in recent days"],
}  # fmt: skip


def quotes(found: Suggestions, kind: str) -> list[str]:
    return [candidate.quote for candidate in found.candidates if candidate.kind == kind]


@pytest.mark.parametrize("seed", NUMBERS)
def test_the_numbers_of_the_seeds(seeds: dict[str, Article], guidelines: Guidelines, seed: str) -> None:
    assert quotes(suggest(seeds[seed], guidelines), "number") == NUMBERS[seed]


@pytest.mark.parametrize("seed", TIMES)
def test_the_times_of_the_seeds(seeds: dict[str, Article], guidelines: Guidelines, seed: str) -> None:
    assert quotes(suggest(seeds[seed], guidelines), "time") == TIMES[seed]


def values(found: Suggestions) -> dict[str, dict[str, object]]:
    return {candidate.quote: candidate.value.plain() for candidate in found.candidates if candidate.value is not None}


def test_the_two_sides_of_a_total_add_up(seeds: dict[str, Article], guidelines: Guidelines) -> None:
    told = values(suggest(seeds["003"], guidelines))
    assert told["924"]["best"] == 924
    assert (told["557 at least"]["low"], told["367 at least"]["low"]) == (557, 367)
    assert told["about two thirds"]["best"] == 371
    assert {told[quote]["scope"] for quote in ("924", "557 at least", "367 at least")} == {"cumulative"}


def test_a_translation_and_its_original_agree_on_every_figure(
    seeds: dict[str, Article], guidelines: Guidelines
) -> None:
    english, arabic = (values(suggest(seeds[seed], guidelines)) for seed in ("000", "001"))
    for ours, theirs in [("dozens", "العشرات"), ("more than 100", "أكثر من 100"), ("about 500", "نحو 500")]:
        assert english[ours] == arabic[theirs]


def test_the_same_words_mean_two_nights_in_one_article(seeds: dict[str, Article], guidelines: Guidelines) -> None:
    nights = [
        candidate.value.plain()
        for candidate in suggest(seeds["003"], guidelines).candidates
        if candidate.quote == "after midnight of yesterday" and candidate.value is not None
    ]
    assert [night["anchor"] for night in nights] == ["publication", "quoted_report"]


def test_a_casualty_takes_the_type_of_the_event_beside_it(seeds: dict[str, Article], guidelines: Guidelines) -> None:
    triggers = [
        (candidate.quote, candidate.label, candidate.trigger_class)
        for candidate in suggest(seeds["000"], guidelines).candidates
        if candidate.kind == "trigger"
    ]
    assert ("fell", "strike.air", "casualty") in triggers
    assert ("kills", "clash.armed", "casualty") in triggers
    assert ("air strikes", "strike.air", "event") in triggers


@pytest.mark.parametrize("seed", ["000", "001", "002", "003", "004"])
def test_nothing_is_proposed_in_boilerplate(seeds: dict[str, Article], guidelines: Guidelines, seed: str) -> None:
    assert_sound(suggest(seeds[seed], guidelines), seeds[seed])


@pytest.mark.parametrize("seed", ["000", "001", "002", "003", "004"])
def test_proposals_carry_what_their_kind_needs(seeds: dict[str, Article], guidelines: Guidelines, seed: str) -> None:
    for candidate in suggest(seeds[seed], guidelines).candidates:
        match candidate.kind:
            case "trigger":
                assert candidate.label in guidelines.schema.types
                assert candidate.trigger_class is not None
            case "actor":
                assert candidate.ref is None or candidate.ref in guidelines.registry.actors
                assert candidate.ref is None or candidate.head is None
            case "place":
                assert candidate.ref is None or candidate.ref in guidelines.registry.places
                assert candidate.head is None
            case _:
                assert candidate.value is not None


def assert_sound(found: Suggestions, article: Article) -> None:
    text = article.text
    read = [region.span for region in found.regions if region.kind in READ_REGIONS]
    for candidate in found.candidates:
        assert candidate.quote == text[candidate.start : candidate.end]
        assert any(region.covers(candidate.span) for region in read)
    assert len({candidate.id for candidate in found.candidates}) == len(found.candidates)
    assert list(found.candidates) == sorted(found.candidates, key=reading_order)
    for kind in ("actor", "place", "number", "time", "trigger"):
        spans = sorted(candidate.span for candidate in found.candidates if candidate.kind == kind)
        assert all(first.end <= second.start for first, second in pairwise(spans))
    for candidate in found.candidates:
        if candidate.kind != "number":
            assert all(other.span == candidate.span for other in found.candidates if other.span.covers(candidate.span))


def article(text: str, published: str | None = None) -> Article:
    taken = take_in(text.encode(), "made-up")
    return Article(
        article_id="made-up",
        text=taken.text,
        raw_sha256=taken.raw_sha256,
        text_sha256=taken.text_sha256,
        metadata=Metadata(language="en", published=published),
    )


PIECES = [
    "killed", "at least", "more than", "65", "km", "dozens of", "two thirds", "of", "them", "yesterday",
    "morning", ",",
    "Wednesday", "21st", "May", "2016", "and", "between", "10", "-", "hundred", "a", "week", "ago", ".", "\n", "\n\n",
    "T2", "IS", "Deir Ezzor", "قسد", "وقسد", "للتحالف", "خمسة", "وعشرين", "ألف", "منطقتين", "قبل", "يومين",
    "أكثر", "من",
    "عدد", "اليوم", "الخميس", "شباط", "7", "/", "فبراير", "الماضي", "ـ", "\u0651", "\u00a0", "“", "”",
    "دع تعليقا", "و",
    "no information", "casualties", "published", "that", "half", "one", "two", "thousand", "than", "at",
    "least", "الـ", "٣",
]  # fmt: skip


@given(
    pieces=st.lists(st.sampled_from(PIECES), min_size=1, max_size=30),
    glue=st.sampled_from([" ", "", "  "]),
    published=st.sampled_from([None, "2018-05-24"]),
)
def test_proposals_are_sound_on_any_text(
    guidelines: Guidelines, pieces: list[str], glue: str, published: str | None
) -> None:
    told = article("Title\n\n" + glue.join(pieces), published)
    found = suggest(told, guidelines)
    assert_sound(found, told)
    assert suggest(told, guidelines) == found


@given(text=st.text(min_size=1, max_size=60))
def test_any_characters_are_read(guidelines: Guidelines, text: str) -> None:
    clean = "".join(character for character in text if character.isprintable())
    told = article("Title\n\n5 men " + clean)
    assert_sound(suggest(told, guidelines), told)


def test_the_name_of_the_finders_follows_the_guidelines(seeds: dict[str, Article], guidelines: Guidelines) -> None:
    found = suggest(seeds["004"], guidelines)
    assert found.finders == f"lexicon/3+{guidelines.digest[:12]}"
    assert {candidate.finders for candidate in found.candidates} == {("lexicon/3",)}


def test_a_day_is_no_place_that_nobody_knows(guidelines: Guidelines) -> None:
    told = article("Title\n\nThe toll from Saturday's blasts near Karmuka has climbed.\n", "2025-04-12")
    found = suggest(told, guidelines)
    assert (quotes(found, "time"), quotes(found, "place")) == (["Saturday"], ["Karmuka"])


@pytest.mark.parametrize("collecting", [True, False])
def test_finding_leaves_the_search_for_cycles_as_it_was(
    seeds: dict[str, Article], guidelines: Guidelines, collecting: bool
) -> None:
    before = gc.isenabled()
    try:
        (gc.enable if collecting else gc.disable)()
        suggest(seeds["003"], guidelines)
        assert gc.isenabled() is collecting
    finally:
        (gc.enable if before else gc.disable)()


def test_asking_every_reader_at_every_word_finds_nothing_more(
    seeds: dict[str, Article], guidelines: Guidelines, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = {key: suggest(article, guidelines) for key, article in seeds.items()}
    monkeypatch.setattr(Openings, "_look_up", lambda self, _word: tuple(reader for reader, _ in self._readers))
    patient = Finders(guidelines)
    assert {key: patient.suggest(article) for key, article in seeds.items()} == found


def test_a_word_in_the_name_of_an_actor_is_no_trigger(guidelines: Guidelines) -> None:
    told = article("Title\n\nThe National Mobilization Army and the Rapid Strike Battalion shelled the town.\n")
    found = suggest(told, guidelines)
    assert quotes(found, "actor") == ["National Mobilization Army", "Rapid Strike Battalion"]
    assert quotes(found, "trigger") == ["shelled"]
