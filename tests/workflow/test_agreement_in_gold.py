"""The agreement in a manifest: that of `annotator agree`, over the released articles, as it was before adjudication."""

from typing import Any

import pytest

from annotator.workflow import mention_edits
from annotator.workflow.agreement_in_gold import agreement_in_gold
from annotator.workflow.agreement_of import agreement_of
from annotator.workflow.labelling import adjudicating, labelling
from annotator.workflow.project import Project
from annotator.workflow.session import Session


def reject_triggers(session: Session) -> None:
    for item in session.in_order():
        if item.mention.kind == "trigger":
            mention_edits.reject(session, item)


@pytest.fixture
def differing(work: Any, project: Project) -> Project:
    """Two people who differ in the triggers of one article, and are of one mind in another."""
    work.label_all(project, "ann")
    with labelling(project, "english", "bea") as session:
        for item in session.in_order():
            mention_edits.confirm(session, item)
        trigger = next(item for item in session.in_order() if item.mention.kind == "trigger")
        mention_edits.reject(session, trigger)
        session.finish()
    for name in ("ann", "bea"):
        work.label_all(project, name, "arabic")
    return project


def test_the_counts_are_those_that_f1_follows_from(differing: Project) -> None:
    agreement = agreement_in_gold(differing, {"english"})
    assert agreement is not None
    (pair,) = agreement.pairs
    exact = pair.trigger_exact
    assert pair.annotators == ("a1", "a2")
    assert (exact.both, exact.other) == (exact.one - 1, exact.one - 1)
    assert exact.value == round(10_000 * 2 * exact.both / (exact.one + exact.other))
    assert (exact.low, exact.high) == (None, None)


def test_the_figures_are_those_of_agree(differing: Project) -> None:
    report, agreement = agreement_of(differing), agreement_in_gold(differing, {"english", "arabic"})
    assert agreement is not None
    assert agreement.signature == report.signature
    told = {measure.name: measure.figure for measure in report.measures}
    assert agreement.all_pairs.keys() == told.keys()
    for name, figure in agreement.all_pairs.items():
        value = told[name].value
        assert figure.value == (None if value is None else round(10_000 * value))
    assert agreement.languages.keys() == {"en", "ar"}
    assert agreement.pairs[0].trigger_exact.low is not None


def test_only_the_named_articles_count(differing: Project) -> None:
    agreement = agreement_in_gold(differing, {"arabic"})
    assert agreement is not None
    assert agreement.languages.keys() == {"ar"}
    assert agreement.pairs[0].trigger_exact.value == 10_000
    assert agreement_in_gold(differing, set()) is None


def test_what_nobody_labelled_twice_has_no_agreement(work: Any, project: Project) -> None:
    work.label_all(project, "ann")
    assert agreement_in_gold(project, {"english"}) is None


def test_agreeing_once_it_was_adjudicated_improves_no_figure(differing: Project) -> None:
    before = agreement_in_gold(differing, {"english"})
    with adjudicating(differing, "english", "judge") as adjudication:
        for one in adjudication.unsettled():
            adjudication.pick(one, one.answer_of("a1"))
        adjudication.finish()
    with labelling(differing, "english", "bea") as session:
        session.reopen()
        for item in session.in_order():
            mention_edits.confirm(session, item)
        session.finish()
    assert agreement_in_gold(differing, {"english"}) == before


def test_who_comes_late_counts_as_they_were_when_they_were_done(differing: Project) -> None:
    with adjudicating(differing, "english", "judge") as adjudication:
        for one in adjudication.unsettled():
            adjudication.pick(one, one.answer_of("a1"))
        adjudication.finish()
    with labelling(differing, "english", "cy") as session:
        for item in session.in_order():
            mention_edits.reject(session, item)
        session.finish()
    first = agreement_in_gold(differing, {"english"})
    assert first is not None
    assert [pair.annotators for pair in first.pairs] == [("a1", "a2"), ("a1", "a3"), ("a2", "a3")]
    with labelling(differing, "english", "cy") as session:
        session.reopen()
        for item in session.in_order():
            mention_edits.confirm(session, item)
        session.finish()
    assert agreement_in_gold(differing, {"english"}) == first
