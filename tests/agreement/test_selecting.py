"""What is withheld and planted: chosen by id and person alone, and never where it could do harm."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from annotator.agreement.selecting import select_audit
from annotator.matching.mentions import same_claims
from annotator.model.annotation import reading_order
from annotator.model.audit import Audit
from annotator.model.mention import Candidate
from annotator.model.settings import AuditSettings
from annotator.model.value import NumberValue


def chosen(scene: Any, found: Any = None, *, person: str = "a1", article: str = "en-1", **shares: Any) -> Audit:
    return select_audit(
        person,
        scene.article(article),
        scene.suggestions(scene.found if found is None else found),
        scene.schema,
        scene.registry,
        AuditSettings(**shares),
    )


def ids(candidates: Any) -> set[str]:
    return {one.id for one in candidates}


def test_nothing_is_chosen_with_shares_of_nothing(scene: Any) -> None:
    audit = chosen(scene)
    assert not [*audit.withheld, *audit.planted, *audit.replaced]
    assert audit.shown(scene.suggestions().candidates) == scene.suggestions().candidates


def test_the_shares_are_right_over_many_articles(scene: Any) -> None:
    audits = [chosen(scene, article=f"en-{n}", withheld=0.2, planted=0.3) for n in range(300)]
    total = 300 * len(scene.found)
    for share, hits in (
        (0.2, sum(len(audit.withheld) for audit in audits)),
        (0.3, sum(len(audit.planted) for audit in audits)),
    ):
        assert abs(hits - share * total) < 4 * (total * share * (1 - share)) ** 0.5


def test_both_sorts_are_planted_and_all_kinds(scene: Any) -> None:
    audits = [chosen(scene, article=f"en-{n}", planted=0.5) for n in range(60)]
    alone = {one.kind for audit in audits for one in audit.planted if one.id not in ids(audit.replaced)}
    in_place = {one.kind for audit in audits for one in audit.replaced}
    assert alone == {"trigger", "actor", "place"}
    assert in_place == {"trigger", "actor", "number", "place", "time"}


@given(st.data(), st.integers(0, 50))
def test_a_choice_hangs_on_no_other_candidate(scene: Any, data: st.DataObject, number: int) -> None:
    """Which are withheld is the same when others come or go."""
    fewer = data.draw(st.lists(st.sampled_from(scene.found), unique_by=lambda one: one.id))
    whole = chosen(scene, article=f"en-{number}", withheld=0.4, planted=0.2)
    part = chosen(scene, fewer, article=f"en-{number}", withheld=0.4, planted=0.2)
    assert ids(part.withheld) == ids(whole.withheld) & ids(fewer)
    assert chosen(scene, fewer, article=f"en-{number}", withheld=0.4, planted=0.2) == part


def test_people_are_audited_apart(scene: Any) -> None:
    pairs = [[chosen(scene, article=f"en-{n}", person=who, withheld=0.3) for who in ("a1", "a2")] for n in range(100)]
    assert sum(ids(one.withheld) == ids(other.withheld) for one, other in pairs) < 10


@given(st.data(), st.integers(0, 20))
def test_what_is_planted_is_wrong_and_where_it_may_be(scene: Any, data: st.DataObject, number: int) -> None:
    found: list[Candidate] = data.draw(scene.many())
    audit = chosen(scene, found, article=f"en-{number}", withheld=0.3, planted=0.5)
    assert not list(same_claims(list(audit.planted), found))
    assert ids(audit.replaced) <= ids(audit.planted)
    for one in audit.planted:
        assert one.quote == scene.text[one.start : one.end]
        assert one.end <= scene.body_end
        over = [other for other in found if other.span.overlaps(one.span)]
        if one.id in ids(audit.replaced):
            assert [other.id for other in over if other.kind == one.kind] == [one.id]
        else:
            assert over == []
    assert len({(one.start, one.end) for one in audit.planted if one.id not in ids(audit.replaced)}) == len(
        ids(audit.planted) - ids(audit.replaced)
    )


@given(st.data(), st.integers(0, 20))
def test_what_is_shown_is_the_rest_with_what_is_planted(scene: Any, data: st.DataObject, number: int) -> None:
    found: list[Candidate] = data.draw(scene.many())
    audit = chosen(scene, found, article=f"en-{number}", withheld=0.3, planted=0.4)
    shown = audit.shown(scene.suggestions(found).candidates)
    assert ids(shown) == (ids(found) - ids(audit.withheld)) | ids(audit.planted)
    assert [one for one in shown if one.id in ids(audit.planted)] == list(audit.planted)
    assert list(shown) == sorted(shown, key=reading_order)


def test_what_would_tell_what_is_missing_is_not_audited(scene: Any) -> None:
    whole = scene.candidate("number", "12", value=NumberValue(low=12, high=12, best=12))
    part = scene.candidate("number", "3", value=NumberValue(num=1, den=4, of=whole.id))
    short, long = scene.candidate("actor", "Regime"), scene.candidate("actor", "Regime forces", ref="regime")
    for number in range(40):
        audit = chosen(scene, [part, whole, short, long], article=f"en-{number}", withheld=0.5, planted=0.5)
        assert ids([*audit.withheld, *audit.planted]) <= {part.id}


def test_a_wrong_entry_is_one_of_the_articles_and_no_relative_of_the_right_one(scene: Any) -> None:
    """The article names the air force and the regime; Russia, to which the one belongs, it does not name."""
    found = [
        scene.candidate("actor", "Russian warplanes", ref="russian_airforce"),
        scene.candidate("actor", "Regime forces", ref="regime"),
        scene.candidate("place", "Saraqib", ref="saraqib"),
    ]
    instead: dict[str, set[str]] = {one.ref: set() for one in found}
    for number in range(60):
        audit = chosen(scene, found, article=f"en-{number}", planted=0.5)
        for right in audit.replaced:
            instead[right.ref].add(next(one.ref for one in audit.planted if one.id == right.id))
    # Of towns the registry has one only: nothing is planted in its place.
    assert instead == {"regime": {"russian_airforce"}, "russian_airforce": {"regime"}, "saraqib": set()}


def test_a_name_is_planted_as_an_actor_and_a_plain_word_as_a_trigger(scene: Any) -> None:
    quotes: dict[str, set[str]] = {"actor": set(), "trigger": set(), "place": set()}
    for number in range(150):
        audit = chosen(scene, article=f"en-{number}", planted=0.5)
        for one in audit.planted:
            if one.id not in ids(audit.replaced):
                quotes[one.kind].add(one.quote)
    assert quotes["actor"] | quotes["place"] == {"Mahmoud", "Taftanaz"}
    assert {"killing", "orchards"} <= quotes["trigger"]
    assert all(quote.islower() for quote in quotes["trigger"])
    assert "artillery" not in quotes["trigger"], "it stands three times: the article is about it"


def test_nothing_sets_a_planted_candidate_apart(scene: Any) -> None:
    for number in range(30):
        audit = chosen(scene, article=f"en-{number}", planted=0.5)
        assert {one.finders for one in audit.planted} <= {("lexicon/2",)}


@given(st.integers(0, 30))
def test_what_later_finders_say_over_what_is_hidden_stays_hidden(scene: Any, number: int) -> None:
    audit = chosen(scene, article=f"en-{number}", withheld=0.4, planted=0.3)
    later = [
        one.model_copy(update={"id": f"{one.kind}:{one.start}-{one.end + 1}", "end": one.end + 1})
        for one in scene.found
    ]
    new = scene.candidate("trigger", "wounding", label="attack.ground")
    shown = audit.shown(scene.suggestions([*later, new]).candidates)
    hidden = [*audit.withheld, *audit.planted]
    for one in shown:
        assert one.id in ids(audit.planted) or not [
            other for other in hidden if other.kind == one.kind and other.span.overlaps(one.span)
        ]
    assert any(one.span.overlaps(new.span) and one.kind == "trigger" for one in shown)
