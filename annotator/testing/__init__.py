"""For the tests of an extractor: asserting that it does as well on gold as it should, with pytest or without.

    def test_the_extractor(score_against):  # a fixture of pytest, there wherever annotator is installed
        score_against("gold/1.0.0#sha256:dc360395", "predictions.jsonl").at_least(arguments=0.70, triggers=0.80)

Without pytest `annotator.testing.score_against` is the same as a function. What fails is an AssertionError in words.
Importing this module is cheap: what it names is loaded at the first use.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from annotator.testing.scored import ScoreAgainst, Scored, score_against

__all__ = ["ScoreAgainst", "Scored", "score_against"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from annotator.testing import scored

        return getattr(scored, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
