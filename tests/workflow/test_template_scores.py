"""Files of templates, scored from end to end: what is printed, and what is said of files that do not fit."""

import json

import pytest

from annotator.errors import Refusal
from annotator.workflow.template_scores import score_templates

GOLD = [
    {
        "docid": "TST3-MUC4-0007",
        "doctext": "rebels shot the mayor",
        "templates": [
            {"incident_type": "attack", "PerpInd": [[["rebels", 0]]], "Victim": [[["the mayor", 12], ["mayor", 16]]]}
        ],
    },
    {"docid": "TST4-MUC4-0007", "doctext": "nothing happened", "templates": []},
]
OUTPUT = {
    "30007": {"pred_templates": [{"incident_type": "attack", "PerpInd": [], "Victim": [["mayor"]]}]},
    "40007": {"pred_templates": [{"incident_type": "attack", "PerpInd": [], "Victim": []}]},
}


@pytest.fixture
def files(tmp_path):
    """Give what writes gold and output and scores them."""

    def scored(gold=GOLD, output=OUTPUT, **how):
        lines, whole = tmp_path / "gold.json", tmp_path / "output.json"
        lines.write_text("".join(json.dumps(line) + "\n" for line in gold))
        whole.write_text(json.dumps(output))
        return score_templates(lines, whole, **how)

    return scored


def test_output_is_joined_by_number_and_what_gold_lacks_counts_as_wrong(files):
    report = files()
    assert report.total == (2, 3, 2, 3)
    assert report.by_role["incident_type"] == (1, 2, 1, 1)
    assert report.warnings == ()


def test_output_may_call_its_articles_as_gold_does(files):
    named = {article["docid"]: OUTPUT[number] for article, number in zip(GOLD, OUTPUT, strict=True)}
    assert files(output=named).to_json() == files().to_json()
    with pytest.raises(Refusal, match="articles that gold lacks: TST3-MUC4-0007"):
        files(output=OUTPUT | named)


def test_our_levels_stand_beside_it_and_any_name_of_an_entity_will_do(files):
    beside = files().beside
    assert tuple(beside["argument-C"]) == (0, 1, 2)
    assert tuple(beside["entities"]) == (1, 1, 2)
    assert tuple(beside["events-without-triggers"]) == (1, 3, 3)
    assert tuple(beside["article"]) == (1, 2, 1)


def test_without_texts_our_levels_are_left_out_and_that_is_said(files):
    report = files(gold=[{name: item for name, item in line.items() if name != "doctext"} for line in GOLD])
    assert report.by_spans is None
    assert report.total == (2, 3, 2, 3)
    assert "predictions.no-text" in [problem.rule for problem in report.warnings]
    assert "by spans" not in report.table()
    assert "spans" not in json.loads(report.to_json())


def test_an_article_without_a_prediction_counts_as_empty_with_a_warning(files):
    report = files(output={"30007": OUTPUT["30007"]})
    assert report.total == (2, 2, 2, 3)
    assert [problem.rule for problem in report.warnings] == ["predictions.missing-article"]
    assert "TST4-MUC4-0007" in report.warnings[0].message


def test_articles_that_gold_lacks_are_refused_unless_they_are_allowed(files):
    more = OUTPUT | {"40008": OUTPUT["40007"]}
    with pytest.raises(Refusal, match="articles that gold lacks: 40008"):
        files(output=more)
    report = files(output=more, allow=["extra-articles"])
    assert report.total == files().total
    assert [problem.rule for problem in report.warnings] == ["predictions.unknown-article"]


def test_a_role_that_gold_does_not_have_counts_as_wrong_with_a_warning(files):
    template = {"incident_type": "attack", "Victims": [["mayor"]]}
    report = files(output=OUTPUT | {"30007": {"pred_templates": [template]}})
    assert report.by_role["Victims"] == (0, 1, 0, 0)
    assert [problem.rule for problem in report.warnings] == ["predictions.unknown-role"]


