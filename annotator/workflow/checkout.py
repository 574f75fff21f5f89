"""Taking a person's articles out of a store into a folder of their own, to go on with them where there is no network.

What is written there is everything that labelling needs: text, candidates, guidelines, the person's own decisions.
Sending the work back is `syncing.py`'s.
"""

import sys
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from annotator.errors import Refusal
from annotator.model.suggestions import Candidates
from annotator.store.articles import find_article_id, get_article, put_article, put_suggestions
from annotator.store.audits import put_audit
from annotator.store.checkouts import (
    FEWEST_DAYS,
    MOST_DAYS,
    Checkout,
    Taken,
    bare_url,
    furnish,
    keep_checkout,
    new_folder,
)
from annotator.store.copied_log import beginning_of_chain
from annotator.store.engine import file_url, open_engine
from annotator.store.log import Standing, standings, take_in
from annotator.store.migrate import bring_up_to_date
from annotator.store.people import pseudonym_of
from annotator.store.proposed import put_proposed
from annotator.store.strangers import take_pseudonyms
from annotator.store.tasks import Wanted, assign, held, lease, tasks
from annotator.store.workspace import Workspace
from annotator.workflow.from_a_server import FromServer, audit_of, checked_pseudonym, read_whole
from annotator.workflow.in_checkout import refuse_in_checkout
from annotator.workflow.labelling import refuse_adjudicator
from annotator.workflow.leasing import HOUR, claim, claim_next, is_assigned, mark_done
from annotator.workflow.person import remember_person
from annotator.workflow.project import Project
from annotator.workflow.standing_from import standing_from
from annotator.workflow.status import each_status, waiting_for
from annotator.workflow.suggesting import suggestions_for

DAY = 24 * HOUR

NUMBER = 10
"""How many articles are checked out when nobody says."""

DAYS = 7
"""For how long their slots are leased then."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to take along."""

    articles: Sequence[str] = ()
    """Ids or how they begin; none for what comes next."""
    number: int = NUMBER
    """How many, where none is named."""
    days: int = DAYS
    """For how long nobody else gets their slots."""


def default_folder(project: Project) -> Path:
    """Give where a checkout goes when nobody says: beside the workspace."""
    root = project.workspace.root
    return root.with_name(f"{root.name}-offline")


def _refuse_own_folders(workspace: Workspace, target: Path) -> None:
    """Keep the folders whose files are read as articles, guidelines, releases or work free of workspaces."""
    for ours in (workspace.corpus, workspace.guidelines_folder, workspace.gold, workspace.work):
        if target.resolve().is_relative_to(ours.resolve()):
            what = f"{target} would lie in {ours.name}/ of the workspace, whose files mean something."
            raise Refusal("usage", what, "Name a folder beside the workspace.")


def check_out(
    project: Project, name: str, target: Path, wish: Wish, step: Callable[[str], None] = lambda _: None
) -> Checkout:
    """Lease a person's articles and write them to the folder `target`, which is there whole or not at all.

    `step` is told each article before it is read. Raises `Refusal`: `checkout.not-here` in a checkout,
    `checkout.nothing` when nothing waits, `workspace.exists`, `label.not-assigned`, `store.corrupt` for what no store
    can hold, and those of disk and store. What was leased then stays so, and is taken by the next call.
    """
    refuse_in_checkout(project.workspace, "Nothing is checked out")
    if not FEWEST_DAYS <= wish.days <= MOST_DAYS:
        do = f"Ask for {FEWEST_DAYS} to {MOST_DAYS} days."
        raise Refusal("usage", f"Nothing is checked out for {wish.days} days.", do)
    _refuse_own_folders(project.workspace, target)
    with new_folder(target) as folder:
        person = checked_pseudonym(pseudonym_of(project.engine, name, "label"))
        wanted = choose(project, name, person, wish)
        if not wanted:
            what = "Nothing waits for you: others have what there is, or you are done with it."
            raise Refusal("checkout.nothing", what, "`annotator assign` hands work out.")
        workspace = furnish(folder, project.workspace)
        here = Project(workspace, open_engine(file_url(workspace.work / "work.db")))
        try:
            bring_up_to_date(here.engine)
            take_pseudonyms(here.engine, {person: ("label", name)})
            taken = []
            for article_id in wanted:
                step(article_id)
                taken.append(bring(project, here, person, wish.days, article_id))
        finally:
            here.close()
        remember_person(workspace, name)
        checkout = Checkout(
            server=bare_url(project.engine),
            name=name,
            person=person,
            taken_at=time.time_ns() // 1_000_000,
            days=wish.days,
            first=beginning_of_chain(project.engine, person),
            articles=tuple(taken),
        )
        keep_checkout(workspace, checkout)
    return checkout


