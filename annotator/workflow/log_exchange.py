"""The decision log out of one store and into another: whole, under pseudonyms, and never half.

What a gold follows from must not live in one database only. Names stay behind, and so do audits: what they planted or
withheld is nobody else's business, but a release is then made without knowing of it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from annotator.formats.decision_log import Line, Text, read_log, text_of, write_log
from annotator.formats.inspection import shown
from annotator.model.challenge import Challenge
from annotator.model.decision import AnswerChallenge, Change, Decision, SetNote, SetRegions, SettleMention, Stage
from annotator.model.problem import Problem
from annotator.store.articles import get_article, list_articles
from annotator.store.audits import audits_of
from annotator.store.challenges import challenges, put_challenge
from annotator.store.log import Standing, take_in
from annotator.store.people import find_pseudonym, names
from annotator.store.strangers import is_stranger, take_pseudonyms
from annotator.store.whole_log import every_decision, known_ids
from annotator.text.counted import counted
from annotator.workflow.in_checkout import refuse_in_checkout
from annotator.workflow.person import checked_name
from annotator.workflow.project import Project
from annotator.workflow.standing_from import standing_from
from annotator.workflow.suggesting import suggestions_for


@dataclass(frozen=True, slots=True)
class Exported:
    """A file for another store, or another tool."""

    data: bytes
    losses: tuple[str, ...] = ()
    """What could not go into it, one sentence each."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a log that was to be taken in: all of it, or problems and nothing."""

    problems: tuple[Problem, ...]
    taken: int = 0
    """Decisions that the store did not have."""
    there: int = 0
    """Decisions that it had already."""
    strangers: tuple[str, ...] = ()
    """Pseudonyms of the log with nobody behind them here."""


def export_decisions(project: Project) -> Exported:
    """Give all decisions on the current texts of articles, as lines."""
    decisions = every_decision(project.engine)
    return Exported(write_log(decisions), tuple(_losses(project, decisions)))


def _losses(project: Project, decisions: Sequence[Decision]) -> Iterator[str]:
    if earlier := len(known_ids(project.engine)) - len(decisions):
        yield f"{counted(earlier, 'decision')} on earlier texts of articles: nobody else has these texts."
    answered = {challenge.id for challenge in _answered(decisions)}
    unanswered = [one for one in challenges(project.engine) if one.id not in answered]
    if waiting := sum(one.withdrawn_at is None for one in unanswered):
        yield f"{counted(waiting, 'challenge')} that nobody answered yet."
    audited = sum(
        bool(audits_of(project.engine, get_article(project.engine, stored.article_id)))
        for stored in list_articles(project.engine)
    )
    if audited:
        told = counted(audited, "article")
        yield f"Audits of {told}: where the log is taken in, what was planted is not known as such."


def import_decisions(project: Project, data: bytes, file: str, who: Mapping[str, str]) -> Imported:
    """Take the decisions of the file called `file` into the store; `who` says who is behind a pseudonym.

    A decision that is there already is success. With any problem nothing is taken. Raises `Refusal`: `person.name` for
    a name that cannot be one, `store.fork` when somebody works in the store meanwhile, and the storage refusals.
    """
    refuse_in_checkout(project.workspace, "No log is taken in")
    who = {pseudonym: checked_name(name) for pseudonym, name in who.items()}
    lines, problems = read_log(data, file)
    if problems:
        return Imported(problems)
    there = _by_text(every_decision(project.engine))
    ids = known_ids(project.engine)
    problems = (
        *(tuple(_unknown_texts(project, lines)) or _misplaced(project, lines)),
        *_contradictions(lines, there, ids),
        *_mistaken_people(project, lines, there, ids, who),
    )
    if problems:
        return Imported(problems)
    new = [line.logged.decision for line in lines if line.logged.decision.id not in ids]
    stages: dict[str, Stage] = {line.logged.decision.person: line.logged.decision.stage for line in lines}
    take_pseudonyms(project.engine, {person: (stage, who.get(person)) for person, stage in stages.items()})
    after = _by_text([*(one for made in there.values() for one in made), *new])
    touched = sorted({text_of(decision) for decision in new})
    take_in(
        project.engine,
        new,
        [standing_after(project, text, after[text]) for text in touched],
        {text: len(there.get(text, ())) for text in touched},
    )
    for challenge in _answered(new):
        put_challenge(project.engine, challenge)
    behind = names(project.engine)
    strangers = tuple(person for person in sorted(stages) if is_stranger(behind[person]))
    return Imported((), len(new), len(lines) - len(new), strangers)


def _answered(decisions: Iterable[Decision]) -> Iterator[Challenge]:
    """Give the challenges that decisions answer: they are told whole there, and nobody filed them here."""
    for decision in decisions:
        for change in decision.changes:
            if isinstance(change, AnswerChallenge):
                yield change.challenge


