"""Challenging released gold: filing a doubt about a place, and what adjudicators made of each.

A challenge is answered by a decision in the adjudicator's log, never by changing what was filed.
"""

import time
import uuid
from dataclasses import dataclass
from typing import Literal, NamedTuple

from annotator.errors import Refusal
from annotator.gold.find_record import find_record
from annotator.gold.manifest import ChallengeOutcome
from annotator.gold.standing_there import odd_there, standing_there
from annotator.model.annotation import fold
from annotator.model.challenge import Challenge, Outcome
from annotator.model.decision import AnswerChallenge, Finish
from annotator.model.mention import Kind
from annotator.store.articles import get_article
from annotator.store.challenges import challenges, mark_withdrawn, put_challenge
from annotator.store.log import decisions_on, standings
from annotator.store.people import find_pseudonym, pseudonym_of
from annotator.store.releases import list_releases, load_release
from annotator.text.span import Span, span
from annotator.workflow.comparing import is_adjudicator
from annotator.workflow.in_checkout import refuse_in_checkout
from annotator.workflow.project import Project
from annotator.workflow.session import Session


@dataclass(frozen=True, slots=True)
class Challenged:
    """A challenge, and what came of it."""

    challenge: Challenge
    answer: AnswerChallenge | None = None
    """None while it waits."""
    answered_by: str | None = None
    """Pseudonym of the adjudicator."""

    @property
    def state(self) -> str:
        """What came of it, in a word: `waits`, `accepted`, `declined` or `withdrawn`."""
        if self.answer is not None:
            return self.answer.outcome
        return "waits" if self.challenge.withdrawn_at is None else "withdrawn"


class There(NamedTuple):
    """What is at the place of a challenge."""

    gold: tuple[str, ...]
    """What gold has there, each in a line."""
    odd: tuple[str, ...]
    """What may be a slip of who filed it, in sentences."""


def file_challenge(
    project: Project,
    gold: str,
    article: str,
    where: Span,
    reason: str,
    name: str,
    kind: Kind | Literal["event"] | None = None,
) -> Challenge:
    """File that the release `gold` is wrong over `where` (code points) of an article, and give what was filed.

    `article` is an id, or the beginning of one that is unique in the release. Raises `Refusal`: those of
    `load_release` and `find_record`, `usage` for a place or reason that will not do and for what was challenged so
    already, `article.changed` where the workspace has another text than the release.
    """
    refuse_in_checkout(project.workspace, "Nothing is challenged")
    loaded = load_release(gold)
    record = find_record(loaded.release.records, article, gold)
    stored = get_article(project.engine, record.article_id)
    if stored.text_sha256 != record.text_sha256:
        raise Refusal(
            "article.changed",
            f"{record.article_id} has another text here than in {gold}.",
            "Challenge a release of the present text, or put the text back.",
        )
    if not 0 <= where.start < where.end <= len(stored.text):
        raise Refusal(
            "usage",
            f"There is no stretch {where.start}-{where.end} in {record.article_id}, of {len(stored.text)} code points.",
            "`annotator gold show` tells where things stand.",
        )
    if not (reason := " ".join(reason.split())):
        raise Refusal("usage", "A challenge says what is wrong.", "Write it behind --reason.")
    _refuse_again(project, record.article_id, where, reason, loaded.release.manifest_sha256)
    challenge = Challenge(
        id=uuid.uuid4().hex,
        article_id=record.article_id,
        text_sha256=record.text_sha256,
        gold=loaded.release.manifest.version,
        manifest_sha256=loaded.release.manifest_sha256,
        start=where.start,
        end=where.end,
        quote=where.of(stored.text),
        kind=kind,
        reason=reason,
        filed_by=pseudonym_of(project.engine, name, "challenge"),
        filed_at=time.time_ns() // 1_000_000,
    )
    put_challenge(project.engine, challenge)
    return challenge