def choose(project: Project, name: str, person: str, wish: Wish, but: Collection[str] = ()) -> list[str]:
    """Give the articles that a wish comes to, in order, each with its slot leased; none of those in `but`.

    What the person has already comes first. Raises `Refusal` as `check_out`.
    """
    if wish.articles:
        named = [find_article_id(project.engine, one) for one in wish.articles]
        for article_id in named:
            refuse_adjudicator(project, get_article(project.engine, article_id), name)
            claim(project, article_id, person, name, wish.days * DAY)
        return [one for one in dict.fromkeys(named) if one not in but]
    number = min(wish.number, sys.maxsize)
    if not is_assigned(project):
        waiting = waiting_for(each_status(project), person)
        return list(islice((one for one in waiting if one not in but), number))
    own = (one for one in held(project.engine, "label", person) if one not in but and not _skips(project, person, one))
    chosen = list(islice(own, number))
    for article_id in chosen:
        claim(project, article_id, person, name, wish.days * DAY)
    while len(chosen) < number and (found := claim_next(project, person, name, wish.days * DAY)) is not None:
        chosen.append(found)
    return chosen


def _skips(project: Project, person: str, article_id: str) -> bool:
    """Tell whether a person leaves an article to others."""
    return any(one.person == person and one.skipped for one in standings(project.engine, article_id))


def bring(server: Project, here: Project, person: str, days: int, article_id: str) -> Taken:
    """Write one article of a store into a checkout's, with all that its person needs of it."""
    found = read_whole(server, person, article_id)
    article = found.article
    put_article(here.engine, article)
    put_proposed(here.engine, article, found.proposed)
    if found.suggestions is not None:
        put_suggestions(here.engine, article, found.suggestions)
    suggestions = suggestions_for(here, article)
    audit = audit_of(server, person, article, suggestions)
    if audit is not None:
        put_audit(here.engine, person, article, audit)
    standing = _standing(person, found, audit.shown(suggestions.candidates) if audit else suggestions.candidates)
    take_in(here.engine, found.decisions, [standing], {(person, article_id, article.text_sha256): 0})
    slotted = any(one.owner == person and one.stage == "label" for one in tasks(server.engine, article_id=article_id))
    if slotted:
        _keep_slot(here, person, days, standing)
    return Taken(
        article_id=article_id,
        text_sha256=article.text_sha256,
        slotted=slotted,
        sent=len(found.decisions),
        active_ms=standing.active_ms,
        finders=found.suggestions.finders if found.suggestions else None,
    )


def _standing(person: str, found: FromServer, shown: Candidates) -> Standing:
    """Give how far the person is, as their decisions say, where their cursor is and how long they were at it."""
    text = (person, found.article.article_id, found.article.text_sha256)
    standing = standing_from(text, found.decisions, shown)
    if found.standing is None:
        return standing
    cursor = min(max(found.standing.cursor, 0), len(found.article.text))
    return replace(standing, cursor=cursor, active_ms=max(found.standing.active_ms, 0))


def _keep_slot(here: Project, person: str, days: int, standing: Standing) -> None:
    """Have the slot here too, so that the queue shows whose the article is."""
    assign(here.engine, [Wanted(standing.article_id, "label", 0, person)])
    lease(here.engine, standing.article_id, "label", person, days * DAY)
    if standing.finished:
        mark_done(here, standing.article_id, person)
