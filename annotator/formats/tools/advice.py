"""What to do about an error in another tool's file, by the rule that it breaks: said once below all that break it.

Where only one place can tell what to do, its own sentence says so; here stands what holds for a rule wherever it is
broken.
"""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from annotator.model.problem import Problem

ADVICE: Mapping[str, str] = MappingProxyType(
    {
        "format.archive": "Unpack it yourself and name the folder, or pack it anew.",
        "format.duplicate-id": "An id names one thing: rename one in the file, or export again.",
        "format.encoding": "Save the file as UTF-8.",
        "format.field": "Correct the field; `annotator formats NAME` shows an example.",
        "format.inside-character": "Say in what the offsets count: --unit.",
        "format.no-text": "Put the texts beside the annotations, or import the articles first.",
        "format.out-of-range": "Say in what the offsets count (--unit), or export again from the text that is here.",
        "format.person": "Say who is who: --person CALLED=NAME.",
        "format.quote-differs": "Say in what the offsets count (--unit), or export again from the text that is here.",
        "format.reference": "Correct the id that is referred to, or put in what it names.",
        "format.syntax": "Correct the place, or export again; `annotator formats NAME` shows an example.",
        "format.text": "Clean the text in the tool that it comes from.",
        "format.text-differs": "Export again from the text that is here, or rename the article in the file.",
        "format.too-large": "Split the file.",
        "format.unknown-id": "Correct the id that is referred to, or put in what it names.",
        "format.unknown-line": "Take the line out, or write it as `annotator formats NAME` shows.",
        "format.unknown-type": "Fill in the map that is printed here and give it with --labels FILE.",
        "format.value": "Correct the value in the tool that it comes from.",
    }
)
"""A sentence for each rule that keeps files from being taken in and does not say at each place what to do."""


def advice(problems: Iterable[Problem]) -> Iterator[str]:
    """Give what to do, a line for each rule that is broken, in the order in which they come first."""
    for rule in dict.fromkeys(problem.rule for problem in problems):
        if rule in ADVICE:
            yield f"{rule}: {ADVICE[rule]}"
