import json
import subprocess
import sys
from fractions import Fraction

import pytest

from annotator.errors import Refusal
from annotator.matching.events import ResolvedArgument, ResolvedEvent
from annotator.scoring.articles import score_documents
from annotator.scoring.document import Document, ScoredMention
from annotator.scoring.score import Score
from annotator.scoring.signature import GoldName
from annotator.text.span import span
from annotator.version import __version__

RAID = ResolvedEvent(
    "raid", (span(0, 4),), (ResolvedArgument("place", span(9, 12)), ResolvedArgument("time", span(20, 22)))
)
GOLD = [
    Document("a", "en", (ScoredMention("actor", span(0, 5)),), (RAID,)),
    Document("b", "ar", (ScoredMention("place", span(0, 5)),)),
]
PREDICTED = [
    Document("a", "en", (), (RAID._replace(arguments=(*RAID.arguments[:1], ResolvedArgument("place", span(20, 22)))),)),
    Document("b", "ar", (ScoredMention("place", span(0, 5)), ScoredMention("actor", span(7, 9)))),
]
REPORT = score_documents(GOLD, PREDICTED, gold_name=GoldName("1.2.0", "3f9c1a2bffff"))


def test_nothing_of_nothing_is_undefined():
    assert (Score().precision, Score().recall, Score().f1) == (None, None, None)
    assert (Score(0, 2, 0).precision, Score(0, 2, 0).recall, Score(0, 2, 0).f1) == (0.0, None, 0.0)


def test_the_short_names_lead_to_the_headline_levels():
    assert REPORT["arguments"] == REPORT["argument-C"] == (1, 2, 2)
    assert REPORT["arguments"].f1 == 0.5
    assert REPORT["triggers"] == REPORT["trigger-C"] == (1, 1, 1)
    assert REPORT["mentions"] == REPORT["mentions-strict"] == (1, 2, 2)
    assert REPORT["numbers"] == REPORT["numbers-exact"] == (0, 0, 0)
    with pytest.raises(KeyError):
        REPORT["nothing"]


def test_a_level_is_broken_down_by_what_it_compares_and_by_language():
    assert REPORT.by("arguments", "role") == {"place": (1, 2, 1), "time": (0, 0, 1)}
    assert REPORT.by("mentions", "kind") == {"actor": (0, 1, 1), "place": (1, 1, 1)}
    assert REPORT.by("mentions", "language") == {"ar": (1, 2, 1), "en": (0, 0, 1)}
    with pytest.raises(KeyError, match="not broken down by role"):
        REPORT.by("triggers", "role")


def test_a_level_is_broken_down_by_the_outlets_of_golds_articles():
    gold = [GOLD[0]._replace(source="Orient News"), GOLD[1]]
    report = score_documents(gold, PREDICTED)
    assert report.by("mentions", "source") == {"Orient News": (0, 0, 1), "unknown": (1, 2, 1)}


def test_macro_figures_are_means_over_the_labels_that_gold_has():
    # Of kinds, actor is missed and place is found; of roles, place is found once and time is never predicted.
    assert REPORT.macro("mentions-exact") == (0.5, 0.5, 0.5, 2)
    assert REPORT.macro("arguments") == (0.5, 0.5, (2 / 3 + 0) / 2, 2)
    wrong = Document("b", "ar", (ScoredMention("number", span(0, 1)),))
    assert score_documents(GOLD[1:], [wrong]).macro("mentions-exact") == (None, 0.0, 0.0, 1)


def test_a_level_without_labels_has_no_macro_figures():
    assert REPORT.macro("trigger-I") == (None, None, None, 0)


def test_who_asks_for_some_levels_gets_these_alone_and_the_signature_says_so():
    report = score_documents(GOLD, PREDICTED, levels=["entities", "mentions", "argument-I"])
    assert list(report) == ["mentions-strict", "argument-I", "entities"]
    assert all(report[name] == REPORT[name] for name in report)
    assert "|task:mentions-strict+argument-I+entities|" in str(report.signature)
    assert list(json.loads(report.to_json())["levels"]) == ["argument-I", "entities", "mentions-strict"]
    assert report.table().count("\n") == len(
        ["head", "mentions", "actor", "place", "argument-I", "entities", "", "signature"]
    )
    with pytest.raises(KeyError):
        report["numbers"]


