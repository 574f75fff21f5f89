"""What a ruling brings about: the change that it makes, events of which nothing is left to ask, and what is settled.

Once the mentions of an event are settled, what its answers differ in may stand no longer. It is then settled with the
ruling that brought it about, and only for as long: once mentions are settled otherwise, it is asked about again.
"""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from annotator.adjudication.disagreement import Answer, Disagreement
from annotator.adjudication.ruled import is_ruled_on
from annotator.model.annotation import Annotation
from annotator.model.decision import Change, RemoveEvent, Rule, SetEvent, SettleMention
from annotator.model.event import Event
from annotator.model.mention import Mention


def following(disagreements: Iterable[Disagreement], annotation: Annotation) -> Iterator[Change]:
    """Give the changes that settle the events of which `annotation`, with its rulings, leaves nothing to ask."""
    every = list(disagreements)
    asked = {one.id for one in every}
    for one in every:
        if one.what == "event" and not is_ruled_on(one, annotation.rulings) and _leaves_nothing(one, asked, annotation):
            answer = one.answers[0]
            yield Rule(item=one.id, choice="pick", annotator=answer.people[0], about=one.about, follows=True)
            yield outcome(one, answer.content)


def outcome(disagreement: Disagreement, content: Mention | Event | None) -> Change:
    """Give the change by which `content` holds where the annotators disagreed; None says that nothing is there."""
    if isinstance(content, Mention):
        return SettleMention(disposition="confirmed", mention=content)
    if isinstance(content, Event):
        return SetEvent(event=content)
    refused = disagreement.contents[0]
    if isinstance(refused, Mention):
        reasons = {reason for answer in disagreement.answers for reason in answer.reasons}
        reason = reasons.pop() if len(reasons) == 1 else None  # of several nobody has said which
        return SettleMention(disposition="rejected", mention=refused, reason=reason)
    return RemoveEvent(event=refused.id)


def is_settled(one: Disagreement, asked: AbstractSet[str], annotation: Annotation) -> bool:
    """Tell whether a disagreement is settled: as a whole, in every slot in which the answers differ, or by following.

    What was settled by following is so only as long as nothing is left to ask. `asked` are the ids of all
    disagreements.
    """
    rule = annotation.rulings.get(one.id)
    if rule is None or not rule.follows or _leaves_nothing(one, asked, annotation):
        return is_ruled_on(one, annotation.rulings)
    by_hand = {item: ruled for item, ruled in annotation.rulings.items() if item != one.id}
    return is_ruled_on(one, by_hand)


def _leaves_nothing(one: Disagreement, asked: AbstractSet[str], annotation: Annotation) -> bool:
    """Tell whether all answers to an event come to the same, as far as its mentions stand; all these are settled."""
    made_of = {mention for event in one.contents if isinstance(event, Event) for mention in event.mentions}
    if any(mention in asked and mention not in annotation.rulings for mention in made_of):
        return False
    return len({_standing(answer, annotation) for answer in one.answers}) == 1


def _standing(answer: Answer, annotation: Annotation) -> Event | None:
    """Give what stands of an event; None without a trigger. Which trigger is the main one is nothing to differ on."""
    if not isinstance(answer.content, Event):
        return None
    event = answer.content
    triggers = tuple(sorted(one for one in event.triggers if annotation.live_mention(one)))
    arguments = tuple(held for held in event.arguments if annotation.live_mention(held.mention))
    return event.model_copy(update={"triggers": triggers, "arguments": arguments}) if triggers else None
