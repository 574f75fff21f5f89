"""Label conflict news, settle disagreements, freeze versioned gold, score extractors against it.

For evaluation scripts:

    import annotator
    gold = annotator.load_gold("gold/1.0.0")
    report = annotator.score(gold, "predictions.jsonl")
    report["arguments"].f1, str(report.signature), report.to_json()

Whether one system is better than another beyond chance:

    annotator.compare(gold, "a.jsonl", "b.jsonl")["arguments"].p

What is wrong, one by one and in groups ("number: at least read as exact", 14 times):

    annotator.find_errors(gold, "predictions.jsonl").groups()
Many systems at once, in their order:

    annotator.leaderboard(gold, ["a.jsonl", "b.jsonl", "theirs"]).table()

For spans that are in memory, per article a list of (start, end, label):

    annotator.score_spans(gold, pred).strict.f1

In the tests of an extractor, with pytest or without:

    annotator.testing.score_against(gold, "predictions.jsonl").at_least(arguments=0.70)

For files of filled templates, as MUC-4's:

    annotator.score_templates("test.json", "preds_gtt.out").total.f1

For figures and times without an article:

    annotator.parse_number("6 members at least").low
    annotator.parse_time("Tuesday evening", published="2018-05-24").value

The map of the package is ARCHITECTURE.md. Importing this module is cheap: what it names is loaded at the first use.
"""

from typing import TYPE_CHECKING, Any

from annotator.version import __version__

if TYPE_CHECKING:
    from annotator.errors import Refusal
    from annotator.scoring.json_schema import json_schema
    from annotator.scoring.spans import score_spans
    from annotator.workflow.comparing_systems import compare
    from annotator.workflow.erring import find_errors
    from annotator.workflow.evaluating import Gold, load_gold, score
    from annotator.workflow.leading import leaderboard
    from annotator.workflow.parsing import parse_number, parse_time
    from annotator.workflow.template_scores import score_templates

__all__ = [
    "Gold",
    "Refusal",
    "__version__",
    "compare",
    "find_errors",
    "json_schema",
    "leaderboard",
    "load_gold",
    "parse_number",
    "parse_time",
    "score",
    "score_spans",
    "score_templates",
]


def __getattr__(name: str) -> Any:
    if name in ("Gold", "load_gold", "score"):
        from annotator.workflow import evaluating

        return getattr(evaluating, name)
    if name == "compare":
        from annotator.workflow.comparing_systems import compare

        return compare
    if name == "find_errors":
        from annotator.workflow.erring import find_errors

        return find_errors
    if name == "leaderboard":
        from annotator.workflow.leading import leaderboard

        return leaderboard
    if name in ("parse_number", "parse_time"):
        from annotator.workflow import parsing

        return getattr(parsing, name)
    if name == "score_spans":
        from annotator.scoring.spans import score_spans

        return score_spans
    if name == "json_schema":
        from annotator.scoring.json_schema import json_schema

        return json_schema
    if name == "score_templates":
        from annotator.workflow.template_scores import score_templates

        return score_templates
    if name == "Refusal":
        from annotator.errors import Refusal

        return Refusal
    if name == "testing":
        import importlib

        return importlib.import_module("annotator.testing")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