def test_a_type_that_is_part_of_none_of_gold_counts_as_wrong_with_a_warning(files):
    (template,) = GOLD[0]["templates"]
    gold = [GOLD[0] | {"templates": [template | {"incident_type": "attack / bombing"}]}, GOLD[1]]
    arson, bombing = ({"incident_type": kind} for kind in ("arson", "bombing"))
    report = files(gold=gold, output=OUTPUT | {"40007": {"pred_templates": [arson, bombing, arson]}})
    assert report.by_role["incident_type"] == (1, 4, 1, 1)
    (warning,) = report.warnings
    assert warning.rule == "predictions.unknown-type"
    assert "'arson' in its type: 2 predicted template(s) count as wrong" in warning.message


def test_what_stands_nowhere_is_told_and_wrong_over_spans_alone(files):
    gold = [GOLD[0] | {"doctext": "rebels shot somebody"}, GOLD[1]]
    report = files(gold=gold)
    assert report.total == files().total
    assert report.beside["entities"].tp == 0
    assert "predictions.anchor" in [problem.rule for problem in report.warnings]


def test_a_file_that_is_wrong_is_refused_with_its_line(files):
    with pytest.raises(Refusal, match=r"output.json:1: pred_templates is missing"):
        files(output={"30007": {}})
    with pytest.raises(Refusal, match=r"gold.json:2: docid is missing"):
        files(gold=[GOLD[0], {"templates": []}])
    with pytest.raises(Refusal, match="holds no article"):
        files(gold=[])


def test_the_report_says_all_of_it_in_the_same_bytes_whatever_the_order(files):
    told = json.loads(files().to_json())
    assert told["templates"]["right"] == 2
    assert told["templates"]["f1"] == 0.666667
    assert told["templates"]["by"]["role"]["Victim"]["found"] == 1
    assert told["signature_parts"]["match"] == "gtt"
    assert told["spans"]["levels"]["entities"]["tp"] == 1
    again = files(output=dict(reversed(OUTPUT.items())))
    assert again.to_json() == files().to_json()
    figures = ["all", "66.67", "66.67", "66.67", "2", "3", "2", "3"]
    assert files(boot=0).table().splitlines()[1].split() == figures
    assert files().table().splitlines()[1].split() == [*figures, "0.00", "to", "80.00*"]


def test_intervals_that_rest_on_few_articles_are_marked_and_say_on_how_many(files):
    silent = {"docid": "d", "doctext": "nothing", "templates": []}
    report = files(gold=[*GOLD, silent], output=OUTPUT | {"d": {"pred_templates": []}})
    assert json.loads(report.to_json())["templates"]["intervals"]["articles"] == 2
    assert [line for line in report.table().splitlines() if line.startswith("*")] == [
        "* rests on fewer than 20 articles: its interval is too narrow"
    ] * 2
    many = [GOLD[0] | {"docid": f"d{number}"} for number in range(20)]
    output = {article["docid"]: OUTPUT["30007"] for article in many}
    assert "*" in files(gold=many[1:], output=dict(list(output.items())[1:])).table()
    assert "*" not in files(gold=many, output=output).table()


def test_intervals_come_of_drawing_articles_and_are_left_out_without_draws(files):
    report, without = files(boot=50, seed=7), files(boot=0)
    told, untold = (json.loads(one.to_json()) for one in (report, without))
    assert told["templates"]["intervals"]["f1"] == [0.0, 0.8]
    assert told["spans"]["levels"]["entities"]["intervals"] is not None
    assert (report.signature.boot, report.signature.seed) == (50, 7)
    assert untold["templates"]["intervals"] is untold["spans"]["levels"]["entities"]["intervals"] is None
    assert (without.signature.boot, without.signature.seed) == (0, None)
    assert "95 %" in report.table()
    assert "95 %" not in without.table()
