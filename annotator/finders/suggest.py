"""What the finders say about one article: its regions and candidates. A pure function of article and guidelines."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from annotator.finders.actors_and_places import ActorAndPlaceFinder
from annotator.finders.apart import Apart
from annotator.finders.dates import DateFinder
from annotator.finders.lines import LinePatterns
from annotator.finders.numbers import NumberFinder
from annotator.finders.regions import read_spans, regions
from annotator.finders.sentences import Sentences
from annotator.finders.together import within
from annotator.finders.triggers import TriggerFinder
from annotator.finders.words import words
from annotator.model.annotation import reading_order
from annotator.model.article import Article
from annotator.model.guidelines import Guidelines
from annotator.model.mention import Candidate, Kind, Mark, TriggerClass, candidate_id
from annotator.model.suggestions import Candidates, Suggestions
from annotator.model.value import NumberValue, TimeValue
from annotator.text.folding import fold
from annotator.text.span import CodePoint, Span

FINDER = "lexicon/2"
"""Name and version of these finders; raised when the same guidelines would give other candidates."""

KEPT = 8
"""How many sets of guidelines keep their finders ready at once."""


def finders_name(guidelines: Guidelines) -> str:
    """Give the name and version of the finders over these guidelines: other candidates, another name."""
    return f"{FINDER}+{guidelines.digest[:12]}"


class Finders:
    """All finders over one set of guidelines."""

    def __init__(self, guidelines: Guidelines) -> None:
        self.name = finders_name(guidelines)
        self._lines = LinePatterns.of(guidelines.lexicon)
        self._actors_and_places = ActorAndPlaceFinder(guidelines.registry, guidelines.lexicon)
        self._triggers = TriggerFinder(guidelines.schema, guidelines.lexicon)
        self._numbers = NumberFinder(guidelines.schema, guidelines.lexicon)
        self._dates = DateFinder(guidelines.lexicon, self._numbers)

    def suggest(self, article: Article) -> Suggestions:
        """Give regions and candidates of an article, both in reading order."""
        with _no_search_for_cycles():
            found = regions(article.text, self._lines, article.metadata.outlet)
            candidates = {one.id: one for one in within(self._candidates(article), read_spans(found))}
            in_order = sorted(candidates.values(), key=reading_order)
            return Suggestions(finders=self.name, regions=found, candidates=Candidates.of(article.text, in_order))

    def _candidates(self, article: Article) -> list[Candidate]:
        text = article.text
        folded = fold(text)
        read = words(folded.text)
        sentences = Sentences(text)
        times = self._dates.find(folded, sentences, article.metadata.published, read)
        dates = Apart(item.span for item in times)
        found = [
            _candidate(text, item.kind, item.span, ref=item.said.ref, head=item.said.head)
            for item in self._actors_and_places.find(text, folded, read)
            # "from Saturday" has the looks of a place that no registry knows.
            if item.said.ref is not None or dates.overlapping(item.span) is None
        ]
        names = [one.span for one in found if one.ref is not None]
        found += [
            _candidate(
                text, "trigger", item.span, label=item.event_type, trigger_class=item.trigger_class, marks=item.marks
            )
            for item in self._triggers.find(text, folded, sentences, names)
        ]
        found += [_candidate(text, "time", item.span, value=item.value) for item in times]
        numbers = self._numbers.find(text, folded, sentences, [item.span for item in times], read)
        found += [_candidate(text, "number", item.span, value=item.value) for item in numbers]
        return found


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Let Python leave its garbage alone: finders make millions of words and spans that live until the article is done,
    and none in a cycle, and going over them again and again takes a quarter of the time."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _candidate(
    text: str,
    kind: Kind,
    span: Span,
    *,
    label: str | None = None,
    ref: str | None = None,
    value: NumberValue | TimeValue | None = None,
    trigger_class: TriggerClass | None = None,
    marks: tuple[Mark, ...] = (),
    head: Span | None = None,
) -> Candidate:
    return Candidate(
        id=candidate_id(kind, span.start, span.end),
        kind=kind,
        start=span.start,
        end=span.end,
        quote=span.of(text),
        label=label,
        ref=ref,
        value=value,
        finders=(FINDER,),
        trigger_class=trigger_class,
        marks=marks,
        head=None if head is None else (CodePoint(head.start - span.start), CodePoint(head.end - span.start)),
    )


_ready: dict[str, Finders] = {}


def suggest(article: Article, guidelines: Guidelines) -> Suggestions:
    """Give what the finders say about `article` under `guidelines`; the finders are built once for each digest."""
    finders = _ready.get(guidelines.digest)
    if finders is None:
        while len(_ready) >= KEPT:
            _ready.pop(next(iter(_ready)))
        finders = _ready[guidelines.digest] = Finders(guidelines)
    return finders.suggest(article)
