"""What is a bound on a score, and what is refused as one."""

from fractions import Fraction

import pytest

from annotator.errors import Refusal
from annotator.workflow.floors import floor


@pytest.mark.parametrize(("written", "bound"), [("0.7", "7/10"), (".5", "1/2"), ("1.", "1"), ("0", "0"), ("01", "1")])
def test_a_bound_is_read_exactly(written: str, bound: str) -> None:
    assert floor(f"trigger-C={written}").bound == Fraction(bound)


@pytest.mark.parametrize(
    "written", ["", ".", "1.01", "70%", "-0.5", "nan", "inf", "1e-3", "1/2", "٠.٥", "0.5.5", "0." + "1" * 5000]
)
def test_what_is_no_number_from_nought_to_one_is_no_bound(written: str) -> None:
    with pytest.raises(Refusal, match="gives no bound"):
        floor(f"trigger-C={written}")
