"""One article of a store for one person, read whole and checked as any input is: the store may be somebody else's.

Nothing of it has become a file, a row or a line on a screen before it came through here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from annotator.errors import Refusal
from annotator.formats.decision_log import PSEUDONYMS
from annotator.model.article import Article, Region
from annotator.model.audit import Audit
from annotator.model.decision import Decision
from annotator.model.suggestions import Candidates, Suggestions
from annotator.store.articles import get_article, get_suggestions
from annotator.store.audits import get_audit
from annotator.store.corpus import refuse_bad_id
from annotator.store.log import Standing, decisions_on, standing_of
from annotator.store.proposed import get_proposed
from annotator.text.intake import take_in
from annotator.workflow.auditing import as_shown_to
from annotator.workflow.log_exchange import faults_of_place
from annotator.workflow.project import Project


@dataclass(frozen=True, slots=True)
class FromServer:
    """What a store has of an article that a person needs to go on with it elsewhere."""

    article: Article
    suggestions: Suggestions | None
    """What it keeps of them, made by whatever finders."""
    proposed: Mapping[str, Candidates]
    decisions: tuple[Decision, ...]
    standing: Standing | None


def read_whole(project: Project, person: str, article_id: str) -> FromServer:
    """Give what a store has of an article for a person, by pseudonym.

    Raises `Refusal`: `article.id` and those of `take_in` for what no article can have, `store.corrupt` for the rest.
    """
    article = checked_article(project, article_id)
    kept = get_suggestions(project.engine, article)
    proposed = get_proposed(project.engine, article)
    for candidates in (*proposed.values(), *([kept.candidates] if kept else ())):
        _refuse_outside(article, candidates, kept.regions if kept else ())
    made = own_decisions(project, person, article)
    standing = standing_of(project.engine, person, article.article_id, article.text_sha256)
    return FromServer(article, kept, proposed, tuple(made), standing)


def audit_of(project: Project, person: str, article: Article, suggestions: Suggestions) -> Audit | None:
    """Give what a person is shown of an article, chosen and recorded in the store now if it was not before.

    Raises `Refusal` `store.corrupt`.
    """
    as_shown_to(person, project, article, suggestions)
    audit = get_audit(project.engine, person, article)
    for candidates in (audit.withheld, audit.planted, audit.replaced) if audit else ():
        _refuse_outside(article, candidates, ())
    return audit


def checked_article(project: Project, article_id: str) -> Article:
    """Give an article of a store as intake would have let it in. Raises `Refusal` as `read_whole`."""
    refuse_bad_id(article_id, "The server")
    try:
        article = get_article(project.engine, article_id)
    except ValueError:  # no JSON, or JSON of something else
        raise _wrong(f"what it says of {article_id} cannot be read") from None
    taken = take_in(article.text.encode(), article_id)
    if (taken.text, taken.text_sha256) != (article.text, article.text_sha256):
        raise _wrong(f"its text of {article_id} is not the one that its hash says")
    return article


def checked_pseudonym(person: str) -> str:
    """Give a pseudonym that a store gave. Raises `Refusal` for what can be none."""
    if not PSEUDONYMS["label"].fullmatch(person):
        raise _wrong(f"{person!r} is no annotator's pseudonym")
    return person


def own_decisions(project: Project, person: str, article: Article) -> list[Decision]:
    """Give what a store has of a person's decisions on a text. Raises `Refusal` `store.corrupt` for what is none."""
    made = decisions_on(project.engine, person, article.article_id, article.text_sha256)
    for one in made:
        if (one.person, one.article_id, one.text_sha256, one.stage) != (
            person,
            article.article_id,
            article.text_sha256,
            "label",
        ):
            raise _wrong(f"a decision on {article.article_id} says that it is another one's")
        if fault := next((fault for change in one.changes for fault in faults_of_place(change, article.text)), None):
            raise _wrong(f"a decision on {article.article_id} does not fit its text. {fault}")
    return made


def _refuse_outside(article: Article, candidates: Candidates, regions: Iterable[Region]) -> None:
    ends = [*candidates.packed().ends, *(region.end for region in regions)]
    if max(ends, default=0) > len(article.text) or any(region.start >= region.end for region in regions):
        raise _wrong(f"something is proposed outside of the text of {article.article_id}")


def _wrong(what: str) -> Refusal:
    return Refusal("store.corrupt", f"The server cannot be trusted: {what}.", "Tell whoever looks after it.")
