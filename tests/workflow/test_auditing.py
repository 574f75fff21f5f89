"""Two people label an audited article: each sees a choice of their own, it stays as it was, and gold stays clean."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from annotator.agreement.selecting import select_audit
from annotator.errors import Refusal
from annotator.finders.suggest import suggest
from annotator.matching.mentions import same_claims
from annotator.model.audit import Audit
from annotator.model.mention import Candidate, candidate_id
from annotator.model.settings import AuditSettings
from annotator.model.suggestions import Candidates, Suggestions
from annotator.statistics.wilson import Share
from annotator.store.articles import get_article
from annotator.store.audits import audits_of
from annotator.store.workspace import find_workspace
from annotator.workflow import auditing, mention_edits
from annotator.workflow.adjudicating import adjudicate
from annotator.workflow.agreeing import audit_of_annotators
from annotator.workflow.checking import check_workspace
from annotator.workflow.importing import import_corpus
from annotator.workflow.labelling import adjudicating, labelling
from annotator.workflow.project import Project, open_project
from annotator.workflow.releasing import cut_release, plan_release
from annotator.workflow.session import Session
from annotator.workflow.status import statuses
from annotator.workflow.suggesting import suggestions_for


def with_shares(project: Project, **shares: Any) -> Project:
    settings = project.workspace.settings.model_copy(update={"audit": AuditSettings(**shares)})
    return Project(replace(project.workspace, settings=settings), project.engine)


@pytest.fixture
def audited(project: Project) -> Project:
    """The project with audits on, by the first seed that gives the first two annotators something of everything."""
    article = get_article(project.engine, "english")
    found, guidelines = suggestions_for(project, article), project.guidelines

    def has_all(settings: AuditSettings, person: str) -> bool:
        audit = select_audit(person, article, found, guidelines.schema, guidelines.registry, settings)
        return bool(audit.withheld) and {"trigger", "actor", "place"} & {one.kind for one in audit.planted} != set()

    shares = {"withheld": 0.3, "planted": 0.4}
    seeds = (seed for seed in range(100) if all(has_all(AuditSettings(**shares, seed=seed), f"a{n}") for n in (1, 2)))
    return with_shares(project, **shares, seed=next(seeds))


def audit_of(project: Project, person: str, article: str = "english") -> Audit:
    return audits_of(project.engine, get_article(project.engine, article))[person]


def shown(project: Project, name: str, article: str = "english") -> list[Candidate]:
    with labelling(project, article, name) as session:
        return list(session.suggestions.candidates)


def proposed(project: Project, article: str = "english") -> list[Candidate]:
    return list(suggestions_for(project, get_article(project.engine, article)).candidates)


def finish(session: Session) -> None:
    for item in session.in_order():
        if item.disposition is None:
            mention_edits.confirm(session, item)
    session.finish()


def ids(candidates: Any) -> list[str]:
    return [one.id for one in candidates]


def test_off_nothing_is_chosen_recorded_or_changed(project: Project) -> None:
    assert shown(project, "ann") == proposed(project)
    assert audits_of(project.engine, get_article(project.engine, "english")) == {}
    assert audit_of_annotators(project) == []


def test_each_annotator_sees_a_choice_of_their_own(audited: Project) -> None:
    seen = {name: shown(audited, name) for name in ("ann", "bea", "cem")}
    assert len({tuple(ids(found)) for found in seen.values()}) == 3
    for person, name in (("a1", "ann"), ("a2", "bea"), ("a3", "cem")):
        audit = audit_of(audited, person)
        assert set(ids(seen[name])) == (set(ids(proposed(audited))) - set(ids(audit.withheld))) | set(
            ids(audit.planted)
        )
        assert not list(same_claims(list(audit.planted), proposed(audited)))
    assert audit_of(audited, "a1").by == audited.workspace.settings.audit


def test_what_the_finders_propose_and_the_lists_tell_nothing(audited: Project) -> None:
    before = proposed(audited), statuses(audited)
    shown(audited, "ann")
    assert (proposed(audited), statuses(audited)) == before


def test_the_same_is_seen_again_after_a_restart_whatever_the_settings_say_then(audited: Project) -> None:
    before = shown(audited, "ann")
    for shares in ({}, {"withheld": 0.5}, {"planted": 0.5, "seed": 9}):
        again = open_project(audited.workspace.root)
        assert shown(with_shares(again, **shares), "ann") == before
        again.close()


def test_what_is_chosen_is_the_same_in_another_store(audited: Project, tmp_path: Any, new_workspace: Any) -> None:
    one = shown(audited, "ann")
    sources = sorted(audited.workspace.corpus.glob("*.txt"))
    new_workspace(tmp_path / "other", sources)
    other = open_project(tmp_path / "other")
    import_corpus(other)
    same = audited.workspace.settings.audit.plain()
    assert shown(with_shares(other, **same), "zoe") == one
    other.close()


def test_who_had_begun_before_is_not_audited_in_that_article(project: Project) -> None:
    with labelling(project, "english", "ann") as session:
        mention_edits.confirm(session, session.in_order()[0])
    on = with_shares(project, withheld=0.5, planted=0.5)
    assert shown(on, "ann") == proposed(on)
    assert audits_of(on.engine, get_article(on.engine, "english")) == {}
    assert shown(on, "ann", "arabic") != proposed(on, "arabic")


@pytest.fixture
def later_finders(monkeypatch: pytest.MonkeyPatch) -> Callable[[Project], Candidate]:
    """Finders that see every edge a little wider, and find one more."""

    def learn(project: Project) -> Candidate:
        text = get_article(project.engine, "english").text
        start = text.index("yesterday.") + len("yesterday. ")
        new = Candidate(id=candidate_id("time", start, start + 3), kind="time", start=start, end=start + 3,
                        quote=text[start : start + 3], finders=("lexicon/9",))  # fmt: skip

        def better(article: Any, guidelines: Any) -> Suggestions:
            found = suggest(article, guidelines)
            wider = [_wider(one, text) for one in found.candidates]
            packed = Candidates.of(text).changed((), [*wider, new])
            return found.model_copy(update={"finders": "lexicon/9", "candidates": packed})

        monkeypatch.setattr("annotator.workflow.suggesting.suggest", better)
        monkeypatch.setattr("annotator.workflow.suggesting.finders_name", lambda _: "lexicon/9")
        return new

    return learn


def _wider(one: Candidate, text: str) -> Candidate:
    changed = {"id": candidate_id(one.kind, one.start, one.end + 1), "end": one.end + 1}
    return one.model_copy(update={**changed, "quote": text[one.start : one.end + 1]})


def test_later_finders_bring_nothing_back_and_audit_nothing_new(
    audited: Project, later_finders: Callable[[Project], Candidate]
) -> None:
    shown(audited, "ann")
    audit = audit_of(audited, "a1")
    assert audit.withheld
    assert audit.planted
    new = later_finders(audited)
    after = shown(audited, "ann")
    assert new.id in ids(after)
    assert set(ids(audit.planted)) <= set(ids(after))
    for hidden in audit.withheld:
        assert not [one for one in after if one.kind == hidden.kind and one.span.overlaps(hidden.span)]
    assert audit_of(audited, "a1") == audit


def test_adjudicators_are_never_audited(audited: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ann", "bea"):
        with labelling(audited, "english", name) as session:
            finish(session)
    monkeypatch.setattr(auditing, "select_audit", None)
    with adjudicating(audited, "english", "judge") as adjudication:
        assert len(adjudication.session.suggestions.candidates) == 0
    assert set(audits_of(audited.engine, get_article(audited.engine, "english"))) == {"a1", "a2"}


def test_a_planted_one_is_settled_undone_and_corrected_like_any_other(audited: Project) -> None:
    with labelling(audited, "english", "ann") as session:
        planted = audit_of(audited, "a1").planted[0]
        before = session.untouched
        item = session.items[planted.id]
        assert item.candidate == planted
        mention_edits.reject(session, item)
        assert session.untouched == before - 1
        session.undo()
        assert session.untouched == before
        session.redo()
        assert session.annotation.settled[planted.id].disposition == "rejected"
    with labelling(audited, "english", "ann") as again:
        assert again.items[planted.id].disposition == "rejected"
        assert again.untouched == before - 1


def test_a_withheld_one_is_added_like_any_other(audited: Project) -> None:
    shown(audited, "ann")
    missing = audit_of(audited, "a1").withheld[0]
    with labelling(audited, "english", "ann") as session:
        assert missing.id not in session.items
        mention_edits.add(session, missing.kind, missing.start, missing.end)
        finish(session)
    with labelling(audited, "english", "bea") as session:
        finish(session)
    (own, _) = audit_of_annotators(audited)
    if missing.id not in ids([*audit_of(audited, "a2").withheld, *audit_of(audited, "a2").planted]):
        assert own.found.hits == 1
    assert own.withheld == len(audit_of(audited, "a1").withheld)


def test_who_confirms_all_accepts_all_and_finds_nothing(audited: Project) -> None:
    for name in ("ann", "bea"):
        with labelling(audited, "english", name) as session:
            finish(session)
    for row in audit_of_annotators(audited):
        audit = audit_of(audited, row.person)
        assert row.accepted == Share(len(audit.planted), len(audit.planted))
        assert row.found.hits == 0
        assert row.found.of + row.wrong + row.not_judged == len(audit.withheld)


def settle_all(project: Project, *, keep: bool) -> None:
    """Adjudicate an article: of each disagreement the planted answer, or any other."""
    audits = audits_of(project.engine, get_article(project.engine, "english"))
    wrong = [one for audit in audits.values() for one in audit.planted]
    with adjudicating(project, "english", "judge") as adjudication:
        for one in adjudication.unsettled():
            right = [
                answer
                for answer in one.answers
                if answer.content is not None and (keep or not list(same_claims([answer.content], wrong)))  # type: ignore[list-item]
            ]
            if right:
                adjudication.pick(one, right[0])
            else:
                adjudication.none(one)
        for found in adjudication.unexplained():
            adjudication.explain(found, "slip", 3)
        adjudication.finish()


def test_gold_holds_nothing_that_was_planted(audited: Project) -> None:
    """All confirm everything, the planted ones too; only the adjudicator sees through them."""
    for name in ("ann", "bea"):
        with labelling(audited, "english", name) as session:
            finish(session)
    settle_all(audited, keep=False)
    wrong = [one for person in ("a1", "a2") for one in audit_of(audited, person).planted]
    plan = plan_release(audited)
    assert not plan.errors
    assert not [problem for problem in plan.problems if problem.rule == "audit.planted"]
    (record,) = plan.release.records
    assert not list(same_claims(record.mentions, wrong))
    earnest = {(one.kind, one.start, one.end, one.label) for one in proposed(audited)}
    assert {(one.kind, one.start, one.end, one.label) for one in record.rejected} <= earnest
    assert cut_release(audited, plan).endswith("1.0.0")
    assert [problem.line() for problem in check_workspace(audited) if problem.level == "error"] == []


def test_what_an_adjudicator_kept_of_it_is_told_with_the_release(audited: Project) -> None:
    for name in ("ann", "bea"):
        with labelling(audited, "english", name) as session:
            finish(session)
    settle_all(audited, keep=True)
    plan = plan_release(audited)
    assert {problem.rule for problem in plan.problems if problem.level == "warning"} >= {"audit.planted"}
    assert not plan.errors
    assert sum(row.right_by_chance for row in audit_of_annotators(audited)) > 0


def test_what_both_confirm_of_the_same_planted_one_is_still_asked(audited: Project) -> None:
    """Another adds by hand exactly what was planted for the first."""
    with labelling(audited, "english", "ann") as session:
        planted = next(one for one in audit_of(audited, "a1").planted if one.kind in ("actor", "trigger", "place"))
        finish(session)
    with labelling(audited, "english", "bea") as session:
        there = session.items.get(planted.id)
        if there is None:
            added = mention_edits.add(session, planted.kind, planted.start, planted.end, planted.label)
            there = session.items[added]
        if planted.kind == "trigger":
            mention_edits.relabel(session, there, planted.label or "")
        else:
            mention_edits.refer(session, there, planted.ref)
        finish(session)
    adjudication = adjudicate(audited, "english", "judge")
    asked = [one for one in adjudication.disagreements if len(one.answers) == 1]
    assert [one.id for one in asked if one.answers[0].people == ("a1", "a2")] == [planted.id]
    with pytest.raises(Refusal, match="Not settled yet"):
        adjudication.finish()
    adjudication.session.close()


@pytest.mark.parametrize("share", ["0.6", "-0.1", "nan", "inf", "true", '"0.1"'])
@pytest.mark.parametrize("name", ["withheld", "planted"])
def test_a_share_that_is_none_is_refused_by_name(project: Project, name: str, share: str) -> None:
    (project.workspace.root / "annotator.toml").write_text(f"[audit]\n{name} = {share}\n", encoding="utf-8")
    with pytest.raises(Refusal) as refusal:
        find_workspace(project.workspace.root)
    assert refusal.value.code == "workspace.settings"
    assert f"audit.{name}: Input should be" in refusal.value.what


def test_shares_are_read_from_the_settings(project: Project) -> None:
    written = "[audit]\nwithheld = 0\nplanted = 0.5\nseed = 12\n"
    (project.workspace.root / "annotator.toml").write_text(written, encoding="utf-8")
    found = find_workspace(project.workspace.root).settings.audit
    assert (found.withheld, found.planted, found.seed, found.on) == (0, 0.5, 12, True)
    assert not AuditSettings().on