def _by_text(decisions: Iterable[Decision]) -> dict[Text, list[Decision]]:
    found: dict[Text, list[Decision]] = {}
    for decision in decisions:
        found.setdefault(text_of(decision), []).append(decision)
    return found


def _unknown_texts(project: Project, lines: Iterable[Line]) -> Iterator[Problem]:
    current = {stored.article_id: stored.text_sha256 for stored in list_articles(project.engine)}
    for where, logged in lines:
        article_id = logged.decision.article_id
        if article_id not in current:
            yield _wrong("article", where, f"There is no article {article_id!r} here. Import it first.")
        elif logged.decision.text_sha256 != current[article_id]:
            yield _wrong("text", where, f"This was decided on another text of {article_id} than the one here.")


def _misplaced(project: Project, lines: Iterable[Line]) -> Iterator[Problem]:
    """Find what lies outside of its text, or says other words than stand there: nothing that is taken in ever goes."""
    by_article: dict[str, list[Line]] = {}
    for line in lines:
        by_article.setdefault(line.logged.decision.article_id, []).append(line)
    for article_id, of_it in by_article.items():
        text = get_article(project.engine, article_id).text
        for where, logged in of_it:
            faults = (fault for change in logged.decision.changes for fault in faults_of_place(change, text))
            yield from (_wrong("offsets", where, fault) for fault in faults)


def faults_of_place(change: Change, text: str) -> Iterator[str]:
    """Give, in sentences, what lies outside of a text or says other words than stand there."""
    if isinstance(change, SettleMention):
        said, there = change.mention, change.mention.span.of(text)
        if said.end > len(text) or there != said.quote:
            yield f"The text has {shown(there)} at {said.start}-{said.end}, where {shown(said.quote)} should stand."
    elif isinstance(change, SetRegions):
        for region in change.regions:
            if not region.start < region.end <= len(text):
                yield f"The region {region.kind} cannot lie at {region.start}-{region.end} in {len(text)} code points."
    elif isinstance(change, SetNote) and not change.note.start <= change.note.end <= len(text):
        yield f"The note cannot lie at {change.note.start}-{change.note.end} in {len(text)} code points."


def _contradictions(
    lines: Iterable[Line], there: Mapping[Text, Sequence[Decision]], ids: frozenset[str]
) -> Iterator[Problem]:
    """Find lines that the store has otherwise: another decision under the id, or at that place of the sequence."""
    by_id = {decision.id: decision for made in there.values() for decision in made}
    for where, logged in lines:
        decision = logged.decision
        made = there.get(text_of(decision), ())
        if decision.id in ids and by_id.get(decision.id) != decision:
            yield _wrong("id", where, f"Another decision has the id {decision.id!r} here.")
        elif logged.sequence <= len(made) and made[logged.sequence - 1].id != decision.id:
            told = f"decision {logged.sequence} of {decision.person} on {decision.article_id}"
            yield _wrong("fork", where, f"Here {told} is another one: the two stores went on separately.")


def _mistaken_people(
    project: Project,
    lines: Sequence[Line],
    there: Mapping[Text, Sequence[Decision]],
    ids: frozenset[str],
    who: Mapping[str, str],
) -> Iterator[Problem]:
    """Find pseudonyms that somebody else has here, and names that have another pseudonym."""
    stages: dict[str, Stage] = {line.logged.decision.person: line.logged.decision.stage for line in lines}
    shared = {line.logged.decision.person for line in lines if line.logged.decision.id in ids}
    busy = {person for person, _, _ in there}
    behind = names(project.engine)
    for person in sorted(who.keys() - stages.keys()):
        yield _wrong("person", person, "No decision of the file is by that pseudonym.")
    for (stage, name), twice in Counter((stages[one], who[one]) for one in who.keys() & stages.keys()).items():
        if twice > 1:
            yield _wrong("person", name, f"They cannot be {counted(twice, 'pseudonym')} of the stage {stage!r}.")
    for person, stage in sorted(stages.items()):
        known, given = behind.get(person), who.get(person)
        named = known is not None and not is_stranger(known)
        if given is not None and named and given != known:
            yield _wrong("person", person, f"Here {person} is not {given}.")
        elif given is not None and find_pseudonym(project.engine, given, stage) not in (None, person):
            yield _wrong("person", person, f"{given} works here under another pseudonym already.")
        elif given is None and person not in shared and (named or person in busy):
            told = f"Somebody here is {person} already. If it is the same person, say who: --person {person}=NAME."
            yield _wrong("person", person, told)


def standing_after(project: Project, text: Text, decisions: Sequence[Decision]) -> Standing:
    """Give how far a person is, whom nobody watched getting there."""
    labels = decisions[0].stage == "label"
    asked = suggestions_for(project, get_article(project.engine, text[1])).candidates if labels else None
    return standing_from(text, decisions, asked)


def _wrong(what: str, where: str, message: str) -> Problem:
    return Problem(rule=f"decisions.{what}", level="error", where=where, message=message)
