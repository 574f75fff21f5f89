"""What an audit planted is agreed on by nobody, and no negative gold."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.adjudication.merge import merge
from annotator.adjudication.planted import in_earnest, kept_planted
from annotator.matching.mentions import same_claims
from annotator.model.annotation import Annotation
from annotator.model.audit import Audit
from annotator.model.mention import Candidate, Mention
from annotator.model.settings import AuditSettings
from annotator.model.suggestions import Candidates


def as_candidate(mention: Mention) -> Candidate:
    where = f"{mention.kind}:{mention.start}-{mention.end}"
    return Candidate.model_validate({**mention.model_dump(), "id": where, "finders": ("lexicon/2",)})


def audit(made: Any, planted: Mention, *replaced: Mention) -> Audit:
    packed = [Candidates.of(made.text, map(as_candidate, found)) for found in ((), (planted,), replaced)]
    return Audit(by=AuditSettings(), withheld=packed[0], planted=packed[1], replaced=packed[2])


@pytest.fixture
def wrong(made: Any) -> Mention:
    """A trigger of another type than the finders gave it."""
    found: Mention = made.mention("trigger:14-20", "trigger", 14, 20, label="move.withdraw")
    return found


@pytest.fixture
def right(wrong: Mention) -> Mention:
    return wrong.model_copy(update={"label": "clash.armed"})


def test_that_a_planted_one_stands_is_a_disagreement_even_of_one_or_of_all(made: Any, wrong: Mention) -> None:
    said = made.annotation([wrong])
    for people in ({"a1": said}, {"a1": said, "a2": said}):
        assert merge(people).disagreements == ()
        compared = merge(people, planted={"a1": [wrong]})
        (found,) = compared.disagreements
        assert [answer.people for answer in found.answers] == [tuple(people)]
        assert compared.agreed.settled == {}
        assert compared.mentions[found.id].label == "move.withdraw"


def test_it_is_found_again_when_its_edges_were_moved_or_it_was_added_anew(made: Any, wrong: Mention) -> None:
    moved = made.mention("m-1", "trigger", 14, 22, label="move.withdraw")
    said = {"a1": made.annotation([moved], disposition="added"), "a2": made.annotation([moved], disposition="added")}
    assert len(merge(said, planted={"a2": [wrong]}).disagreements) == 1


def test_who_corrected_it_agrees_with_who_saw_the_right_one(made: Any, wrong: Mention, right: Mention) -> None:
    said = {"a1": made.annotation([right], disposition="corrected"), "a2": made.annotation([right])}
    assert merge(said, planted={"a1": [wrong]}) == merge(said)
    assert merge(said).disagreements == ()


def test_what_was_planted_for_somebody_else_changes_nothing(made: Any, wrong: Mention) -> None:
    said = {"a1": made.annotation([wrong]), "a2": made.annotation([wrong])}
    assert merge(said, planted={"a3": [wrong]}) == merge(said)


def test_rejecting_a_planted_one_is_no_negative_gold(made: Any, wrong: Mention, right: Mention) -> None:
    said = {"a1": made.annotation(rejected={wrong: None}), "a2": made.annotation(rejected={right: None})}
    assert list(merge(said).agreed.settled) == ["trigger:14-20"]
    compared = merge(said, planted={"a1": [wrong]})
    assert compared.agreed.settled == {}
    assert compared.disagreements == ()


@given(st.data())
def test_nothing_planted_is_ever_agreed(made: Any, data: st.DataObject) -> None:
    people: dict[str, Annotation] = {
        f"a{n}": data.draw(made.annotations()) for n in range(data.draw(st.integers(1, 3)))
    }
    own = [item.mention for item in people["a0"].settled.values()]
    planted = data.draw(st.lists(st.sampled_from(own), unique_by=lambda one: one.id)) if own else []
    agreed = merge(people, planted={"a0": planted}).agreed
    assert not list(same_claims(list(agreed.live_mentions().values()), planted))


def test_the_adjudicators_no_to_a_planted_one_is_no_to_what_stood_there(
    made: Any, wrong: Mention, right: Mention
) -> None:
    other = made.mention("actor:43-47", "actor", 43, 47, ref="isis")
    judged = made.annotation(rejected={wrong: "idiom", other: None})
    kept = in_earnest(judged, [audit(made, wrong, right)])
    assert {one: item.mention.label for one, item in kept.settled.items()} == {wrong.id: "clash.armed", other.id: None}
    assert kept.settled[wrong.id].reason == "idiom"
    assert list(in_earnest(judged, [audit(made, wrong)]).settled) == [other.id]
    assert in_earnest(judged, []) == judged


def test_what_stands_is_not_taken_out(made: Any, wrong: Mention) -> None:
    judged = made.annotation([wrong])
    assert in_earnest(judged, [audit(made, wrong)]) == judged
    assert list(kept_planted([wrong], [audit(made, wrong)])) == [wrong]


def test_what_was_kept_rightly_is_not_told(made: Any, wrong: Mention, right: Mention) -> None:
    assert list(kept_planted([right], [audit(made, wrong, right)])) == []
