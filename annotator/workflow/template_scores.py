"""Scoring files of filled templates against gold ones. Loads no screen and no database."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from annotator.errors import Refusal
from annotator.formats.gtt import output_id, read_gold, read_output
from annotator.formats.template_spans import gold_document, predicted_document
from annotator.model.canonical import sha256
from annotator.model.problem import Problem
from annotator.model.template import Filled
from annotator.scoring.articles import score_documents
from annotator.scoring.document import UNKNOWN
from annotator.scoring.report import Report
from annotator.scoring.signature import GoldName, signature
from annotator.scoring.template_report import TemplateReport
from annotator.scoring.template_spread import spread_of
from annotator.scoring.templates import Counts, TemplateScore, count_templates, total_of
from annotator.statistics.bootstrap import SEED, TRIALS, refuse_undrawable
from annotator.workflow.evaluating import refuse_empty, refuse_errors
from annotator.workflow.opening import read_file

EXTRA = "extra-articles"
"""What may be allowed: predicted articles that gold lacks, which are then left out."""

_NAMED = 5
"""How many articles a message names before it only counts."""


def score_templates(
    gold: str | Path,
    predictions: str | Path,
    *,
    allow: Collection[str] = (),
    boot: int = TRIALS,
    seed: int = SEED,
) -> TemplateReport:
    """Give the scores of GTT's output against GTT's gold, counted as GTT's scorer does.

    The 95 % intervals come of drawing articles `boot` times, as `seed` says; there are none without draws.
    Where gold gives the articles' texts our own levels stand beside it. An article that output lacks counts as empty,
    with a warning. Raises `Refusal` (`gold.invalid`, `predictions.invalid`) with file and line of each error, or for
    articles that gold lacks, unless `extra-articles` is allowed.
    """
    refuse_undrawable(boot, seed)
    data = read_file(Path(gold))
    ours, doubts = read_gold(data, str(gold))
    refuse_errors("gold.invalid", str(gold), doubts)
    refuse_empty(Path(gold), ours)
    theirs, problems = read_output(read_file(Path(predictions)), str(predictions))
    refuse_errors("predictions.invalid", str(predictions), problems)
    pairs, said = _joined(ours, theirs, str(predictions), allow)
    name = GoldName(sha256=sha256(data))
    by_article = {ours.article_id: count_templates(ours.templates, theirs.templates) for ours, theirs in pairs}
    totals = {article_id: total_of(counts.values()) for article_id, counts in by_article.items()}
    by_spans, unplaced = _by_spans(pairs, name, str(predictions), boot, seed)
    signed = signature(name, len(ours), {UNKNOWN}, boot=boot, seed=seed if boot else None)
    return TemplateReport(
        signed._replace(task="templates", match="gtt"),
        _by_role(by_article.values()),
        spread_of(totals, boot, seed) if boot else None,
        sum(map(any, totals.values())),
        by_spans,
        (*doubts, *problems, *said, *_unknown(pairs, str(predictions)), *unplaced),
    )


Pairs = Sequence[tuple[Filled, Filled]]
"""Articles of gold, each with what is predicted of it."""


def _joined(
    gold: Sequence[Filled], predicted: Iterable[Filled], file: str, allow: Collection[str]
) -> tuple[Pairs, list[Problem]]:
    """Give each article of gold with its prediction, and what to say of those that lack the other."""
    waiting = {article.article_id: article for article in predicted}
    pairs, missing = [], []
    for ours in gold:
        theirs = waiting.pop(output_id(ours.article_id), None) or waiting.pop(ours.article_id, None)
        if theirs is None:
            missing.append(ours.article_id)
        pairs.append((ours, (theirs or Filled("", ""))._replace(article_id=ours.article_id)))
    if waiting and EXTRA not in allow:
        raise Refusal(
            "predictions.invalid",
            f"{file} holds articles that gold lacks: {_named(waiting)}.",
            f"Remove them, or allow {EXTRA} to leave them out.",
        )
    said = []
    if waiting:
        said.append(_warning(file, "unknown-article", f"{len(waiting)} article(s) that gold lacks are left out."))
    if missing:
        told = f"{len(missing)} gold article(s) have no prediction and count as empty: {_named(missing)}."
        said.append(_warning(file, "missing-article", told))
    return pairs, said


def _by_role(articles: Iterable[Counts]) -> dict[str, TemplateScore]:
    sums: dict[str, TemplateScore] = {}
    for counts in articles:
        for role, score in counts.items():
            sums[role] = sums.get(role, TemplateScore()).plus(score)
    return dict(sorted(sums.items()))


def _by_spans(pairs: Pairs, name: GoldName, file: str, boot: int, seed: int) -> tuple[Report | None, list[Problem]]:
    """Give our own levels, and what to say of strings without a place; no report where a text is missing."""
    if not all(ours.text for ours, _ in pairs):
        return None, [_warning(file, "no-text", "Gold does not give all texts: our levels, over spans, are left out.")]
    found = [predicted_document(theirs, ours.text) for ours, theirs in pairs]
    gold = [gold_document(ours) for ours, _ in pairs]
    report = score_documents(gold, [one for one, _ in found], gold_name=name, boot=boot, seed=seed)
    lost = sum(count for _, count in found)
    told = f"{lost} predicted entities do not stand in their texts: over spans they count as wrong."
    return replace(report, warnings=()), [_warning(file, "anchor", told)] if lost else []


def _unknown(pairs: Pairs, file: str) -> Iterator[Problem]:
    """Give warnings of the types that are part of none in gold, and of the roles that gold lacks."""
    templates = [template for ours, _ in pairs for template in ours.templates]
    types = {template.type for template in templates}
    roles = {role for template in templates for role, _ in template.roles}
    of_type, of_role = Counter[str](), Counter[str]()
    for template in (template for _, theirs in pairs for template in theirs.templates):
        of_type.update([] if any(template.type in known for known in types) else [template.type])
        of_role.update({role: len(filled) for role, filled in template.roles if role not in roles})
    for name, count in sorted(of_type.items()):
        told = f"No template of gold has {name!r} in its type: {count} predicted template(s) count as wrong."
        yield _warning(file, "unknown-type", told)
    for role, count in sorted(of_role.items()):
        told = f"No template of gold has the role {role!r}: its {count} predicted entities count as wrong."
        yield _warning(file, "unknown-role", told)


def _warning(file: str, rule: str, told: str) -> Problem:
    return Problem(rule=f"predictions.{rule}", level="warning", where=file, message=told)


def _named(article_ids: Collection[str]) -> str:
    named = [name if name.isprintable() else repr(name) for name in sorted(article_ids)]
    more = f" and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
    return ", ".join(named[:_NAMED]) + more
