"""The commonest errors, sort by sort, each in its sentence: a line under gold, a dashed one over what was predicted.

Sentences run as their script does, and nothing of an article does anything but stand there.
"""

from annotator.cli.html_page import safe
from annotator.scoring.errors import Reading, ScoringError
from annotator.text.counted import counted
from annotator.workflow.error_excerpts import GOLD, PREDICTED, TRIGGER, Piece, excerpt
from annotator.workflow.score_details import Group, ScoreDetails

_MOST = 30
"""Sorts of errors that are shown."""

_COUNTED = {
    "trigger": ("mentions", "trigger"),
    "argument": ("argument", "entities", "events"),
    "event": ("events",),
}
"""With what the names of the levels begin that count a part; all others are mentions alone."""

EXAMPLE_STYLE = """
.words { max-width: none; margin: .2rem 0; line-height: 2; } .words[dir=rtl] { font-size: 1.15em; }
.words mark { color: inherit; background: none; padding: .15em 0; }
mark.gold { --tone: #2c7a3f; border-bottom: 3px solid var(--tone); }
mark.predicted { --tone: #a8451c; border-top: 2px dashed var(--tone); }
mark.gold.predicted { --tone: #8a5a00; } mark.trigger { border-bottom: 2px dotted var(--soft); }
.words mark.gold, .words mark.predicted { background: color-mix(in srgb, var(--tone) 13%, transparent); }
.error { border-inline-start: 3px solid var(--rule); padding-inline-start: .8rem; margin: .8rem 0; max-width: 56rem; }
.error dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 .8rem; margin: 0; font-size: .9rem; }
.error dt { color: var(--soft); } .error dd { margin: 0; overflow-wrap: anywhere; }
@media (prefers-color-scheme: dark) { mark.gold { --tone: #6fc984; } mark.predicted { --tone: #ffa27a; }
  mark.gold.predicted { --tone: #e0b060; } }
"""


def examples(details: ScoreDetails) -> str:
    """Give the commonest sorts of errors of what was scored, with some examples each; nothing where there are none."""
    groups = [group for group in details.groups if _asked(group.examples[0].part, details)]
    if not groups:
        return ""
    legend = (
        '<p class="words"><mark class="gold">A line below</mark>: gold. <mark class="predicted">A dashed line'
        ' above</mark>: predicted. <mark class="gold predicted">Both lines</mark>: both.'
        ' <mark class="trigger">Dots below</mark>: the trigger of an argument\'s event.</p>'
    )
    left = sum(group.times for group in groups[_MOST:])
    more = f"<p>{counted(left, 'error')} of {len(groups) - _MOST} rarer sorts are not shown.</p>" if left else ""
    told = "".join(_group(group, details) for group in groups[:_MOST])
    return f"{legend}{told}{more}<p class=soft><code>annotator errors</code> goes through all of them.</p>"


def _asked(part: str, details: ScoreDetails) -> bool:
    beginnings = _COUNTED.get(part, ("mentions",))
    return any(name.startswith(beginnings) for name in details.report)


def _group(group: Group, details: ScoreDetails) -> str:
    told = "".join(_error(error, details) for error in group.examples)
    title = f"<bdi>{safe(group.name)}</bdi>, {counted(group.times, 'time')}"
    return f"<details open><summary><h3>{title}</h3></summary>{told}</details>"


def _error(error: ScoringError, details: ScoreDetails) -> str:
    text = details.texts.get(error.article_id)
    sides = f"{_side(GOLD, error.gold)}{_side(PREDICTED, error.predicted)}"
    return f'<div class="error">{_words(error, text)}<dl>{sides}<dt>where</dt><dd>{_where(error)}</dd></dl></div>'


def _words(error: ScoringError, text: str | None) -> str:
    shown = excerpt(error, text) if text is not None else None
    if shown is None:
        return ""
    before, behind = ("… " if shown.cut[0] else ""), (" …" if shown.cut[1] else "")
    side = "rtl" if shown.rtl else "ltr"
    return f'<p class="words" dir="{side}">{before}{"".join(map(_piece, shown.pieces))}{behind}</p>'


def _piece(piece: Piece) -> str:
    words = safe(piece.text.replace("\n", " "))
    marks = [mark for mark in (GOLD, PREDICTED) if mark in piece.marks] or [
        mark for mark in piece.marks if mark == TRIGGER
    ]
    return f'<mark class="{" ".join(marks)}">{words}</mark>' if marks else words


def _side(side: str, reading: Reading | None) -> str:
    if reading is None:
        return f"<dt>{side}</dt><dd>nothing</dd>"
    said = [reading.label, f"({reading.said})" if reading.said else ""]
    if reading.event_type:
        said.append(f"of {reading.event_type}")
    return f"<dt>{side}</dt><dd><bdi>{safe(' '.join(filter(None, said)))}</bdi> {_place(reading)}</dd>"


def _place(reading: Reading) -> str:
    if reading.span is None:
        return ""
    if reading.span.start < 0:
        return '<span class="soft">nowhere in the text</span>'
    return f'<span class="soft">{reading.span.start}–{reading.span.end}</span>'


def _where(error: ScoringError) -> str:
    return f"<bdi>{safe(error.article_id)}</bdi>"
