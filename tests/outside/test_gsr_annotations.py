"""What people marked as words becomes what they decided: where it stands, and what of it the schema can hold."""

from tests.outside.corpus import article
from tests.outside.gsr_annotations import Cases, decisions, pieces, within_reach


def quotes(text, found):
    return [text[one.start : one.end] for one in found]


def test_words_stand_in_as_few_pieces_as_can_be():
    text = "a march on a square, then a march on the palace"
    assert quotes(text, pieces(text, ["march", "on", "the"])) == ["march on the"]
    assert quotes(text, pieces(text, ["march", "palace"])) == ["march", "palace"]
    assert pieces(text, ["march", "palace"])[0].start == text.rindex("march"), "of two, the nearer one"
    assert pieces(text, ["palace", "march"]) == [], "not in this order"


def test_a_word_is_a_whole_word_where_there_is_one():
    text = "unmarched, they marched"
    assert [one.start for one in pieces(text, ["marched"])] == [text.rindex("marched")]
    assert quotes("unmarched", pieces("unmarched", ["marched"])) == ["marched"]


def test_of_places_as_good_an_actor_takes_the_one_next_to_its_verb():
    text = "workers met. Then workers marched"
    [verb] = pieces(text, ["marched"])
    assert [one.start for one in pieces(text, ["workers"], verb)] == [text.rindex("workers")]
    assert [one.start for one in pieces(text, ["workers"])] == [0]


def test_pieces_with_little_between_them_are_one_actor():
    text = "students (some) and pupils of many and very different schools"
    assert quotes(text, within_reach(pieces(text, ["students", "pupils"]))) == ["students (some) and pupils"]
    assert quotes(text, within_reach(pieces(text, ["students", "schools"]))) == ["students", "schools"]


def test_the_pieces_of_a_verb_are_triggers_of_one_event():
    shown = article("one", "en", "They marched for hours against the war")
    told = {"verb": ["marched", "against"], "source_actor": ["They"], "target_actor": []}
    cases = Cases()
    *mentions, last = decisions(shown, told, cases)
    assert [change.mention.quote for change in mentions] == ["marched", "against", "They"]
    assert last.event.triggers == tuple(change.mention.id for change in mentions[:2])
    assert [(held.role, held.mention) for held in last.event.arguments] == [("source", mentions[2].mention.id)]
    assert cases.count["verb in pieces: several triggers of one event"] == 1


def test_without_a_verb_there_are_actors_and_no_event():
    shown = article("one", "en", "The workers were there")
    told = {"verb": [], "source_actor": ["The", "workers"], "target_actor": ["nobody"]}
    cases = Cases()
    [only] = decisions(shown, told, cases)
    assert only.mention.quote == "The workers"
    assert cases.count["no verb: a role lost"] == 1
    assert cases.count["actor not found"] == 1
