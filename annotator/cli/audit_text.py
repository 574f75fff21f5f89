"""What audits say of annotators, as a table for people and as plain values for programs."""

from collections.abc import Sequence

from annotator.agreement.audit import AuditFigures
from annotator.statistics.wilson import Share

LEGEND = (
    "accepted: of the wrong candidates that were settled, those that stand as they were planted\n"
    "found: of the withheld candidates that are right, those marked all the same, in articles that are done\n"
    "In brackets the 95% interval (Wilson)."
)
_HEADINGS = ("annotator", "articles", "planted", "accepted", "withheld", "found", "not judged")


def audit_table(figures: Sequence[AuditFigures]) -> str:
    """Give a line for each annotator under a heading, with a final newline."""
    rows = [_HEADINGS, *(_cells(one) for one in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADINGS))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)
    return "\n".join([*lines, ""])


def _cells(one: AuditFigures) -> tuple[str, ...]:
    return (
        one.person,
        str(one.articles),
        str(one.planted),
        _share(one.accepted, "none settled"),
        str(one.withheld),
        _share(one.found, "none to find"),
        str(one.not_judged),
    )


def _share(share: Share, none: str) -> str:
    if share.rate is None or share.interval is None:
        return none
    low, high = share.interval
    return f"{share.hits} of {share.of}: {share.rate:.0%} [{low:.0%}, {high:.0%}]"


def audit_plain(one: AuditFigures) -> dict[str, object]:
    """Give one annotator's figures as plain values."""
    return {
        "person": one.person,
        "articles": one.articles,
        "planted": {
            "shown": one.planted,
            "settled": one.accepted.of,
            "accepted": one.accepted.hits,
            "acceptance": one.accepted.rate,
            "interval": one.accepted.interval,
            "right_by_chance": one.right_by_chance,
        },
        "withheld": {
            "total": one.withheld,
            "right": one.found.of,
            "found": one.found.hits,
            "recall": one.found.rate,
            "interval": one.found.interval,
            "wrong": one.wrong,
            "not_judged": one.not_judged,
        },
    }
