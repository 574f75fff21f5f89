"""Names that every country has are linked where the text names the country."""

import pytest

from annotator.finders.names.actors_and_places import ActorAndPlaceFinder
from annotator.model.guidelines import Guidelines
from annotator.text.folding import fold


@pytest.mark.parametrize(
    ("text", "name", "ref"),
    [
        ("Government forces shelled Idlib.", "Government forces", "syrian_regime_forces"),
        ("Government forces fought the Syrian army near the river.", "Government forces", "syrian_regime_forces"),
        ("Government forces shelled Taiz.", "Government forces", None),
        ("Government forces shelled the town.", "Government forces", None),
        ("The Syrian army shelled the town.", "Syrian army", "syrian_regime_forces"),
        ("The regime fled from Sanaa.", "regime", None),
        ("The Joint Operations Command spoke in Kirkuk.", "Joint Operations Command", "joint_operations_command"),
        ("The Joint Operations Command spoke in Taiz.", "Joint Operations Command", None),
    ],
)
def test_a_name_that_every_country_has(guidelines: Guidelines, text: str, name: str, ref: str | None) -> None:
    finder = ActorAndPlaceFinder(guidelines.registry, guidelines.lexicon)
    refs = {item.span.of(text): item.said.ref for item in finder.find(text, fold(text)) if item.kind == "actor"}
    assert refs[name] == ref