def withdraw(project: Project, written: str, name: str) -> Challenge:
    """Take back a challenge that `name` filed and nobody answered, by its id or the beginning of it, and give it.

    It stays on record as withdrawn. Raises `Refusal` `usage` for none, several, somebody else's or a settled one.
    """
    found = [one for one in challenged(project) if written and one.challenge.id.startswith(written)]
    listed = "`annotator challenge --json` lists them with their ids."
    if len(found) != 1:
        several = f"{written!r} is ambiguous: {len(found)} challenges begin so."
        raise Refusal("usage", several if found else f"There is no challenge {written!r}.", listed)
    (one,) = found
    if one.challenge.filed_by != find_pseudonym(project.engine, name, "challenge"):
        raise Refusal("usage", f"{one.challenge.filed_by} filed {one.challenge.id}, not you.", "Add `--as NAME`.")
    if one.state != "waits":
        raise Refusal("usage", f"{one.challenge.id} does not wait any more: {one.state}.", listed)
    return mark_withdrawn(project.engine, one.challenge, time.time_ns() // 1_000_000)


def there(project: Project, gold: str, challenge: Challenge) -> There:
    """Give what the release `gold` has at the place of a challenge to it. Raises `Refusal` as `file_challenge`."""
    record = find_record(load_release(gold).release.records, challenge.article_id, gold)
    where, text = span(challenge.start, challenge.end), get_article(project.engine, challenge.article_id).text
    return There(tuple(standing_there(record, where)), tuple(odd_there(record, text, where, challenge.kind)))


def challenged(project: Project) -> list[Challenged]:
    """Give all challenges, by article and place, each with what came of it."""
    filed = challenges(project.engine)
    answers = {where: _answers(project, *where) for where in {(one.article_id, one.text_sha256) for one in filed}}
    return [Challenged(one, *answers[one.article_id, one.text_sha256].get(one.id, (None, None))) for one in filed]


def waiting_for(session: Session) -> list[Challenge]:
    """Give the challenges to the text of an adjudicator's session that wait: neither answered nor withdrawn."""
    # Of an article there is one adjudicator: what this session says is newer than what is saved of it.
    return [
        one
        for one in challenges(session.project.engine, session.article.article_id)
        if one.text_sha256 == session.article.text_sha256
        and one.id not in session.annotation.challenges
        and one.withdrawn_at is None
    ]


def answer(session: Session, challenge: Challenge, outcome: Outcome, why: str) -> None:
    """Answer a challenge. An accepted one opens the article again, so that it can be mended; one step to undo."""
    said = AnswerChallenge(challenge=challenge, outcome=outcome, why=why)
    if outcome == "accepted" and session.annotation.finished:
        session.decide(Finish(finished=False), said)
    else:
        session.decide(said)


def outcomes(project: Project) -> tuple[ChallengeOutcome, ...]:
    """Give what the next release says of answered challenges, by article and place; its article may be removed by it.

    What an earlier release of the workspace said already is not said again. Raises `Refusal` as `load_release`.
    """
    earlier = (load_release(str(path)) for path in list_releases(project.workspace.gold))
    told = {one.id for loaded in earlier for one in loaded.release.manifest.challenges}
    return tuple(
        ChallengeOutcome(
            id=one.challenge.id,
            article_id=one.challenge.article_id,
            start=one.challenge.start,
            end=one.challenge.end,
            quote=one.challenge.quote,
            reason=one.challenge.reason,
            outcome=one.answer.outcome,
            why=one.answer.why,
        )
        for one in challenged(project)
        if one.answer is not None and one.challenge.id not in told
    )


def _refuse_again(project: Project, article_id: str, where: Span, reason: str, manifest_sha256: str) -> None:
    for one in challenged(project):
        filed = one.challenge
        place = (filed.article_id, filed.start, filed.end, filed.manifest_sha256)
        same = place == (article_id, *where, manifest_sha256) and filed.reason == reason
        if same and one.state != "withdrawn":
            raise Refusal(
                "usage",
                f"{filed.filed_by} challenged that already, for the same reason: {filed.id}, {one.state}.",
                "`annotator challenge` tells what came of it; another reason makes another challenge.",
            )


def _answers(project: Project, article_id: str, text_sha256: str) -> dict[str, tuple[AnswerChallenge, str]]:
    found: dict[str, tuple[AnswerChallenge, str]] = {}
    for standing in standings(project.engine, article_id):
        if standing.text_sha256 == text_sha256 and is_adjudicator(standing.person):
            made = fold(decisions_on(project.engine, standing.person, article_id, text_sha256))
            found |= {one: (said, standing.person) for one, said in made.challenges.items()}
    return found
