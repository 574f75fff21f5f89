"""Wrong candidates that look right, made of an article's own words: what an attentive annotator does not confirm.

Two sorts. In the place of a candidate stands one of another type, entry or figure; or words where nothing is proposed
carry a candidate. Nothing is planted in boilerplate, and no edge is moved: how far a mention reaches is too often a
matter of opinion for a moved edge to be plainly wrong.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property

from annotator.agreement.lots import Lots
from annotator.agreement.wrong_values import wrong_number, wrong_time
from annotator.finders.page.regions import read_spans
from annotator.model.article import Article, Region
from annotator.model.mention import KINDS, Candidate, Kind, candidate_id
from annotator.model.registry import Actor, Place, Registry
from annotator.model.schema import Schema
from annotator.model.value import NumberValue, TimeValue
from annotator.text.clusters import WIDTHLESS
from annotator.text.span import Span, span

_WORD = re.compile(rf"(?<![\w{WIDTHLESS}'’-])[^\W\d_]{{6,}}+(?![\w{WIDTHLESS}'’-])")
"""A word long enough to mean something by itself. One with marks in it is left: half of it could not be told apart."""
_RARE = 2
"""A word that stands more often is a word of grammar, or what the article is about."""
_BEFORE_A_NAME = re.compile(r"[^\W_][,;]? \Z")
"""What stands before a word that is capital for what it is, and not for opening a sentence."""


class Planter:
    """Makes the wrong candidates of one article; never two over the same words."""

    def __init__(
        self,
        article: Article,
        regions: Sequence[Region],
        candidates: Sequence[Candidate],
        schema: Schema,
        registry: Registry,
        lots: Lots,
    ) -> None:
        self._text = article.text
        self._regions = regions
        self._candidates = candidates
        self._schema = schema
        self._registry = registry
        self._lots = lots
        self._taken: set[Span] = set()
        self._others: dict[tuple[Kind, str], list[str]] = {}
        """For an entry the ones that it could be taken for, made when first asked for."""
        said = {(one.kind, one.label if one.kind == "trigger" else one.ref) for one in candidates}
        self._named = {kind: sorted(name for its, name in said if its == kind and name) for kind in KINDS}
        """The types and entries that the article speaks of: what is taken for another is seldom far from it."""

    def plant(self, base: Candidate) -> Candidate | None:
        """Give a wrong candidate in the place of `base` or one like it elsewhere; None where none can be made."""
        ways = (self._in_its_place, self._elsewhere)
        first = self._lots.index(len(ways), "way", base.id)
        return ways[first](base) or ways[1 - first](base)

    def _in_its_place(self, base: Candidate) -> Candidate | None:
        changed: dict[str, object] | None = None
        if base.kind == "trigger":
            changed = {"label": self._other_type(base)}
        elif isinstance(base.value, NumberValue):
            changed = {"value": wrong_number(base.value, self._lots, "value", base.id)}
        elif isinstance(base.value, TimeValue):
            changed = {"value": wrong_time(base.value, self._lots, "value", base.id)}
        elif base.ref is not None:
            # What the registry does not know may be any of its entries: nothing would be plainly wrong.
            changed = {"ref": self._other_entry(base, base.ref)}
        return base.model_copy(update=changed) if changed and None not in changed.values() else None

    def _other_type(self, base: Candidate) -> str | None:
        near = [one for one in self._named["trigger"] if one != base.label and one in self._schema.types]
        far = sorted(self._schema.types.keys() - {base.label})
        return self._lots.one_of(near or far, "type", base.id)

    def _other_entry(self, base: Candidate, ref: str) -> str | None:
        if (base.kind, ref) not in self._others:
            self._others[base.kind, ref] = self._other_entries(base, ref)
        return self._lots.one_of(self._others[base.kind, ref], "entry", base.id)

    def _other_entries(self, base: Candidate, ref: str) -> list[str]:
        """Give entries that have nothing to do with the right one: of those in the article, else of the same type."""
        entries = self._entries(base)
        kept = entries.get(ref)
        near = [one for one in self._named[base.kind] if self._apart(base, ref, one)]
        alike = (one for one in sorted(entries) if kept is not None and entries[one].type == kept.type)
        return near or [one for one in alike if self._apart(base, ref, one)]

    def _apart(self, base: Candidate, ref: str, other: str) -> bool:
        """Tell whether nobody would take one for the other: actors of two camps, places of which none holds both."""
        entries = self._entries(base)
        line, others = _line(ref, entries), _line(other, entries)
        if other not in entries:
            return False
        return line.isdisjoint(others) if base.kind == "actor" else ref not in others and other not in line

    def _entries(self, base: Candidate) -> Mapping[str, Actor] | Mapping[str, Place]:
        return self._registry.actors if base.kind == "actor" else self._registry.places

    def _elsewhere(self, base: Candidate) -> Candidate | None:
        """Give a trigger, actor or place like `base` over a word where nothing is proposed; no word is a number."""
        if base.kind in ("number", "time"):
            return None
        ref = None
        if base.kind != "trigger":
            ref = base.ref or self._lots.one_of(self._named[base.kind], "entry", base.id)
        where = self._free_word(base) if ref or base.label else None
        if where is None:
            return None
        self._taken.add(where)
        changed = {
            "id": candidate_id(base.kind, where.start, where.end),
            "start": where.start,
            "end": where.end,
            "quote": where.of(self._text),
            "ref": ref,
            "marks": (),
            "head": None,
        }
        return base.model_copy(update=changed)

    def _free_word(self, base: Candidate) -> Span | None:
        names, others = self._free_words
        pool = others if base.kind == "trigger" or not names else names
        first = self._lots.index(len(pool), "word", base.id)
        words = (pool[(first + far) % len(pool)] for far in range(len(pool)))
        return next((one for one in words if one not in self._taken), None)

    @cached_property
    def _free_words(self) -> tuple[list[Span], list[Span]]:
        """The rare words that are read and where nothing is proposed: names, and others; those of no case are others.

        What opens a sentence is neither: it may be either.
        """
        text = self._text
        busy = bytearray(b"\1" * len(text))
        for read in read_spans(self._regions):
            busy[read.start : read.end] = bytes(read.end - read.start)
        for one in self._candidates:
            busy[one.start : one.end] = b"\1" * (one.end - one.start)
        words = list(_WORD.finditer(text))
        how_often = Counter(word[0].casefold() for word in words)
        names, others = [], []
        for word in words:
            if how_often[word[0].casefold()] > _RARE or busy.find(1, *word.span()) >= 0:
                continue
            if not word[0][0].isupper():
                others.append(span(*word.span()))
            elif _BEFORE_A_NAME.search(text, max(0, word.start() - 3), word.start()):
                names.append(span(*word.span()))
        return names, others


def _line(ref: str, entries: Mapping[str, Actor] | Mapping[str, Place]) -> set[str]:
    """Give an entry with those that it belongs to, through any number of steps."""
    found = {ref}
    entry = entries.get(ref)
    while entry is not None and entry.part_of is not None and entry.part_of not in found:
        found.add(entry.part_of)
        entry = entries.get(entry.part_of)
    return found
