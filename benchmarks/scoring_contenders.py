"""The scorers and their peers, each as a program of its own: `PYTHON benchmarks/scoring_contenders.py NAME FILE …`.

Reads files of `scoring_files.py`, scores them once and prints one line of JSON: the F1 by what it counts as a match.
The peers need their own packages (`benchmarks/peers.txt`) and none of ours, so nothing of either is imported at the
top. All read with orjson, as ours does, and are handed the spans in the shape that they take fastest.
"""

import json
import runpy
import sys
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

WORD, WORDS = 6, 400
KINDS = ("actor", "number", "place", "trigger")
"""What gold has, which is what the peers are told to look for."""

F1s = dict[str, float | None]


def articles(path: str) -> Iterator[Any]:
    import orjson

    with Path(path).open("rb") as file:
        yield from map(orjson.loads, file)


def counts(path: str) -> Iterator[tuple[int, int, int]]:
    """Give each article's right, predicted and in gold."""
    return (one["counts"] for one in articles(path))


def floor(gold: str, predictions: str) -> F1s:
    """What nobody who reads with orjson can do without: each line of both files is parsed, and let go."""
    for path in (gold, predictions):
        for _ in articles(path):
            pass
    return {}


def score_spans(gold: str, predictions: str) -> F1s:
    """Ours, called by a script."""
    from annotator import score_spans as ours

    def spans(path: str) -> Iterator[list[tuple[int, int, str]]]:
        for one in articles(path):
            yield [(mention["start"], mention["end"], mention["kind"]) for mention in one["mentions"]]

    scores = ours(spans(gold), spans(predictions))
    return {way: getattr(scores, way).f1 for way in ("strict", "exact", "overlap", "half", "iou")}


def nervaluate(gold: str, predictions: str) -> F1s:
    from nervaluate import Evaluator

    def spans(path: str) -> list[list[dict[str, Any]]]:
        return [
            [
                {"label": mention["kind"], "start": mention["start"], "end": mention["end"]}
                for mention in one["mentions"]
            ]
            for one in articles(path)
        ]

    told = Evaluator(spans(gold), spans(predictions), tags=list(KINDS), loader="dict").evaluate()["overall"]
    return {
        "strict": told["strict"].f1,
        "exact": told["exact"].f1,
        "overlap": told["ent_type"].f1,
        "half": told["partial"].f1,
    }


def seqeval(gold: str, predictions: str) -> F1s:
    from seqeval.metrics import f1_score

    def tags(path: str) -> list[list[str]]:
        found = []
        for one in articles(path):
            written = ["O"] * WORDS
            for mention in one["mentions"]:
                # A word that an entity has a part of is a word of the entity.
                first, last = mention["start"] // WORD, (mention["end"] - 1) // WORD
                kind = mention["kind"]
                written[first : last + 1] = [f"B-{kind}", *[f"I-{kind}"] * (last - first)]
            found.append(written)
        return found

    return {"strict": float(f1_score(tags(gold), tags(predictions)))}


def spacy(gold: str, predictions: str) -> F1s:
    from spacy.scorer import Scorer
    from spacy.tokens import Doc
    from spacy.training import Example
    from spacy.vocab import Vocab

    vocab, words = Vocab(), ["xxxxx"] * WORDS

    def doc(one: Any) -> Doc:
        made = Doc(vocab, words=words)
        spans = (made.char_span(mention["start"], mention["end"], mention["kind"]) for mention in one["mentions"])
        made.spans["sc"] = [span for span in spans if span is not None]
        return made

    both = zip(articles(gold), articles(predictions), strict=True)
    examples = [Example(doc(theirs), doc(ours)) for ours, theirs in both]
    told = Scorer.score_spans(examples, "sc", getter=lambda doc, key: doc.spans[key], allow_overlap=True)
    return {"strict": told["sc_f"]}


def textee(gold: str, predictions: str, scorer: str) -> F1s:
    """TextEE's six figures, by its own `scorer.py`: its debugger, which it imports and never calls, is left out."""
    sys.modules["ipdb"] = types.ModuleType("ipdb")

    def events(path: str) -> list[dict[str, Any]]:
        return [
            {"doc_id": one["article_id"], "wnd_id": one["article_id"], "events": list(map(event, one["events"]))}
            for one in articles(path)
        ]

    def event(told: Any) -> dict[str, Any]:
        return {
            "trigger": (told["triggers"][0]["start"], told["triggers"][0]["end"], told["type"]),
            "arguments": [(one["start"], one["end"], one["role"]) for one in told["arguments"]],
        }

    told = runpy.run_path(scorer)["compute_scores"](events(predictions), events(gold), "E2E")
    return {
        "trigger-I": told["trigger_id"]["f1"] / 100,
        "trigger-C": told["trigger_cls"]["f1"] / 100,
        "argument-I": told["argument_attached_id"]["f1"] / 100,
        "argument-C": told["argument_attached_cls"]["f1"] / 100,
        "argument-I-unattached": told["argument_id"]["f1"] / 100,
        "argument-C-unattached": told["argument_cls"]["f1"] / 100,
    }


def our_randomisation(one: str, other: str) -> F1s:
    from annotator.statistics.randomisation import TRIALS, Pairs, Side, p_values

    sides = ([Side(2 * tp, pred + gold) for tp, pred, gold in counts(side)] for side in (one, other))
    pairs = Pairs(*sides)
    groups = sum(1 for _ in counts(one))
    (p,) = p_values([pairs], groups, TRIALS, 13)
    return {"p": p, "difference": float(pairs.difference() or 0)}


def permutation_test(one: str, other: str) -> F1s:
    """scipy's, on places in a table of both systems' counts, so that trading two places trades two articles."""
    import numpy as np
    from scipy.stats import permutation_test as test

    table = np.array([(2 * tp, pred + gold) for side in (one, other) for tp, pred, gold in counts(side)], dtype=float)
    parts, wholes = np.ascontiguousarray(table.T)
    places = np.arange(len(table)).reshape(2, -1)

    def difference(mine: Any, theirs: Any, axis: int) -> Any:
        figures = [parts[side].sum(axis=axis) / wholes[side].sum(axis=axis) for side in (mine, theirs)]
        return figures[0] - figures[1]

    found = test(
        tuple(places),
        difference,
        permutation_type="samples",
        vectorized=True,
        n_resamples=10_000,
        batch=100,
        rng=np.random.default_rng(13),
    )
    return {"p": float(found.pvalue), "difference": float(found.statistic)}


def gtt(gold: str, predictions: str, scorer: str) -> F1s:
    """GTT's figure, by its own `eval.py` run as a program; what it prints last is that of everything."""
    import contextlib
    import io
    import os
    import tempfile

    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()) as printed:
        # It opens this file wherever it is run, and looks into it for other questions only.
        unasked = Path(folder) / "data" / "muc" / "processed" / "docids_event_n.json"
        unasked.parent.mkdir(parents=True)
        unasked.write_text("{}")
        os.chdir(folder)
        sys.argv = [scorer, "--gold_file", gold, "--pred_file", predictions]
        runpy.run_path(scorer, run_name="__main__")
        os.chdir("/")
    return {"f1": float(printed.getvalue().split()[-1]) / 100}


WORK: dict[str, Callable[..., F1s]] = {
    work.__name__: work
    for work in (floor, score_spans, nervaluate, seqeval, spacy, textee, gtt, our_randomisation, permutation_test)
}

if __name__ == "__main__":
    _, name, *files = sys.argv
    print(json.dumps(WORK[name](*files)))
