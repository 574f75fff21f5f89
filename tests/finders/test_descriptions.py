"""Actors that are described and not named: how far the description goes, and which noun it is built on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.finders.names.descriptions import Description, DescriptionFinder
from annotator.finders.words import words
from annotator.model.guidelines import Guidelines
from annotator.text.folding import fold
from annotator.text.span import Span, span


@pytest.fixture(scope="module")
def finder(guidelines: Guidelines) -> DescriptionFinder:
    return DescriptionFinder(guidelines.lexicon.all_words())


def descriptions(finder: DescriptionFinder, text: str, *names: str) -> list[Description]:
    """What is found in `text`, of which `names` are known."""
    folded = fold(text)
    known = [span(text.index(name), text.index(name) + len(name)) for name in names]
    return list(finder.find(folded, words(folded.text), known))


def quotes(finder: DescriptionFinder, text: str, *names: str) -> list[tuple[str, str]]:
    return [(found.span.of(text), found.head.of(text)) for found in descriptions(finder, text, *names)]


@pytest.mark.parametrize(
    ("text", "quote", "head"),
    [
        ("Gunmen opened fire", "Gunmen", "Gunmen"),
        ("an armed group seized", "armed group", "group"),
        ("killing pro-government fighters", "pro-government fighters", "fighters"),
        ("by Iran-backed militias there", "Iran-backed militias", "militias"),
        ("the rebel fighters fled", "rebel fighters", "fighters"),
        ("a group of armed men stormed", "armed men", "men"),
        ("its forces and others", "its forces", "forces"),
        ("the forces that withdrew", "forces", "forces"),
        ("members of the militias loyal to them", "militias loyal to them", "militias"),
        ("militiamen loyal to the regime", "militiamen loyal to the regime", "militiamen"),
        ("Jets believed to be Israeli struck", "Jets believed to be Israeli", "Jets"),
        ("gunmen on motorcycles shot", "gunmen", "gunmen"),
        ("men in uniform shot", "men", "men"),
        ("militias loyal to them backed by others", "militias loyal to them", "militias"),
        ("the killing of a judge", "judge", "judge"),
        ("ثلاثة هاجمهم مسلحون مجهولون ليلا", "مسلحون مجهولون", "مسلحون"),
        ("وللمسلحين المجهولين", "مسلحين المجهولين", "مسلحين"),
        ("طائرات حربية مجهولة الهوية", "طائرات حربية مجهولة الهوية", "طائرات حربية"),
        ("طائرة أمريكية بدون طيار", "طائرة أمريكية بدون طيار", "طائرة"),
        ("وميليشيات موالية للنظام", "ميليشيات موالية للنظام", "ميليشيات"),
    ],
)
def test_a_description_takes_in_what_describes_its_noun(
    finder: DescriptionFinder, text: str, quote: str, head: str
) -> None:
    assert quotes(finder, text) == [(quote, head)]


@pytest.mark.parametrize(
    ("text", "name", "quote"),
    [
        ("militants of the Islamic State fled", "Islamic State", "militants of the Islamic State"),
        ("قوات مدعومة من تركيا", "تركيا", "قوات مدعومة من تركيا"),
        ("مقاتلون من حركة الشباب", "حركة الشباب", "مقاتلون من حركة الشباب"),
        ("فلول داعش", "داعش", "فلول داعش"),
    ],
)
def test_a_description_takes_in_the_name_that_it_leads_to(
    finder: DescriptionFinder, text: str, name: str, quote: str
) -> None:
    assert [found for found, _ in quotes(finder, text, name)] == [quote]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("SDF fighters", "SDF"),
        ("commanders of Hurras al-Din", "Hurras al-Din"),
        ("armed members of Hurras al-Din", "Hurras al-Din"),
        ("مجموعة من عناصر داعش", "داعش"),
        ("مجموعة من عناصر “داعش”", "داعش"),
        ("عناصر مسلحة من داعش", "داعش"),
        ("Rapid Support Forces", "Rapid Support Forces"),
        ("regime forces supported by them", "regime forces"),
        ("عناصر الجيش السوداني", "الجيش السوداني"),
        ("مئات من عناصر قسد", "قسد"),
    ],
)
def test_a_name_beside_a_common_noun_stands_alone(finder: DescriptionFinder, text: str, name: str) -> None:
    assert quotes(finder, text, name) == []


@pytest.mark.parametrize(
    "text",
    [
        "the militia attack on the village",
        "a sniper-proof wall",
        "a drone strike",
        "the group left",
        "people and men",
        "هجوم انتحاري",
        "القوات كبيرة السن",
        "ثلاثة مسلحين",
        "مخيم للنازحين",
        "مجموعة كاملة",
    ],
)
def test_a_noun_that_nothing_describes_or_that_describes_the_next_is_none(finder: DescriptionFinder, text: str) -> None:
    assert quotes(finder, text) in ([], [("القوات", "القوات")])


def test_the_adjective_of_a_people_is_an_actor_before_what_they_did(finder: DescriptionFinder) -> None:
    assert quotes(finder, "An Israeli air strike hit a van") == [("Israeli", "Israeli")]
    assert quotes(finder, "an Israeli hospital") == []


PIECES = [
    "gunmen", "the", "a", "armed", "group", "of", "loyal", "to", "pro", "-", "backed", "Iran", "SDF", "strike", "them",
    "مسلحون", "مجهولون", "من", "قوات", "موالية", "للنظام", "داعش", "“", "”", "،", ".", "7", "عشرات", "المسلحين", "و",
]  # fmt: skip


@given(pieces=st.lists(st.sampled_from(PIECES), min_size=1, max_size=40), glue=st.sampled_from([" ", "", "\n"]))
def test_descriptions_are_apart_and_hold_their_heads(finder: DescriptionFinder, pieces: list[str], glue: str) -> None:
    text = glue.join(pieces)
    found = descriptions(finder, text, *({"SDF", "داعش"} & set(pieces)))
    last = Span(span(0, 0).start, span(0, 0).start)
    for item in found:
        assert item.span.covers(item.head)
        assert item.span.start >= last.end
        last = item.span


@pytest.mark.parametrize("adjective", ["الإرهابي", "المتمرد", "المسلح"])
def test_an_adjective_behind_a_name_is_no_second_actor(finder: DescriptionFinder, adjective: str) -> None:
    assert quotes(finder, f"هاجم تنظيم داعش {adjective} القرية", "تنظيم داعش") == []
    assert quotes(finder, f"هاجم {adjective} القرية") == [(adjective, adjective)]
