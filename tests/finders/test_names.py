"""Where names are found, and where they are not: Arabic clitics, whole words, capitals, the longest name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.finders.names.actors_and_places import ActorAndPlaceFinder
from annotator.finders.phrases import Phrases
from annotator.model.guidelines import Guidelines
from annotator.text.folding import fold


@pytest.fixture(scope="module")
def finder(guidelines: Guidelines) -> ActorAndPlaceFinder:
    return ActorAndPlaceFinder(guidelines.registry, guidelines.lexicon)


def found(finder: ActorAndPlaceFinder, text: str) -> list[tuple[str, str, str | None]]:
    return [(kind, span.of(text), said.ref) for kind, span, said in finder.find(text, fold(text))]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("وقسد من جهة", "قسد"),
        ("لقسد", "قسد"),
        ("فبقسد", "قسد"),
        ("“قسد”", "قسد"),
        ("قسد", "قسد"),
        ("قـسـد", "قـسـد"),
        ("والتحالف", "التحالف"),
        ("للتحالف.", "تحالف"),
        ("بالتحالف", "التحالف"),
        ("وحلفائه", "حلفائه"),
    ],
)
def test_a_name_begins_behind_glued_letters(finder: ActorAndPlaceFinder, text: str, quote: str) -> None:
    assert [span for _, span, _ in found(finder, text)] == [quote]


@pytest.mark.parametrize("text", ["مقسد", "قسدي", "تقسد", "فسقسد", "قسدان", "نظام", "بنظام", "تحالف جديد"])
def test_a_name_is_not_found_inside_another_word_nor_without_its_article(
    finder: ActorAndPlaceFinder, text: str
) -> None:
    assert found(finder, text) == []


@pytest.mark.parametrize("text", ["this is it", "between us", "Russians' own issues", "Iranology", "homsick"])
def test_english_names_are_whole_words_and_capitals_stay_capitals(finder: ActorAndPlaceFinder, text: str) -> None:
    assert [ref for _, _, ref in found(finder, text) if ref not in ("russia",)] == []


def test_capitals_are_found_as_capitals(finder: ActorAndPlaceFinder) -> None:
    assert ("actor", "IS", "isis") in found(finder, "forces against IS since")


def test_the_longest_name_of_a_kind_wins(finder: ActorAndPlaceFinder) -> None:
    assert found(finder, "in the eastern countryside of Deir Ezzor") == [
        ("place", "eastern countryside of Deir Ezzor", "deir_ezzor_countryside_east")
    ]


def test_a_part_of_a_name_of_the_other_kind_is_no_name(finder: ActorAndPlaceFinder) -> None:
    assert found(finder, "The Euphrates Post") == [("actor", "Euphrates Post", "euphrates_post")]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("talks with Damascus on Sunday", ["actor", "place"]),
        ("Damascus aims", ["actor"]),
        ("it said that Turkey deployed troops", ["actor"]),
        ("Turkey's operation", ["actor"]),
        ("shells on Damascus killed six", ["actor", "place"]),
        ("a blast in Damascus", ["place"]),
        ("أعلنت تركيا", ["actor"]),
        ("وأنقرة تنفي", ["actor"]),
        ("في أنقرة", ["place"]),
        ("ضد تركيا", ["actor", "place"]),
    ],
)
def test_a_name_that_is_an_actor_and_a_place_is_both_unless_the_words_beside_it_tell(
    finder: ActorAndPlaceFinder, text: str, kinds: list[str]
) -> None:
    assert [kind for kind, _, ref in found(finder, text) if ref is not None] == kinds


@pytest.mark.parametrize(
    ("text", "ref"),
    [("Deir ez-Zor", "deir_ezzor"), ("Deir\u00a0Ezzor", "deir_ezzor"), ("Merat", "marat"), ("Muhaymida", "muhaimida")],
)
def test_spellings_lead_to_one_place(finder: ActorAndPlaceFinder, text: str, ref: str) -> None:
    assert [found_ref for _, _, found_ref in found(finder, text)] == [ref]


def naive(word: str, text: str) -> list[int]:
    """Where an English word stands as a whole word, by plain looking."""
    starts = []
    for start in range(len(text) - len(word) + 1):
        end = start + len(word)
        free_left = start == 0 or not text[start - 1].isalnum()
        free_right = end == len(text) or not text[end].isalnum()
        if text[start:end] == word and free_left and free_right:
            starts.append(start)
    return starts


@given(text=st.text("abx- .", max_size=40), word=st.sampled_from(["a", "ab", "b a", "x-b"]))
def test_phrases_are_found_where_plain_looking_finds_them(text: str, word: str) -> None:
    phrases = Phrases([(word, None)])
    assert sorted(item.span.start for item in phrases.find(text, fold(text))) == naive(word, text)


def test_the_adjective_of_a_state_is_not_its_name(finder: ActorAndPlaceFinder) -> None:
    assert [item for item in found(finder, "33 جندياً تركياً") if item[2] is not None] == []
    assert [ref for _, _, ref in found(finder, "ضد تركيا")] == ["turkey", "turkey"]


def test_every_entry_of_the_registry_is_named_in_both_languages(guidelines: Guidelines) -> None:
    entries = {**guidelines.registry.actors, **guidelines.registry.places}
    assert [key for key, entry in entries.items() if not (entry.en and entry.ar)] == []


def test_no_actor_is_named_like_a_province(guidelines: Guidelines) -> None:
    names = [name for actor in guidelines.registry.actors.values() for name in (*actor.en, *actor.ar)]
    assert [name for name in names if name.endswith((" province", " governorate")) or name.startswith("محافظة")] == []


@pytest.mark.parametrize(
    ("text", "organizations"),
    [
        ("The organization fled, and 6 members of organization were killed.", ["The organization", "organization"]),
        ("Six members of organization were killed.", []),
        ("The organization fled. An organization for relief said so.", ["The organization"]),
    ],
)
def test_a_name_without_its_article_is_known_where_the_article_stood_before(
    finder: ActorAndPlaceFinder, text: str, organizations: list[str]
) -> None:
    assert [quote for kind, quote, ref in found(finder, text) if kind == "actor" and ref == "isis"] == organizations


@pytest.mark.parametrize(
    ("text", "refs"),
    [
        (
            "in the provinces of Damascus, Deir Ezzor, and Homs",
            ["damascus_province", "deir_ezzor_province", "homs_province"],
        ),
        ("in the provinces of Homs. Damascus was quiet", ["homs_province", "damascus"]),
        ("in Damascus and Homs", ["damascus", "homs"]),
        ("في محافظات دمشق وحمص", ["damascus_province", "homs_province"]),
    ],
)
def test_what_a_row_is_called_holds_for_each_of_its_names(
    finder: ActorAndPlaceFinder, text: str, refs: list[str]
) -> None:
    assert [ref for kind, _, ref in found(finder, text) if kind == "place"] == refs


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("في بلدة السوسة", "السوسة"),
        ("near Muhaimida area", "Muhaimida"),
        ("in al-Bokamal city", "al-Bokamal city"),
        ("منطقة غصن الزيتون", "منطقة غصن الزيتون"),
    ],
)
def test_a_village_is_named_without_the_word_and_a_city_with_it(
    finder: ActorAndPlaceFinder, text: str, quote: str
) -> None:
    assert [span for kind, span, _ in found(finder, text) if kind == "place"] == [quote]


def test_who_backs_somebody_is_no_place(finder: ActorAndPlaceFinder) -> None:
    assert ("place", "إيران", "iran") not in found(finder, "الميليشيات المتحالفة معها المدعومة إيران")
    assert ("actor", "إيران", "iran") in found(finder, "الميليشيات المتحالفة معها المدعومة إيران")
