"""Whether agreement changes as the work goes on: articles in the order in which they were finished, in windows."""

from collections.abc import Sequence
from itertools import pairwise

from annotator.agreement.compared import Compared
from annotator.agreement.figures import Figures, those_with
from annotator.agreement.report import Window

LEAST = 5
"""Articles in a window: fewer say more about the articles than about the annotators."""

MOST_WINDOWS = 8
"""As many as are read at a glance."""


def drift(articles: Sequence[Compared], people: Sequence[str], trials: int, seed: int) -> tuple[Window, ...]:
    """Give the figures of windows of equal size, but for one article; nothing where there are not two windows."""
    ordered = sorted(articles, key=lambda one: one.order)
    number = min(MOST_WINDOWS, len(ordered) // LEAST)
    if number < 2:
        return ()
    bounds = [len(ordered) * at // number for at in range(number + 1)]
    return tuple(_window(ordered[first:last], people, trials, seed) for first, last in pairwise(bounds))


def _window(articles: Sequence[Compared], people: Sequence[str], trials: int, seed: int) -> Window:
    figures = Figures(articles, trials, seed)
    return Window(
        first=articles[0].article_id,
        last=articles[-1].article_id,
        articles=len(articles),
        exact=figures.share(("exact", "trigger")),
        overlap=figures.share(("overlap", "trigger")),
        by_person={person: figures.share(("overlap", "trigger"), those_with(person)) for person in people},
    )
