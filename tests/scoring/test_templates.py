"""Filled templates against gold ones: each sentence of the definition as a case, and where it is ours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.template import Name, Template
from annotator.scoring.templates import TYPE, TemplateScore, count_templates, plain


def template(type, **roles):
    """A template; an entity is its strings, with `/` between them."""
    return Template(
        type,
        tuple(
            (role, tuple(tuple(Name(said) for said in entity.split("/") if said) for entity in entities))
            for role, entities in roles.items()
        ),
    )


def scored(gold, predicted):
    total = TemplateScore()
    for score in count_templates(gold, predicted).values():
        total = total.plus(score)
    return tuple(total)


@pytest.mark.parametrize(
    ("said", "compared"),
    [
        ("The FMLN", "fmln"),
        ("an  attack on a   town", "attack on town"),
        ("drug-trafficking (mafias)", "drugtrafficking mafias"),
        ("theatre another", "theatre another"),
        ("القاعدة، فرع", "القاعدة فرع"),
    ],
)
def test_strings_are_compared_without_case_punctuation_articles_and_blanks(said, compared):
    assert plain(said) == compared


def test_the_type_counts_as_a_role_and_entities_by_theirs():
    gold = [template("attack", Victim=["a priest/the priest"], Weapon=["rifles"])]
    predicted = [template("attack", Victim=["Priest", "two men"])]
    assert count_templates(gold, predicted) == {
        TYPE: (1, 1, 1, 1),
        "Victim": (1, 2, 1, 1),
        "Weapon": (0, 0, 0, 1),
    }


def test_all_strings_of_a_predicted_entity_must_be_among_those_of_one_gold_entity():
    gold = [template("attack", Victim=["mayor/leader", "guard"])]
    assert scored(gold, [template("attack", Victim=["mayor/leader"])]) == (2, 2, 2, 3)
    assert scored(gold, [template("attack", Victim=["mayor/guard"])]) == (1, 2, 1, 3)


def test_two_predicted_entities_may_be_right_by_one_gold_entity_that_is_found_once():
    gold = [template("attack", Victim=["mayor/leader"])]
    assert scored(gold, [template("attack", Victim=["mayor", "leader"])]) == (3, 3, 2, 2)


def test_one_predicted_entity_may_find_two():
    gold = [template("attack", Weapon=["bomb/device", "bomb/charge"])]
    assert scored(gold, [template("attack", Weapon=["bomb"])]) == (2, 2, 3, 3)


@pytest.mark.parametrize(
    ("gold", "predicted", "mapped"),
    [
        ("attack / bombing", "attack", True),
        ("attack / bombing", "bombing", True),
        ("attack", "attack / bombing", False),
        ("attack", "arson", False),
        ("attack", "", False),
    ],
)
def test_templates_are_mapped_where_the_predicted_type_is_part_of_the_gold_one(gold, predicted, mapped):
    assert scored([template(gold)], [template(predicted)]) == ((1, 1, 1, 1) if mapped else (0, 1, 0, 1))


def test_an_entity_does_not_count_in_another_template_nor_in_another_role():
    gold = [template("attack", Victim=["mayor"]), template("bombing", Target=["office"])]
    predicted = [template("attack", Victim=["office"]), template("bombing", Victim=["office"])]
    assert scored(gold, predicted) == (2, 4, 2, 4)


def test_the_mapping_is_the_one_with_the_best_f1_and_one_to_one():
    gold = [template("attack", Victim=["mayor", "guard"]), template("attack", Victim=["mayor"])]
    predicted = [template("attack", Victim=["mayor"]), template("attack", Victim=["mayor", "guard"])]
    assert scored(gold, predicted) == (5, 5, 5, 5)
    assert scored(gold[:1], predicted) == (3, 5, 3, 3)


def test_equal_gold_templates_count_once_and_equal_predicted_ones_each():
    one = template("attack", Victim=["mayor", "guard"])
    same = template("attack", Weapon=[], Victim=["The guard", "mayor"])
    assert scored([one, same], [one]) == (3, 3, 3, 3)
    assert scored([one], [one, same]) == (3, 6, 3, 3)


def test_an_entity_of_which_no_string_is_left_matches_nothing():
    gold = [template("attack", Victim=["mayor"])]
    for empty in ("", "the", "..."):
        assert scored(gold, [template("attack", Victim=[empty])]) == (1, 2, 1, 2)
        assert scored([template("attack", Victim=[empty])], [template("attack", Victim=[empty])]) == (1, 2, 1, 2)


def test_what_is_predicted_where_gold_has_nothing_counts_as_wrong():
    score = TemplateScore(*scored([], [template("attack", Victim=["mayor"])]))
    assert (score.precision, score.recall, score.f1) == (0, None, 0)
    assert scored([template("attack")], []) == (0, 0, 0, 1)
    nothing = TemplateScore(*scored([], []))
    assert (nothing.precision, nothing.recall, nothing.f1) == (None, None, None)


def test_f1_takes_the_counts_of_both_sides():
    score = TemplateScore(right=343, pred=556, found=344, gold=812)
    assert f"{score.f1:.4f} {score.precision:.4f} {score.recall:.4f}" == "0.5023 0.6169 0.4236"


WORDS = st.sampled_from(["mayor", "the guard", "guard", "bomb", "a car"])
ENTITIES = st.lists(st.lists(WORDS, min_size=1, max_size=2).map("/".join), max_size=3)
TEMPLATES = st.lists(
    st.builds(template, st.sampled_from(["attack", "bombing", "attack / bombing"]), Victim=ENTITIES, Weapon=ENTITIES),
    max_size=4,
)


@given(TEMPLATES, TEMPLATES, st.randoms())
def test_no_order_of_anything_changes_a_count(gold, predicted, chance):
    def shuffled(items):
        return tuple(chance.sample(items, len(items)))

    def mixed(templates):
        return [
            Template(one.type, shuffled([(role, shuffled(entities)) for role, entities in one.roles]))
            for one in shuffled(templates)
        ]

    assert count_templates(mixed(gold), mixed(predicted)) == count_templates(gold, predicted)


@given(TEMPLATES)
def test_gold_against_itself_is_all_right(gold):
    unlike = list({template.type: template for template in gold}.values())
    for score in count_templates(unlike, unlike).values():
        assert score.right == score.pred == score.found == score.gold
