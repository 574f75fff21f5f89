"""Names that no registry knows: found by what stands around them, and cut where they end."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.finders.names.actors_and_places import ActorAndPlaceFinder
from annotator.model.guidelines import Guidelines
from annotator.model.registry import Registry
from annotator.text.folding import fold


@pytest.fixture(scope="module")
def finder(guidelines: Guidelines) -> ActorAndPlaceFinder:
    """A finder with an empty registry: nothing is known by name."""
    return ActorAndPlaceFinder(Registry(actors={}, places={}), guidelines.lexicon)


def found(finder: ActorAndPlaceFinder, text: str, kind: str) -> list[str]:
    return [item.span.of(text) for item in finder.find(text, fold(text)) if item.kind == kind]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("shells fell near Qarqash on Monday", ["Qarqash"]),
        ("in Tell Qarah, Reuters said", ["Tell Qarah"]),
        ("the town of al-Qarqash was", ["al-Qarqash"]),
        ("the town of Al Qarqash was", ["Al Qarqash"]),
        ("a base at Qarqash", ["Qarqash"]),
        ("Qarqash province", ["Qarqash"]),
        ("residents of Wadi Qarqash fled", ["Wadi Qarqash"]),
        ("in Qarqash and Sarfand they", ["Qarqash", "Sarfand"]),
        ("in Qarqash's Old Sarfand", ["Qarqash"]),
        ("قرب قرقاش", ["قرقاش"]),
        ("بلدة عيتا السرفند، أمس", ["عيتا السرفند"]),
        ("في قرقاش، ثم", ["قرقاش"]),
        ("على قاعدة قرقاش", ["قاعدة قرقاش"]),
        ("وقرية كفر قرقاش", ["كفر قرقاش"]),
        ("قرب قرقاش والسرفند", ["قرقاش", "السرفند"]),
        ("مديرية قرقاش بالسرفند", ["قرقاش", "السرفند"]),
        ("انسحبوا من السرفند.", ["السرفند"]),
        ("في سوق الشعب", ["الشعب"]),
    ],
)
def test_what_stands_where_places_stand_is_a_place(finder: ActorAndPlaceFinder, text: str, places: list[str]) -> None:
    assert found(finder, text, "place") == places


@pytest.mark.parametrize(
    "text",
    [
        "in March", "at Monday", "In English they", "near Turkish positions", "in NATO", "Ahmad said", "to Ahmad",
        "In the village", "Qarqash", "في حين", "في عملية عسكرية", "في ظل القصف", "إلى مقتل", "بلدة قريبة", "من نوعه",
        "في تصعيد كبير", "حي سكني", "على التوالي.", "في قرقاش مسالمة", "من قرقاشها",
    ],
)  # fmt: skip
def test_months_peoples_persons_and_common_words_are_no_places(finder: ActorAndPlaceFinder, text: str) -> None:
    assert found(finder, text, "place") == []


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("the Liwa Qarqash brigade", "Liwa Qarqash"),
        ("the Qarqash Martyrs Brigade", "Qarqash Martyrs Brigade"),
        ("a Qarqash militia checkpoint", "Qarqash"),
        ("the field commander Abu Qarqash", "Abu Qarqash"),
        ("QRQ reported", "QRQ"),
        ("هاجم لواء قرقاش", "لواء قرقاش"),
        ("وكتيبة ثوار القرقاش في", "كتيبة ثوار القرقاش"),
        ("أعلن المجلس القرقاشي الجنوبي", "المجلس القرقاشي الجنوبي"),
        ("القائد العسكري أبو قرقاش", "أبو قرقاش"),
    ],
)
def test_what_is_called_a_group_or_commands_one_is_an_actor(finder: ActorAndPlaceFinder, text: str, actor: str) -> None:
    assert found(finder, text, "actor") == [actor]


@pytest.mark.parametrize("text", ["حركة نزوح واسعة", "المجلس الخميس", "جيش كبير", "قوات إضافية", "حركة واسعة"])
def test_a_word_for_a_group_with_a_common_word_is_no_name(finder: ActorAndPlaceFinder, text: str) -> None:
    named = [item for item in finder.find(text, fold(text)) if item.kind == "actor" and item.said.head is None]
    assert named == []


PIECES = [
    "in",
    "near",
    "al",
    "-",
    "Qarqash",
    "Abu",
    "’s",
    "and",
    "Brigade",
    "في",
    "قرب",
    "قرقاش",
    "كفر",
    "والسرفند",
    "لواء",
    ".",
    "5",
]


@given(pieces=st.lists(st.sampled_from(PIECES), max_size=30), glue=st.sampled_from([" ", "", "\n"]))
def test_names_of_one_kind_are_apart_on_any_text(finder: ActorAndPlaceFinder, pieces: list[str], glue: str) -> None:
    text = glue.join(pieces)
    for kind in ("actor", "place"):
        spans = sorted(item.span for item in finder.find(text, fold(text)) if item.kind == kind)
        assert all(first.end <= second.start for first, second in pairwise(spans))


@pytest.mark.parametrize(
    "text",
    [
        "قصف المدينة بواسطة الطائرات", "من المقرر أن تبدأ", "من جهته قال", "ومن جهتها أعلنت", "من ناحية أخرى قال",
        "من شأنه أن", "استهدف من قبل", "القبض على عنصر من",
    ],
)  # fmt: skip
def test_set_phrases_name_no_place(guidelines: Guidelines, text: str) -> None:
    finder = ActorAndPlaceFinder(guidelines.registry, guidelines.lexicon)
    assert found(finder, text, "place") == []
    assert found(finder, "في محافظة واسط، قال", "place") == ["محافظة واسط"]


def test_what_somebody_does_is_no_part_of_their_name(finder: ActorAndPlaceFinder) -> None:
    assert found(finder, "ألقت القوات الأمنية القبض على ثلاثة", "actor") == ["القوات الأمنية"]
    assert found(finder, "فتحت القوات الأمنية النار على", "actor") == ["القوات الأمنية"]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Turkey-backed rebels took the town.", []),
        ("Turkey-backed forces of the north", []),
        ("in Turkey-occupied areas", []),
        ("Fighting in Russian-occupied Donetsk went on.", ["Donetsk"]),
        ("Fighting in Turkish-occupied Qarqash went on.", ["Qarqash"]),
        ("an Idlib-based group", []),
        ("Fighters in Idlib-based workshops", ["Idlib"]),
    ],
)
def test_who_backs_and_who_occupies_is_no_place(guidelines: Guidelines, text: str, places: list[str]) -> None:
    assert found(ActorAndPlaceFinder(guidelines.registry, guidelines.lexicon), text, "place") == places
