"""What is counted of audits: only wrong ones as accepted, only right ones as missed, and doubt is said."""

from typing import Any

from annotator.agreement.audit import Audited, AuditFigures, audit_figures
from annotator.model.annotation import Annotation
from annotator.model.audit import Audit
from annotator.model.settings import AuditSettings
from annotator.model.suggestions import Candidates
from annotator.statistics.wilson import Share

NOTHING = Annotation()


def audit(scene: Any, *, withheld: Any = (), planted: Any = (), replaced: Any = ()) -> Audit:
    packed = [
        Candidates.of(scene.text, sorted(found, key=lambda one: one.start)) for found in (withheld, planted, replaced)
    ]
    return Audit(by=AuditSettings(), withheld=packed[0], planted=packed[1], replaced=packed[2])


def figures(audits: Any, annotations: Any, adjudicated: Annotation | None = None) -> AuditFigures:
    (found,) = audit_figures([Audited(audits, annotations, adjudicated)])
    return found


def wrongly(one: Any, **other: Any) -> Any:
    return one.model_copy(update=other)


def test_a_planted_one_is_accepted_when_it_stands_as_it_was_planted(scene: Any) -> None:
    trigger = scene.candidate("trigger", "shelled", label="strike.air")
    place = scene.candidate("place", "Saraqib", ref="saraqib")
    free = scene.candidate("actor", "Mahmoud", ref="regime")
    planted = [wrongly(trigger, label="move.withdraw"), wrongly(place, ref="idlib"), free]
    audited = audit(scene, planted=planted, replaced=[trigger, place])
    for said, hits in (
        ([(planted[0], "confirmed"), (planted[1], "confirmed"), (free, "confirmed")], 3),
        ([(trigger, "corrected"), (place, "corrected"), (free, "rejected")], 0),
        ([(planted[0], "unsure"), (planted[1], "rejected"), (wrongly(free, ref="russia"), "corrected")], 0),
        # An edge that was moved leaves the wrong thing standing.
        ([(wrongly(planted[0], end=planted[0].end + 1), "corrected"), (place, "corrected"), (free, "rejected")], 1),
    ):
        found = figures({"a1": audited}, {"a1": scene.annotation(*said)})
        assert (found.planted, found.accepted) == (3, Share(hits, 3))


def test_only_what_was_settled_counts_and_it_counts_before_the_article_is_done(scene: Any) -> None:
    planted = [
        scene.candidate("actor", "Mahmoud", ref="regime"),
        scene.candidate("trigger", "orchards", label="strike.air"),
    ]
    half = scene.annotation((planted[0], "confirmed"), finished=False)
    found = figures({"a1": audit(scene, planted=planted)}, {"a1": half})
    assert (found.planted, found.accepted) == (2, Share(1, 1))
    assert figures({"a1": audit(scene, planted=planted)}, {}).accepted == Share(0, 0)


def test_what_was_right_by_chance_is_no_trap(scene: Any) -> None:
    actor = scene.candidate("actor", "Mahmoud", ref="regime")
    own = scene.annotation((actor, "confirmed"))
    found = figures({"a1": audit(scene, planted=[actor])}, {"a1": own}, scene.annotation((actor, "added")))
    assert (found.planted, found.accepted, found.right_by_chance) == (0, Share(0, 0), 1)
    found = figures({"a1": audit(scene, planted=[actor])}, {"a1": own}, scene.annotation((actor, "rejected")))
    assert (found.planted, found.accepted, found.right_by_chance) == (1, Share(1, 1), 0)


def test_a_withheld_one_counts_when_another_who_saw_it_kept_it(scene: Any) -> None:
    right, refused, corrected, unseen = scene.found[:4]
    audited = audit(scene, withheld=[right, refused, corrected, unseen])
    other = scene.annotation(
        (right, "confirmed"), (refused, "rejected"), (wrongly(corrected, ref="idlib"), "corrected")
    )
    added = wrongly(right, id="m-1", end=right.end - 2)
    found = figures({"a1": audited}, {"a1": scene.annotation((added, "added")), "a2": other})
    assert (found.withheld, found.found, found.wrong, found.not_judged) == (4, Share(1, 2), 1, 1)


def test_only_a_mention_of_its_kind_finds_it(scene: Any) -> None:
    place = scene.candidate("place", "Saraqib", ref="saraqib")
    judge = scene.annotation((place, "confirmed"))
    for mention, hits in ((wrongly(place, id="m", kind="actor", ref=None), 0), (wrongly(place, id="m", ref=None), 1)):
        own = scene.annotation((mention, "added"))
        assert figures({"a1": audit(scene, withheld=[place])}, {"a1": own}, judge).found == Share(hits, 1)


def test_who_was_shown_something_else_there_or_is_unsure_does_not_judge(scene: Any) -> None:
    place = scene.candidate("place", "Saraqib", ref="saraqib")
    wrong = wrongly(place, ref="idlib")
    audits = {"a1": audit(scene, withheld=[place]), "a2": audit(scene, planted=[wrong], replaced=[place])}
    said = {
        "a1": scene.annotation(),
        "a2": scene.annotation((wrong, "rejected")),
        "a3": scene.annotation((place, "unsure")),
    }
    own, _ = audit_figures([Audited(audits, said, None)])
    assert (own.withheld, own.found, own.not_judged) == (1, Share(0, 0), 1)


def test_what_is_adjudicated_holds_whatever_others_say(scene: Any) -> None:
    place = scene.candidate("place", "Saraqib", ref="saraqib")
    said = {"a1": scene.annotation(), "a2": scene.annotation((place, "rejected"))}
    audited = {"a1": audit(scene, withheld=[place])}
    assert figures(audited, said, scene.annotation((place, "confirmed"))).found == Share(0, 1)
    assert figures(audited, said | {"a3": scene.annotation((place, "confirmed"))}, scene.annotation()).wrong == 1


def test_nothing_is_missed_in_an_article_that_is_not_done(scene: Any) -> None:
    place = scene.candidate("place", "Saraqib", ref="saraqib")
    others = scene.annotation((place, "confirmed"))
    found = figures({"a1": audit(scene, withheld=[place])}, {"a1": scene.annotation(finished=False), "a2": others})
    assert (found.withheld, found.found) == (0, Share(0, 0))


def test_articles_are_summed_and_people_in_the_order_of_their_numbers(scene: Any) -> None:
    actor = scene.candidate("actor", "Mahmoud", ref="regime")
    one = Audited(
        {who: audit(scene, planted=[actor]) for who in ("a10", "a2")},
        {"a2": scene.annotation((actor, "confirmed")), "a10": scene.annotation((actor, "rejected"))},
        None,
    )
    found = audit_figures([one, one, Audited({"a2": audit(scene)}, {}, None)])
    assert [(row.person, row.articles, row.planted, row.accepted) for row in found] == [
        ("a2", 3, 2, Share(2, 2)),
        ("a10", 2, 2, Share(0, 2)),
    ]


def test_nobody_audited_is_nobody(scene: Any) -> None:
    assert audit_figures([]) == []
