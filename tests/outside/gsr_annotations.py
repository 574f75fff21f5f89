"""Arabic sentences on protests as the work of the people who marked them: each one's event, in a workspace's own store.

Where `arabic_gsr` makes one gold of several opinions, this keeps the opinions apart: what somebody marked in a
sentence becomes one decision of that person, which also finishes it. `python -m tests.outside.gsr_annotations
FILE FOLDER` makes the workspace and says what became of what was marked.

What the file does not say is decided here, and counted (`Cases`):

- It does not say who marked what. The place in a sentence's list stands for a person: the first of each list are one.
- It gives words, not offsets. They are placed in their order, in as few pieces and as close together as can be; of
  places as good, an actor takes the one nearest to its verb, a verb the first. A word is a whole word where the text
  has it so.
- The pieces of a verb are triggers of one event. The pieces of an actor are one mention with what lies between, if that
  is short, else a mention each.
- Where no verb was marked there is no event to hang a role on: the actors are marked, and their roles are lost.

The codes of countries and sectors beside the actors are left out: nothing that is compared here rests on them.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from annotator.model.article import Article
from annotator.model.decision import Change, Finish, SetEvent, SettleMention
from annotator.model.event import Argument, Event
from annotator.model.mention import Kind, Mention
from annotator.model.suggestions import Candidates
from annotator.store.people import pseudonym_of
from annotator.store.workspace import create_workspace
from annotator.text.span import Span, span
from annotator.workflow.importing import import_corpus
from annotator.workflow.project import Project, open_project
from annotator.workflow.session import Session
from annotator.workflow.suggesting import suggestions_for
from tests.outside.corpus import article, write_articles

SHORT = 20
"""Code points that may lie between two pieces of an actor that are one mention."""

PROTEST = """
[types.protest]
title = "Protest"
description = "People demonstrate, strike or otherwise show that they are against something."
key = "z"
includes = ["setting"]
roles = { source = "actor*", target = "actor*" }
"""

_ROLES = {"source": "source_actor", "target": "target_actor"}
_TOUCH = re.compile(r"[\s\W]{0,3}")
"""What may stand between two words of one piece."""


class Sentence(NamedTuple):
    """A sentence with what each person marked in it, and what the file says is right."""

    article: Article
    told: tuple[Mapping[str, Sequence[str]], ...]
    """Words by field, one a person."""
    gold: Mapping[str, str]
    """By `verb`, `source` and `target`."""


@dataclass(slots=True)
class Cases:
    """How often what was marked could not be taken over as it is."""

    count: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        return "\n".join(f"{times:4} {what}" for what, times in sorted(self.count.items()))


def read(data: bytes) -> list[Sentence]:
    """Give the sentences of a file."""
    return [
        Sentence(
            article(f"gsr-{number:03}", "ar", told["text"]),
            tuple(told["spans"]),
            {name: told[f"{name}_gold"] for name in ("verb", *_ROLES)},
        )
        for number, told in enumerate(json.loads(data), 1)
    ]


# --- where words stand ---


def pieces(text: str, words: Sequence[str], near: Span | None = None) -> list[Span]:
    """Give where words stand in a text, in their order, as pieces with nothing of note between their words.

    As few pieces as can be, then as close together, then nearest to `near`, then first. Empty if not all stand there.
    """
    places = [_places(text, word) for word in words]
    best: dict[Span, tuple[int, int, tuple[Span, ...]]] = {place: (0, 0, (place,)) for place in places[-1]}
    for earlier in reversed(places[:-1]):
        best = {
            place: min(_joined(text, place, chain) for chain in after)
            for place in earlier
            if (after := [chain for first, chain in best.items() if first.start >= place.end])
        }
    if not best:
        return []
    _, _, chosen = min(best.values(), key=lambda chain: (*chain[:2], _distance(chain[2], near), chain[2]))
    return list(_run_together(text, chosen))


def _places(text: str, word: str) -> list[Span]:
    whole = rf"(?<!\w){re.escape(word)}(?!\w)" if word.isalnum() else re.escape(word)
    found = [*re.finditer(whole, text)] or [*re.finditer(re.escape(word), text)]
    return [span(*one.span()) for one in found]


def _joined(text: str, place: Span, chain: tuple[int, int, tuple[Span, ...]]) -> tuple[int, int, tuple[Span, ...]]:
    breaks, gap, rest = chain
    torn = not _TOUCH.fullmatch(text, place.end, rest[0].start)
    return breaks + torn, gap + rest[0].start - place.end, (place, *rest)


def _distance(chain: Sequence[Span], near: Span | None) -> int:
    return 0 if near is None else max(chain[0].start - near.end, near.start - chain[-1].end, 0)


def _run_together(text: str, places: Iterable[Span]) -> Iterator[Span]:
    held: Span | None = None
    for place in places:
        if held is not None and not _TOUCH.fullmatch(text, held.end, place.start):
            yield held
            held = None
        held = place if held is None else span(held.start, place.end)
    if held is not None:
        yield held


def within_reach(found: Sequence[Span]) -> list[Span]:
    """Give pieces with those joined between which little lies."""
    joined: list[Span] = []
    for piece in found:
        if joined and piece.start - joined[-1].end <= SHORT:
            joined[-1] = span(joined[-1].start, piece.end)
        else:
            joined.append(piece)
    return joined


# --- what somebody decided ---


def decisions(shown: Article, told: Mapping[str, Sequence[str]], cases: Cases) -> list[Change]:
    """Give what one person marked in a sentence as changes of an annotation: mentions, and the event they make."""
    marked: dict[tuple[Kind, Span], Mention] = {}

    def mention(kind: Kind, where: Span) -> Mention:
        label = "protest" if kind == "trigger" else None
        quote = shown.text[where.start : where.end]
        made = Mention(
            id=f"m-{kind}-{where.start}-{where.end}",
            kind=kind,
            start=where.start,
            end=where.end,
            quote=quote,
            label=label,
        )
        return marked.setdefault((kind, where), made)

    triggers = [mention("trigger", where).id for where in _verb(shown.text, told["verb"], cases)]
    first = next(iter(marked), None)
    arguments = {
        Argument(role=role, mention=mention("actor", where).id): None
        for role, name in _ROLES.items()
        for where in _actors(shown.text, told[name], first[1] if first else None, cases)
    }
    changes: list[Change] = [SettleMention(disposition="added", mention=one) for one in marked.values()]
    if triggers:
        event = Event(id="e-protest", type="protest", triggers=tuple(triggers), arguments=tuple(arguments))
        return [*changes, SetEvent(event=event)]
    cases.count["no verb: no event"] += 1
    cases.count["no verb: a role lost"] += len(arguments)
    return changes


def _verb(text: str, words: Sequence[str], cases: Cases) -> list[Span]:
    found = pieces(text, words) if words else []
    _tell(cases, "verb", words, found)
    if len(found) > 1:
        cases.count["verb in pieces: several triggers of one event"] += 1
        cases.count[f"verb in pieces: {len(found)} triggers"] += 1
    return found


def _actors(text: str, words: Sequence[str], verb: Span | None, cases: Cases) -> list[Span]:
    found = pieces(text, words, verb) if words else []
    _tell(cases, "actor", words, found)
    joined = within_reach(found)
    if len(joined) > 1:
        cases.count["actor in pieces: several mentions of the role"] += 1
    elif len(found) > 1:
        cases.count["actor in pieces: one mention with what lies between"] += 1
    return joined


def _tell(cases: Cases, what: str, words: Sequence[str], found: Sequence[Span]) -> None:
    how = (
        "not marked" if not words else "not found" if not found else "in one piece" if len(found) == 1 else "in pieces"
    )
    cases.count[f"{what} {how}"] += 1


# --- the workspace ---


def make_workspace(root: Path, sentences: Sequence[Sentence]) -> Path:
    """Make a workspace of the sentences whose schema knows protests, and give its folder."""
    made = create_workspace(root, []).root
    write_articles(made, (sentence.article for sentence in sentences))
    with (made / "guidelines" / "schema.toml").open("a", encoding="utf-8") as schema:
        schema.write(PROTEST)
    return made


def take_over(project: Project, sentences: Iterable[Sentence]) -> Cases:
    """Record what each person marked in each sentence, finish it, and give what could not be taken over as it is.

    They saw none of what our finders propose, so nothing of it is confirmed or rejected in their names.
    """
    cases = Cases()
    import_corpus(project)
    for sentence in sentences:
        proposed = suggestions_for(project, sentence.article)
        nothing = proposed.model_copy(update={"candidates": Candidates.of(sentence.article.text)})
        cases.count[f"sentences with {len(sentence.told)} people"] += 1
        for position, told in enumerate(sentence.told, 1):
            person = pseudonym_of(project.engine, f"position {position}", "label")
            session = Session(project, sentence.article, nothing, person)
            session.decide(*decisions(sentence.article, told, cases), Finish(finished=True, read_to_end=True))
            assert session.close()
    return cases


def gold_spans(sentence: Sentence) -> dict[str, list[Span]]:
    """Give where the verb, the source and the target stand that the file calls right."""
    text, gold = sentence.article.text, sentence.gold
    verb = pieces(text, gold["verb"].split()) if gold["verb"] else []
    near = verb[0] if verb else None
    actors = {role: within_reach(pieces(text, gold[role].split(), near)) if gold[role] else [] for role in _ROLES}
    return {"verb": verb, **actors}


def main(file: str, folder: str) -> None:
    """Make a workspace of a file, and say what became of what was marked."""
    sentences = read(Path(file).read_bytes())
    project = open_project(make_workspace(Path(folder), sentences))
    print(take_over(project, sentences))  # noqa: T201
    project.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
