"""What a rule is: an id, a level, a sentence, and a function that finds. Owns how findings become `Problem`s.

A rule is pure and collects; it never raises over what it looks at, and never looks at what it was not given.
"""

import difflib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from annotator.model.problem import Level, Problem

Subject = TypeVar("Subject")


class Found(NamedTuple):
    """One place where a rule does not hold."""

    where: str
    message: str
    """What is wrong and what to do, in one or two sentences."""


Find = Callable[[Subject], Iterable[Found]]


@dataclass(frozen=True, slots=True)
class Rule(Generic[Subject]):
    """One thing that must, or should, hold."""

    id: str
    """Dotted: what it is about, and what it finds."""
    level: Level
    sentence: str
    """What it finds, for the documentation."""
    find: Find[Subject]

    def problems(self, subject: Subject) -> Iterator[Problem]:
        """Give every place in `subject` where the rule does not hold."""
        for where, message in self.find(subject):
            yield Problem(rule=self.id, level=self.level, where=where, message=message)


class RuleBook(Generic[Subject]):
    """The rules over one sort of subject, in the order in which they were written down."""

    def __init__(self, subject: str) -> None:
        self.subject = subject
        """What its rules look at, in one word: `guidelines`, `articles`, `records`."""
        self.rules: list[Rule[Subject]] = []

    def rule(self, id: str, level: Level, sentence: str) -> Callable[[Find[Subject]], Find[Subject]]:
        """Make the decorated function the rule `id` of this book."""

        def enter(find: Find[Subject]) -> Find[Subject]:
            self.rules.append(Rule(id, level, sentence, find))
            return find

        return enter

    def check(self, subject: Subject) -> tuple[Problem, ...]:
        """Give the problems that all rules of the book find in `subject`, rule by rule."""
        return tuple(problem for rule in self.rules for problem in rule.problems(subject))


def unknown(name: str, what: str, known: Iterable[str]) -> str:
    """Give the sentence for a name that is not among `known`, with the nearest one that is."""
    nearest = difflib.get_close_matches(name, list(known), n=1)
    return f"{name!r} is not {what}" + (f"; the nearest is {nearest[0]!r}." if nearest else ".")
