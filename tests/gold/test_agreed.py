"""Agreement in a manifest: whole numbers that follow from their counts, about those who made the release."""

from collections.abc import Callable
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.gold.agreed import Agreement, AgreementFigure, PairAgreement, TriggerAgreement, f1_of
from annotator.gold.manifest import GOLD, MANIFEST, SUMS, Facts, sums_of
from annotator.gold.release import Release, build_release
from annotator.gold.verify import verify
from annotator.model.canonical import canonical_json
from annotator.model.record import GoldRecord

FIGURE = AgreementFigure(value=8333, low=None, high=None, articles=1, of=12)
TRIGGERS = TriggerAgreement(value=8333, low=7000, high=9000, articles=1, of=12, both=5, one=6, other=6)


@pytest.fixture
def agreement() -> Agreement:
    pair = PairAgreement(
        annotators=("a1", "a2"),
        articles=1,
        both_empty=0,
        trigger_exact=TRIGGERS,
        trigger_overlap=TRIGGERS,
        event_type_kappa=FIGURE,
        argument_f1=FIGURE,
        numbers_exact=FIGURE,
    )
    return Agreement(
        signature="n:1|v:0",
        articles=1,
        pairs=(pair,),
        mean_trigger_exact=FIGURE,
        mean_trigger_overlap=FIGURE,
        all_pairs={"events_f1": FIGURE},
        kinds={},
        languages={},
    )


@pytest.fixture
def release(agreement: Agreement, make_record: Callable[..., GoldRecord], schema_toml: bytes, facts: Facts) -> Release:
    measured = facts.model_copy(update={"agreement": agreement})
    return build_release([make_record("001")], schema_toml, None, measured)


@given(st.integers(0, 99), st.integers(0, 99), st.integers(0, 99))
def test_f1_is_rounded_to_the_nearest_part(both: int, more: int, others: int) -> None:
    one, other = both + more, both + others
    found = f1_of(both, one, other)
    if not one + other:
        assert found is None
    else:
        assert found is not None
        assert abs(found * (one + other) - 20_000 * both) * 2 <= one + other


def test_nothing_to_compare_is_null_and_not_left_out() -> None:
    nothing = AgreementFigure(value=None, low=None, high=None, articles=0, of=0)
    assert nothing.plain() == {"value": None, "low": None, "high": None, "articles": 0, "of": 0}


def test_a_release_carries_the_figures_and_verifies(release: Release, agreement: Agreement) -> None:
    found, problems = verify(release.files)
    assert problems == ()
    assert found is not None
    assert found.manifest.agreement == agreement


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (lambda pair: pair["trigger_exact"].update(value=9999), "`trigger_exact` of a1 and a2"),
        (lambda pair: pair["trigger_overlap"].update(both=6), "`trigger_overlap` of a1 and a2"),
        (lambda pair: pair["trigger_overlap"].update(of=13), "`trigger_overlap` of a1 and a2"),
        (lambda pair: pair.update(annotators=["a1", "a3"]), "compares a1 and a3"),
    ],
)
def test_figures_that_were_touched_up_are_found(
    edit: Callable[[dict[str, Any]], object], told: str, release: Release
) -> None:
    manifest = orjson.loads(release.files[MANIFEST])
    edit(manifest["agreement"]["pairs"][0])
    assert told in refused(release, manifest)


def test_figures_of_more_articles_than_there_are_are_found(release: Release) -> None:
    manifest = orjson.loads(release.files[MANIFEST])
    manifest["agreement"]["articles"] = 2
    assert "rests on 2 articles, but the release has 1" in refused(release, manifest)


def refused(release: Release, manifest: dict[str, Any]) -> str:
    files = {**release.files, MANIFEST: canonical_json(manifest)}
    found, problems = verify({**files, SUMS: sums_of(files)})
    assert found is None
    assert {(problem.rule, problem.where) for problem in problems} == {("gold.derived", MANIFEST)}
    assert files[GOLD] == release.files[GOLD]
    return " ".join(problem.message for problem in problems)
