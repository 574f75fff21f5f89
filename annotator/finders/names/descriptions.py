"""Actors that are described and not named: a noun, what describes it from in front and behind, whom it belongs to.

Owns the grammar of such descriptions; its words are the lexicon's. Knows no registry: names are handed in, and a
description takes one in ("militants of the organization") or leaves it alone ("SDF fighters").
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from annotator.finders.edges import ARTICLE, CONTRACTED_ARTICLE, is_arabic
from annotator.finders.names.known_names import KnownNames
from annotator.finders.words import Match, PhraseTable, Word
from annotator.model.lexicon import ActorWords, Words
from annotator.text.folding import Folded, fold
from annotator.text.span import Span

MOST = 5
"""How many words may describe a noun from in front, and how many tails it may have."""

_NOUNS = frozenset({"heads", "trades", "singles", "weak", "annexed"})
_STRONG = frozenset({"heads", "trades"})


class Description(NamedTuple):
    """A described actor, and the noun that it is built on."""

    span: Span
    head: Span


class _Noun(NamedTuple):
    """A noun with what describes it from in front: indices of words, one past the last."""

    first: int
    head: int
    until: int
    start: int
    """Where the span begins, in the folded text."""
    roles: frozenset[str]
    described: bool


class DescriptionFinder:
    """The descriptions of a lexicon, ready to be found."""

    def __init__(self, lexicon: Words) -> None:
        self._table = PhraseTable(_roles(lexicon).items())

    def find(self, folded: Folded, text: Sequence[Word], names: Iterable[Span]) -> Iterator[Description]:
        """Give the descriptions in reading order; `text`: the words of `folded`, `names`: spans of the stored text."""
        if not self._table.openings:
            return
        known = KnownNames.of(folded, text, names)
        reading = _Reading(self._table, text, [range(first, until) for first, until in known.until.items()])
        index = 0
        while index < len(text):
            found = reading.description(index)
            if found is None:
                index += 1
                continue
            noun, until = found
            head = folded.span(max(noun.start, text[noun.head].start), text[noun.until - 1].end)
            yield Description(folded.span(noun.start, text[until - 1].end), head)
            index = until


class _Reading:
    """One text, read with one table."""

    def __init__(self, table: PhraseTable[frozenset[str]], text: Sequence[Word], names: Sequence[range]) -> None:
        self._text = text
        self._table = table
        self._parts: dict[int, Match[frozenset[str]] | None] = {}
        self._names = {name.start: name.stop for name in names}
        self._name_ends = frozenset(self._names.values())
        self._named = {word for name in names if not self._only_describes(name) for word in name}

    def description(self, index: int) -> tuple[_Noun, int] | None:
        """Give the description that begins at the word `index`, and the index one past its last word."""
        if self._at(index) is None and not self._hyphen(self._names.get(index, index + 1)):
            return None
        group = self._is(index, "groups")
        people = self._before_deed(index)
        if people is not None:
            return people, people.until
        noun = self._noun(group.until if group else index)
        if noun is None or noun.head in self._named or self._portions_out(noun):
            return None
        until = self._tails(noun, group is not None)
        told = until > noun.until or self._is(until, "manners") is not None
        described = noun.described or group is not None or told
        if not (described or self._stands_alone(noun)) or self._is_compound(noun, until):
            return None
        if group:
            return noun, until
        if self._follows(noun, "possessives"):
            noun = noun._replace(start=self._text[noun.first - 1].start)
        elif noun.first in self._name_ends and not is_arabic(self._text[noun.first].text[0]):
            return None
        return noun, until

    def _noun(self, index: int) -> _Noun | None:
        """Give the noun at `index` or behind words that describe it; of several in a row the last."""
        first = head = index
        start, roles, found = -1, frozenset[str](), index
        for _ in range(MOST):
            part = self._at(head)
            if part is not None and part.item & _NOUNS and not (roles and self._is_arabic(head)):
                start = part.start if start < 0 else start
                found, roles = head, part.item
                until = head = part.until
            else:
                describing = self._describing(head)
                if describing is None or (found > index and describing == head):
                    break
                start = (part.start if part else self._text[head].start) if start < 0 else start
                head = describing
        if not roles:
            return None
        return _Noun(first, found, until, start, roles, found > first)

    def _describing(self, index: int) -> int | None:
        """Give the index behind the adjective at `index`: one of the lexicon, or one with a hyphen."""
        part = self._at(index)
        until = self._names.get(index, part.until if part else index + 1)
        if self._hyphen(until) and self._is(until + 1, "suffixes"):
            return until + 2
        if part is not None and "prefixes" in part.item and self._hyphen(index + 1) and index + 2 < len(self._text):
            return index + 3
        if part is not None and part.item & {"before", "peoples"} and not is_arabic(self._text[index].text[0]):
            return part.until
        return None

    def _tails(self, noun: _Noun, grouped: bool) -> int:
        """Give the index behind all that describes a noun from behind."""
        until = noun.until
        named = noun.until + self._quotes(noun.until)
        if named in self._names and ("annexed" in noun.roles or (grouped and self._is_arabic(named))):
            until = self._target(noun.until) or until
        for _ in range(MOST):
            further = self._tail(until, noun)
            if further is None:
                break
            last = self._leads(until)
            until = further
            if last:
                break  # the first phrase that says whose they are is the last one inside
        return until

    def _leads(self, index: int) -> bool:
        part = self._at(index)
        return part is not None and "endings" not in part.item and bool(part.item & {"links", "partitives"})

    def _tail(self, index: int, noun: _Noun) -> int | None:
        part = self._at(index)
        if part is None:
            return None
        if "endings" in part.item or (part.item & {"after", "peoples"} and self._agrees(noun, part)):
            return part.until
        if "links" in part.item or ("partitives" in part.item and self._takes_partitives(noun)):
            return self._target(part.until)
        return None

    def _portions_out(self, noun: _Noun) -> bool:
        """Tell whether a noun only portions out the party behind it: "members of the rebels", "عناصر داعش"."""
        if "portions" not in noun.roles:
            return False
        until = noun.until
        while (part := self._at(until)) and part.item & {"after", "peoples"} and self._agrees(noun, part):
            until = part.until
        link = self._is(until, "partitives")
        if link is not None:
            return self._target(link.until) is not None
        return self._is_arabic(noun.head) and noun.until + self._quotes(noun.until) in self._names

    def _takes_partitives(self, noun: _Noun) -> bool:
        """Tell whether a name may follow with "of": "fighters of", "عناصر من", but not "commanders of"."""
        if not self._is_arabic(noun.head):
            return "heads" in noun.roles
        return bool(noun.roles & {"heads", "weak"}) and not self._counted(noun)

    def _target(self, index: int) -> int | None:
        """Give the index behind what a link leads to: a name, a word that stands for one, or another description."""
        determiner = self._is(index, "determiners")
        index = determiner.until if determiner else index
        if self._quotes(index) and index + 1 in self._names:
            until = self._names[index + 1]
            return until + 1 if self._quotes(until) else until
        if index in self._names:
            return self._names[index]
        part = self._at(index)
        if part is None:
            return None
        if part.item & {"others", "peoples"}:
            return self._names.get(part.until, part.until)
        noun = self._noun(index)
        return noun.until if noun is not None else None

    def _quotes(self, index: int) -> bool:
        return index < len(self._text) and self._text[index].text == '"'

    def _only_describes(self, name: range) -> bool:
        """Tell whether a name of the registry is a description: it has no word that no description has."""
        parts = (self._at(index) for index in name)
        return all(part is not None and part.item & (_NOUNS | {"before", "after"}) for part in parts)

    def _before_deed(self, index: int) -> _Noun | None:
        """Give the adjective of a people at `index` when it stands in front of what they did."""
        part = self._is(index, "peoples")
        if part is None or self._is_arabic(index) or not self._is(part.until, "deeds"):
            return None
        return _Noun(index, index, part.until, part.start, part.item, True)

    def _agrees(self, noun: _Noun, adjective: Match[frozenset[str]]) -> bool:
        """Tell whether an Arabic adjective goes with its noun: with the article both or neither, and no و between."""
        index = adjective.until - 1
        if not self._is_arabic(index) or adjective.joined:
            return False
        return self._definite(index, adjective.start) == self._definite(noun.head, noun.start)

    def _definite(self, index: int, start: int) -> bool:
        word = self._text[index]
        lead, rest = word.text[: max(0, start - word.start)], word.text[max(0, start - word.start) :]
        return rest.startswith(ARTICLE) or lead.endswith(CONTRACTED_ARTICLE)

    def _stands_alone(self, noun: _Noun) -> bool:
        """Tell whether a noun is a description without anything that describes it, going by the word in front."""
        if noun.roles & _STRONG:
            return not (self._is_arabic(noun.head) and (self._counted(noun) or self._follows(noun, "compounds")))
        if self._is_arabic(noun.head) and "after" in noun.roles and noun.first in self._name_ends:
            return False  # "تنظيم داعش الإرهابي" is one actor
        determined = self._definite(noun.head, noun.start) if self._is_arabic(noun.head) else False
        return "singles" in noun.roles and (determined or self._follows(noun, "determiners"))

    def _counted(self, noun: _Noun) -> bool:
        return (noun.first > 0 and self._text[noun.first - 1].is_number) or self._follows(noun, "counts")

    def _follows(self, noun: _Noun, role: str) -> bool:
        return noun.first > 0 and self._is(noun.first - 1, role) is not None

    def _is_compound(self, noun: _Noun, until: int) -> bool:
        """Tell whether the noun only describes the next one."""
        plain = until == noun.until and not self._is_arabic(noun.head)
        return plain and (self._is(until, "compounds") is not None or self._hyphen(until))

    def _hyphen(self, index: int) -> bool:
        text = self._text
        return 0 < index < len(text) and text[index].text == "-" and text[index - 1].end == text[index].start

    def _is_arabic(self, index: int) -> bool:
        return index < len(self._text) and is_arabic(self._text[index].text[0])

    def _is(self, index: int, role: str) -> Match[frozenset[str]] | None:
        part = self._at(index)
        return part if part is not None and role in part.item else None

    def _at(self, index: int) -> Match[frozenset[str]] | None:
        if index not in self._parts:
            self._parts[index] = self._table.at(self._text, index)
        return self._parts[index]


def _roles(lexicon: Words) -> dict[str, frozenset[str]]:
    """Give every phrase with the tables that it stands in."""
    roles: dict[str, set[str]] = {}
    for table in ActorWords.model_fields:
        for phrase in getattr(lexicon.actors, table):
            roles.setdefault(fold(phrase).text, set()).add(table)
    for phrase in (*lexicon.numbers.cardinals, *lexicon.numbers.scales, *lexicon.numbers.vague):
        roles.setdefault(fold(phrase).text, set()).add("counts")
    return {phrase: frozenset(tables) for phrase, tables in roles.items()}
