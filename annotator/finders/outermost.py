"""What does not stand inside something longer: no mention lies inside another one, whatever its kind.

Owns that rule between finders. Does not choose between two readings of the same words.
"""

from collections.abc import Iterable, Iterator

from annotator.model.suggestions import Said
from annotator.text.span import CodePoint, Span

Proposed = tuple[Span, Said]


def outermost(found: Iterable[Proposed]) -> Iterator[Proposed]:
    """Give what no longer one holds, in reading order.

    A number stays: one that is the ending of a noun (عمليتان) stands in what the noun names, and would be lost.
    """
    longest = Span(CodePoint(0), CodePoint(0))
    for at, said in sorted(found, key=_longest_first):
        if at.end > longest.end:
            longest = at
        if at == longest or said.kind == "number":
            yield at, said


def _longest_first(one: Proposed) -> tuple[CodePoint, int]:
    return one[0].start, -one[0].end
