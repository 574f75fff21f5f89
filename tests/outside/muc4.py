"""MUC-4's test documents: which of the actors and incidents that their templates hold do the finders propose?

Templates give strings without offsets, and all names of one entity as alternatives: an entity is found when a proposed
actor shares text with any place where any of its names stands. An incident is found when the document holds a proposed
trigger of a type that the schema maps to its kind. What is proposed beside them is not judged: a template is not
everything that a document tells. `python -m tests.outside.muc4 FILE` prints the counts.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from annotator.finders.suggest import suggest
from annotator.model.guidelines import Guidelines
from annotator.model.mention import Candidate
from annotator.model.suggestions import Suggestions
from annotator.scoring.score import Score
from annotator.statistics.wilson import wilson
from annotator.store.workspace import open_workspace
from tests.outside.corpus import article

ACTORS = ("PerpInd", "PerpOrg", "Victim", "Target")
"""The slots that hold who acted and who or what was hit. A target is often a building."""


class Asked(NamedTuple):
    """One thing that a template says, and whether it was found."""

    slot: str
    """A slot of ACTORS, or the kind of incident."""
    said: str
    found: bool


def measured(data: bytes, guidelines: Guidelines) -> list[Asked]:
    """Give everything that the templates of a file hold, and whether the finders propose it."""
    asked: list[Asked] = []
    for line in data.splitlines():
        told = json.loads(line)
        shown = article(told["docid"], "en", told["doctext"])
        found = suggest(shown, guidelines)
        for template in told["templates"]:
            asked += _actors(template, shown.text, found)
            asked += _incident(template["incident_type"], found, guidelines)
    return asked


def shares(asked: Sequence[Asked]) -> dict[str, Score]:
    """Give how much of each slot and kind of incident was found."""
    there, found = Counter(one.slot for one in asked), Counter(one.slot for one in asked if one.found)
    return {slot: Score(found[slot], gold=count) for slot, count in sorted(there.items())}


def _actors(template: dict[str, Any], text: str, found: Suggestions) -> Iterator[Asked]:
    actors = [one for one in found.candidates if one.kind == "actor"]
    for slot in ACTORS:
        for names in template[slot]:
            spoken = [name if isinstance(name, str) else name[0] for name in names]
            yield Asked(slot, spoken[0], any(_stands(name, text, actors) for name in spoken))


def _stands(name: str, text: str, actors: Sequence[Candidate]) -> bool:
    """Tell whether a proposed actor shares text with some place where a name stands as whole words."""
    places = [match.span() for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)]
    return any(one.start < end and start < one.end for one in actors for start, end in places)


def _incident(kinds: str, found: Suggestions, guidelines: Guidelines) -> Iterator[Asked]:
    """Give whether a document has a trigger of an incident's kind, where the schema maps a type to it."""
    asked = {kind.strip().upper() for kind in kinds.split("/")}
    of_kind = {key for key, told in guidelines.schema.types.items() if told.maps.get("muc4") in asked}
    if of_kind:
        triggers = {one.label for one in found.candidates if one.kind == "trigger"}
        yield Asked(kinds, kinds, not of_kind.isdisjoint(triggers))


def main(file: str) -> None:
    """Print how much of each slot and kind of incident was found."""
    guidelines = open_workspace(Path(__file__).parents[2]).guidelines()
    for slot, score in shares(measured(Path(file).read_bytes(), guidelines)).items():
        low, high = wilson(score.tp, score.gold) or (0, 1)
        share = f"{score.tp}/{score.gold} = {score.recall:.3f} [{low:.2f}, {high:.2f}]"
        print(f"{slot:<20} {share}")  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
