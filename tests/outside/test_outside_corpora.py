"""Real text of others: Arabic sentences on protests, and MUC-4's test documents. Skipped where they are not at hand."""

import pytest

from annotator.model.guidelines import Guidelines
from annotator.scoring.proposals import ALL, Row
from annotator.store.workspace import open_workspace
from tests.outside import arabic_gsr, muc4
from tests.outside.corpus import measured
from tests.outside.repository import DATA, ROOT

GSR = DATA / "arabic_gsr" / "protest_spans.json"
MUC4 = DATA / "muc4" / "test.json"

MUC4_FLOORS = {"PerpInd": 60, "PerpOrg": 30, "attack": 85, "bombing": 75, "kidnapping": 85}
"""Per cent of what the templates hold; victims and targets are civilians by name and buildings, which are no actors."""


@pytest.fixture(scope="module")
def guidelines() -> Guidelines:
    return open_workspace(ROOT).guidelines()


def test_words_that_are_marked_become_spans_and_several_opinions_one() -> None:
    spans = [
        {"source_actor": ["the", "men"], "verb": ["marched"], "target_actor": []},
        {"source_actor": ["the", "men"], "verb": [], "target_actor": ["nowhere"]},
        {"source_actor": ["men"], "verb": [], "target_actor": []},
    ]
    told = [{"text": "Then the  men marched", "spans": spans}]
    articles, gold, lost = arabic_gsr.read(arabic_gsr.json.dumps(told).encode())
    assert [mention["quote"] for mention in gold[0]["mentions"]] == ["the  men", "marched"]
    assert (len(articles), lost) == (1, 1)


def test_an_entity_is_found_by_any_of_its_names_as_whole_words(guidelines: Guidelines) -> None:
    document = {
        "docid": "d",
        "doctext": "The army said that Hezbollah attacked a convoy.",
        "templates": [
            {
                "incident_type": "attack",
                "PerpInd": [["somebody", "Hezbollah"], ["nobody"]],
                "PerpOrg": [["ezbollah"]],
                "Victim": [],
                "Target": [],
                "Weapon": [],
            }
        ],
    }
    asked = muc4.measured(arabic_gsr.json.dumps(document).encode(), guidelines)
    assert [(one.slot, one.found) for one in asked] == [
        ("PerpInd", True), ("PerpInd", False), ("PerpOrg", False), ("attack", True),
    ]  # fmt: skip


@pytest.mark.skipif(not GSR.exists(), reason="the Arabic protest sentences are not at hand")
def test_actors_of_the_protest_sentences(guidelines: Guidelines) -> None:
    articles, gold, lost = arabic_gsr.read(GSR.read_bytes())
    tally = measured(articles, gold, guidelines).sums()[Row("ar", "actor", ALL)]
    assert lost < 300
    assert tally.found / tally.gold >= 0.35


@pytest.mark.skipif(not MUC4.exists(), reason="MUC-4's documents are not at hand")
def test_actors_and_incidents_of_muc4(guidelines: Guidelines) -> None:
    told = muc4.shares(muc4.measured(MUC4.read_bytes(), guidelines))
    assert {
        slot: 100 * (told[slot].recall or 0)
        for slot in MUC4_FLOORS
        if 100 * (told[slot].recall or 0) < MUC4_FLOORS[slot]
    } == {}
