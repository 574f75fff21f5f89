"""What the finders say about one article: its regions and candidates. A pure function of article and guidelines."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from annotator.finders.apart import Apart
from annotator.finders.names.actors_and_places import ActorAndPlaceFinder
from annotator.finders.numbers.number_finder import NumberFinder
from annotator.finders.outermost import outermost
from annotator.finders.page.lines import LinePatterns
from annotator.finders.page.regions import read_spans, regions
from annotator.finders.sentences import Sentences
from annotator.finders.times.date_finder import DateFinder
from annotator.finders.triggers.trigger_finder import TriggerFinder
from annotator.finders.words import words
from annotator.model.article import Article
from annotator.model.guidelines import Guidelines
from annotator.model.mention import Kind, Mark, TriggerClass
from annotator.model.suggestions import Candidates, Said, Suggestions
from annotator.model.value import NumberValue, TimeValue
from annotator.text.folding import fold
from annotator.text.span import CodePoint, Span, span

FINDER = "lexicon/3"
"""Name and version of these finders; raised when the same guidelines would give other candidates."""

KEPT_SAYINGS = 4096
"""For how many different things it is kept how they are said: candidates repeat themselves."""

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
        text = article.text
        with _no_search_for_cycles():
            found = regions(text, self._lines, article.metadata.outlet)
            read = Apart(read_spans(found))
            said = {(at.start, -at.end, one.kind): one for at, one in self.proposed(article) if read.covers(at)}
            in_order = ((span(place[0], -place[1]), said[place]) for place in sorted(said))
            return Suggestions(finders=self.name, regions=found, candidates=Candidates.of_places(text, in_order))

    def proposed(self, article: Article) -> Iterator[tuple[Span, Said]]:
        """Give what is said of which stretch, also of what nobody reads; nothing stands inside something longer."""
        return outermost(self._found(article))

    def _found(self, article: Article) -> Iterator[tuple[Span, Said]]:
        """Give what each finder says, in no order."""
        text = article.text
        folded = fold(text)
        read = words(folded.text)
        sentences = Sentences(text)
        times = self._dates.find(folded, sentences, article.metadata.published, read)
        dates = Apart(item.span for item in times)
        names: list[Span] = []
        for name in self._actors_and_places.find(text, folded, read):
            # "from Saturday" has the looks of a place that no registry knows.
            if name.said.ref is None and dates.overlapping(name.span) is not None:
                continue
            if name.said.ref is not None or (name.kind == "actor" and name.said.head is None):
                names.append(name.span)
            yield name.span, _said(name.kind, ref=name.said.ref, head=_within(name.span, name.said.head))
        for trigger in self._triggers.find(text, folded, sentences, names):
            meaning = _said(
                "trigger", label=trigger.event_type, trigger_class=trigger.trigger_class, marks=trigger.marks
            )
            yield trigger.span, meaning
        for time in times:
            yield time.span, _said("time", value=time.value)
        for number in self._numbers.find(text, folded, sentences, [time.span for time in times], read):
            yield number.span, _said("number", value=number.value)


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


@lru_cache(maxsize=KEPT_SAYINGS)
def _said(
    kind: Kind,
    *,
    label: str | None = None,
    ref: str | None = None,
    value: NumberValue | TimeValue | None = None,
    trigger_class: TriggerClass | None = None,
    marks: tuple[Mark, ...] = (),
    head: tuple[CodePoint, CodePoint] | None = None,
) -> Said:
    return Said(
        kind=kind,
        label=label,
        ref=ref,
        value=value,
        finders=(FINDER,),
        trigger_class=trigger_class,
        marks=marks,
        head=head,
    )


def _within(whole: Span, head: Span | None) -> tuple[CodePoint, CodePoint] | None:
    """Give where a head stands in its description, counted from where that begins."""
    return None if head is None else (CodePoint(head.start - whole.start), CodePoint(head.end - whole.start))


_ready: dict[str, Finders] = {}


def suggest(article: Article, guidelines: Guidelines) -> Suggestions:
    """Give what the finders say about `article` under `guidelines`; the finders are built once for each digest."""
    finders = _ready.get(guidelines.digest)
    if finders is None:
        while len(_ready) >= KEPT:
            _ready.pop(next(iter(_ready)))
        finders = _ready[guidelines.digest] = Finders(guidelines)
    return finders.suggest(article)