def test_a_level_that_there_is_not_is_refused():
    with pytest.raises(Refusal, match="'mentions-lenient' is no level"):
        score_documents(GOLD, PREDICTED, levels=["mentions-lenient"])


def test_the_signature_names_gold_rules_and_version_in_order():
    assert str(REPORT.signature) == (
        f"gold:1.2.0|sha:3f9c1a2b|n:2|lang:ar+en|task:all|match:strict|attached:yes|over:all|undef:null"
        f"|boot:0|seed:none|v:{__version__}"
    )
    assert str(score_documents(GOLD, PREDICTED).signature).startswith("gold:unreleased|sha:none|n:2|")


def test_json_gives_counts_figures_and_the_signature_in_parts():
    written = json.loads(REPORT.to_json())
    assert written["signature"] == str(REPORT.signature)
    assert written["signature_parts"]["gold"] == "1.2.0"
    assert written["levels"]["argument-C"]["f1"] == 0.5
    assert written["levels"]["numbers-exact"] == {
        "tp": 0, "pred": 0, "gold": 0, "precision": None, "recall": None, "f1": None, "intervals": None,
        "by": {"language": {}, "source": {}},
        "macro": {"precision": None, "recall": None, "f1": None, "labels": 0},
    }  # fmt: skip
    assert written["levels"]["mentions-strict"]["by"]["kind"]["actor"]["precision"] == 0.0


def test_json_rounds_to_six_digits_and_the_report_does_not():
    gold = [Document("a", "en", tuple(ScoredMention("actor", span(n, n + 1)) for n in range(3)))]
    predicted = [gold[0]._replace(mentions=gold[0].mentions[:2])]
    report = score_documents(gold, predicted)
    assert json.loads(report.to_json())["levels"]["mentions-strict"]["recall"] == 0.666667
    assert report["mentions"].recall == 2 / 3


def test_partial_credit_is_rounded_when_it_is_written_and_whole_credit_is_whole():
    gold = [Document("a", "en", (ScoredMention("actor", span(0, 1)), ScoredMention("actor", span(5, 6))))]
    predicted = [Document("a", "en", (ScoredMention("actor", span(0, 3)), ScoredMention("actor", span(5, 6))))]
    report = score_documents(gold, predicted)
    written = json.loads(report.to_json())["levels"]
    assert report["mentions-iou"].tp == Fraction(4, 3)
    assert written["mentions-iou"]["tp"] == 1.333333
    assert written["mentions-iou"]["by"]["kind"] == {
        "actor": {"tp": 1.333333, "pred": 2, "gold": 2, "precision": 0.666667, "recall": 0.666667, "f1": 0.666667}
    }
    assert b'"tp":2}' in report.to_json()
    assert "mentions-half 75.00 75.00 75.00 1.50 2 2 75.00" in [
        " ".join(line.split()) for line in report.table().splitlines()
    ]


def test_the_table_shows_figures_in_percent_and_undefined_as_not_available():
    lines = REPORT.table().splitlines()
    assert " ".join(lines[0].split()) == "level P % R % F1 % right predicted gold macro F1 %"
    rows = {line.split()[0]: line.split()[1:] for line in lines[1:] if line}
    assert rows["argument-C"] == ["50.00", "50.00", "50.00", "1", "2", "2", "33.33"]
    assert rows["actor"] == ["0.00", "0.00", "0.00", "0", "1", "1"]
    assert rows["numbers-exact"] == ["n/a", "n/a", "n/a", "0", "0", "0", "n/a"]
    assert lines[-1] == str(REPORT.signature)


def test_warnings_are_part_of_the_report():
    report = score_documents(GOLD, PREDICTED[:1])
    (warning,) = json.loads(report.to_json())["warnings"]
    assert warning["rule"] == "predictions.missing-article"


def test_scoring_loads_neither_a_screen_nor_a_database_nor_a_solver_without_need():
    code = (
        "import sys, annotator.formats.predictions, annotator.formats.records\n"
        "from annotator.scoring.articles import score_documents\n"
        "from annotator.scoring.document import Document\n"
        "score_documents([Document('a', 'en')], [Document('a', 'en')]).to_json()\n"
        "print(*sorted({'textual', 'sqlalchemy', 'numpy', 'scipy'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
