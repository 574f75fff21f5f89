"""Settling what annotators disagree on. A ruling carries its outcome: the log reads without comparing again."""

from collections.abc import Mapping
from dataclasses import dataclass

from annotator.adjudication.disagreement import Answer, Disagreement
from annotator.adjudication.merge import Merge, merge
from annotator.errors import Refusal
from annotator.model.annotation import Annotation, fold
from annotator.model.article import Article
from annotator.model.decision import Change, RemoveEvent, Rule, SetEvent, SettleMention
from annotator.model.event import Event
from annotator.model.mention import Mention
from annotator.model.note import Note
from annotator.model.suggestions import Candidates
from annotator.store.articles import get_article
from annotator.store.audits import audits_of
from annotator.store.log import Standing, decisions_on, standings
from annotator.store.people import pseudonym_of
from annotator.text.counted import counted
from annotator.workflow.project import Project
from annotator.workflow.session import Session
from annotator.workflow.suggesting import suggestions_for

NEEDED = 2
"""How many people must have finished an article before it is adjudicated."""


@dataclass(frozen=True)
class Adjudication:
    """An adjudicator's work on one article."""

    session: Session
    merge: Merge
    notes: tuple[tuple[str, Note], ...]
    """What annotators wrote in the margin, in reading order, each behind the pseudonym of who wrote it."""
    regions_differ: bool
    """Whether they see the regions of the article differently: then those of the finders hold."""

    def notes_on(self, disagreement: Disagreement) -> list[tuple[str, Note]]:
        """Give the notes that are about the place of a disagreement."""
        place = disagreement.span
        return [(who, note) for who, note in self.notes if note.span.overlaps(place)]

    @property
    def disagreements(self) -> tuple[Disagreement, ...]:
        """Where the annotators differ, in reading order."""
        return self.merge.disagreements

    def ruling_on(self, disagreement: Disagreement) -> Rule | None:
        """Give how a disagreement was settled, or None while it is not."""
        return self.session.annotation.rulings.get(disagreement.id)

    def unsettled(self) -> list[Disagreement]:
        """Give the disagreements that are not settled yet."""
        return [one for one in self.disagreements if self.ruling_on(one) is None]

    def pick(self, disagreement: Disagreement, answer: Answer) -> None:
        """Settle a disagreement by one of its answers."""
        rule = Rule(item=disagreement.id, choice="pick", annotator=answer.people[0])
        self.session.decide(rule, outcome(disagreement, answer.content))

    def none(self, disagreement: Disagreement) -> None:
        """Settle a disagreement by none of its answers: there is no such mention or event."""
        self.session.decide(Rule(item=disagreement.id, choice="none"), outcome(disagreement, None))

    def edit(self, disagreement: Disagreement) -> None:
        """Settle a disagreement by an answer of the own, begun from the first that says something is there."""
        content = next(answer.content for answer in disagreement.answers if answer.content is not None)
        self.session.decide(Rule(item=disagreement.id, choice="edited"), outcome(disagreement, content))

    def finish(self) -> None:
        """Mark the article as adjudicated. Raises `Refusal` while a disagreement is open."""
        if left := len(self.unsettled()):
            raise Refusal(
                "label.not-possible",
                f"Not settled yet: {counted(left, 'disagreement')}.",
                "n goes to the next one.",
            )
        self.session.finish(read_to_end=None)


def outcome(disagreement: Disagreement, content: Mention | Event | None) -> Change:
    """Give the change by which `content` holds where the annotators disagreed; None says that nothing is there."""
    if isinstance(content, Mention):
        return SettleMention(disposition="confirmed", mention=content)
    if isinstance(content, Event):
        return SetEvent(event=content)
    refused = next(answer.content for answer in disagreement.answers if answer.content is not None)
    if isinstance(refused, Mention):
        return SettleMention(disposition="rejected", mention=refused)
    return RemoveEvent(event=refused.id)


def finished_by(project: Project, article: Article) -> list[str]:
    """Give the pseudonyms of those who finished the current text of an article."""
    return [standing.person for standing in _label_standings(project, article) if standing.finished]


def annotations_of(project: Project, article: Article) -> dict[str, Annotation]:
    """Give the finished annotations of the current text of an article, by pseudonym."""
    return {
        person: fold(decisions_on(project.engine, person, article.article_id, article.text_sha256))
        for person in finished_by(project, article)
    }


def compare(project: Project, article: Article, annotations: Mapping[str, Annotation]) -> Merge:
    """Give what finished annotations of an article agree on; nothing that an audit planted is among it."""
    return merge(annotations, {person: audit.planted for person, audit in audits_of(project.engine, article).items()})


def adjudicate(project: Project, article_id: str, name: str) -> Adjudication:
    """Open an article for adjudication by the person called `name`.

    Raises `Refusal` when fewer than two people finished it, or when another adjudicator began it.
    """
    article = get_article(project.engine, article_id)
    finished = finished_by(project, article)
    if len(finished) < NEEDED:
        raise Refusal(
            "adjudicate.not-ready",
            f"{article_id} was finished by {len(finished)} of the {NEEDED} annotators that it needs.",
            "`annotator status` shows who is how far.",
        )
    person = pseudonym_of(project.engine, name, "adjudicate")
    for standing in standings(project.engine, article_id):
        on_this_text = standing.decisions and standing.text_sha256 == article.text_sha256
        if on_this_text and _is_adjudicator(standing) and standing.person != person:
            raise Refusal("adjudicate.not-ready", f"{article_id} is adjudicated by {standing.person} already.")
    annotations = annotations_of(project, article)
    compared = compare(project, article, annotations)
    suggestions = suggestions_for(project, article).model_copy(update={"candidates": Candidates.of(article.text)})
    session = Session(project, article, suggestions, person, "adjudicate", compared.agreed)
    regions_differ = len({annotation.regions for annotation in annotations.values()}) > 1
    return Adjudication(session, compared, tuple(_notes_of(annotations)), regions_differ)


def _notes_of(annotations: Mapping[str, Annotation]) -> list[tuple[str, Note]]:
    found = [(who, note) for who, said in annotations.items() for note in said.notes.values()]
    return sorted(found, key=lambda one: (one[1].start, one[1].kind == "note", one[0], one[1].id))


def _label_standings(project: Project, article: Article) -> list[Standing]:
    return [
        standing
        for standing in standings(project.engine, article.article_id)
        if standing.text_sha256 == article.text_sha256 and not _is_adjudicator(standing)
    ]


def _is_adjudicator(standing: Standing) -> bool:
    return standing.person.startswith("j")
