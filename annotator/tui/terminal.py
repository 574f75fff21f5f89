"""Which way of writing right-to-left text suits this terminal, and why.

Owns the table of terminals and the order in which a way is chosen: what was asked for, what the workspace sets, what
somebody saw on the card, what the terminal is found to be, and else the guard, which is right or readable nearly
everywhere. Never reads or writes a terminal: the facts come from `terminal_facts`, and whoever opens the screens writes
`enter` and `leave`.
"""

import os
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from annotator.errors import Refusal
from annotator.tui.layout import BidiMode
from annotator.tui.terminal_facts import Facts, gather

BIDI_VARIABLE = "ANNOTATOR_BIDI"


class Way(NamedTuple):
    """How right-to-left text is written in one session."""

    mode: BidiMode
    reason: str
    """One sentence on why."""
    enter: str = ""
    """What the terminal must be sent before the screens open; empty for nearly all."""
    leave: str = ""
    """What the terminal must be sent after they close, to be as it was."""
    terminal: str = ""
    """The kind of terminal, under which an answer on the card is remembered; empty when it was not asked."""
    typed: str = ""
    """Keys that were pressed while the terminal was asked and could not be put back: the screens should take them."""


class Terminal(NamedTuple):
    """What one kind of terminal does with right-to-left text, and what gives it away."""

    name: str
    clues: Mapping[str, str]
    """Which fact must match which pattern from its beginning; one of them is enough."""
    mode: BidiMode
    does: str
    """The rest of a sentence that begins with the name."""
    enter: str = ""
    leave: str = ""


STRONGEST_FIRST = (
    "version",
    "bdsm",
    "TERM",
    "KONSOLE_VERSION",
    "device",
    "MLTERM",
    "VTE_VERSION",
    "KITTY_WINDOW_ID",
    "WT_SESSION",
    "TERM_PROGRAM",
)
"""The clues in the order in which they are believed.

What the terminal says of itself comes first. Each terminal sets TERM, but the other variables are inherited by a
terminal that is started from within another. KONSOLE_VERSION stands before the device number because Konsole before
version 22 gives the same number as its relative QTerminal, and no name.
"""

_PLAIN = "shows each character in the cell it is sent to"
_OWN = "reorders by itself, and the guard keeps it from that"

TERMINALS = (
    Terminal(
        "kitty",
        {"version": r"kitty\b", "TERM": r"xterm-kitty$", "KITTY_WINDOW_ID": r"."},
        BidiMode.WORDS,
        "reverses the letters of each right-to-left word",
    ),
    Terminal(
        "mlterm",
        {"TERM": r"mlterm", "MLTERM": r"."},
        BidiMode.VISUAL,
        "reorders by itself until it is told not to",
        enter="\x1b]5379;use_ctl=false\x07",
        leave="\x1b]5379;use_ctl=true\x07",
    ),
    Terminal("QTerminal", {"device": r"0;115;0$"}, BidiMode.LOGICAL, "reorders by itself and drops the guard's marks"),
    Terminal("Konsole", {"version": r"Konsole\b", "KONSOLE_VERSION": r"."}, BidiMode.GUARD, _OWN),
    Terminal("VTE", {"version": r"VTE\b", "bdsm": r"[1-4]$", "VTE_VERSION": r"."}, BidiMode.GUARD, _OWN),
    Terminal("xterm", {"version": r"XTerm\b"}, BidiMode.GUARD, _PLAIN),
    Terminal("xterm.js", {"version": r"xterm\.js", "TERM_PROGRAM": r"vscode$"}, BidiMode.GUARD, _PLAIN),
    Terminal("urxvt", {"TERM": r"rxvt"}, BidiMode.GUARD, _PLAIN),
    Terminal("st", {"TERM": r"st(-|$)"}, BidiMode.GUARD, _PLAIN),
    Terminal("Alacritty", {"version": r"Alacritty\b", "TERM": r"alacritty"}, BidiMode.GUARD, _PLAIN),
    Terminal("foot", {"version": r"foot\b", "TERM": r"foot"}, BidiMode.GUARD, _PLAIN),
    Terminal("WezTerm", {"version": r"WezTerm\b", "TERM_PROGRAM": r"WezTerm$"}, BidiMode.GUARD, _PLAIN),
    Terminal("Ghostty", {"version": r"ghostty\b", "TERM": r"xterm-ghostty$"}, BidiMode.GUARD, _PLAIN),
    Terminal("iTerm2", {"version": r"iTerm2\b", "TERM_PROGRAM": r"iTerm\.app$"}, BidiMode.GUARD, _PLAIN),
    Terminal("Windows Terminal", {"WT_SESSION": r"."}, BidiMode.GUARD, _PLAIN),
    Terminal("tmux", {"version": r"tmux\b", "TERM": r"tmux"}, BidiMode.GUARD, "hides the terminal it is shown in"),
    Terminal("screen", {"TERM": r"screen"}, BidiMode.GUARD, "hides the terminal it is shown in"),
)
"""What was seen in each terminal itself, but for WezTerm, Ghostty, iTerm2 and Windows Terminal: these by report."""


def way_of_writing(
    configured: str | None,
    *,
    flag: str | None = None,
    environment: Mapping[str, str] = os.environ,
    answered: Mapping[str, str] = MappingProxyType({}),
) -> Way:
    """Choose how right-to-left text is written here; asks the terminal only when nobody has said how.

    `configured` is the workspace's `screen.bidi`; `answered` what was picked on the card, by kind of terminal. Raises
    `Refusal` for a terminal that cannot show screens, and for a way that does not exist.
    """
    refuse_dumb(environment)
    asked = asked_for(flag, environment, configured)
    return asked or by_card(detected(gather(environment)), answered)


def refuse_dumb(environment: Mapping[str, str]) -> None:
    """Raise `Refusal` when the terminal says that it can place nothing on its screen."""
    if environment.get("TERM") == "dumb":
        raise Refusal(
            "terminal.missing",
            "This terminal cannot show screens: TERM is dumb.",
            "Run it in another terminal, or set TERM to what this one is.",
        )


def asked_for(flag: str | None, environment: Mapping[str, str], configured: str | None) -> Way | None:
    """Give the way that somebody asked for: by flag, by environment, by configuration; None when nobody did.

    Raises `Refusal` for a way that does not exist.
    """
    sources = (("--bidi", flag), (BIDI_VARIABLE, environment.get(BIDI_VARIABLE)), ("annotator.toml", configured))
    for source, wanted in sources:
        if wanted:
            return Way(_mode(source, wanted), f"{source} asks for it.")
    return None


def _mode(source: str, wanted: str) -> BidiMode:
    try:
        return BidiMode(wanted)
    except ValueError:
        raise Refusal(
            "usage",
            f"{source}: {wanted!r} is no way of writing right-to-left text.",
            f"There are {', '.join(BidiMode)}.",
        ) from None


def by_card(way: Way, answered: Mapping[str, str]) -> Way:
    """Give the way that somebody said reads correctly on this kind of terminal, or else the one that was detected."""
    mode = answered.get(way.terminal)
    if mode not in list(BidiMode):
        return way
    return way._replace(mode=BidiMode(mode), reason=f"Somebody saw that it reads correctly ({way.terminal}).")


def detected(facts: Facts) -> Way:
    """Give the way that suits the terminal that these facts betray; the guard when they betray none."""
    found = recognised(facts.behind_tmux()) if facts.tmux_client else recognised(facts.clues())
    kind = f"{found.name if found else 'unknown'} {facts.environment.get('TERM', '')}".strip()
    if found is None:
        through = "through tmux" if facts.tmux_client else "by any sign"
        way = Way(BidiMode.GUARD, f"The terminal cannot be told {through}, and the guard suits most.")
    elif facts.tmux_client and found.enter:
        way = Way(BidiMode.GUARD, f"{found.name} {found.does}, which cannot be done through tmux.")
    else:
        way = Way(found.mode, f"{found.name} {found.does}.", found.enter, found.leave)
    return way._replace(terminal=kind, typed=facts.typed)


def recognised(clues: Mapping[str, str]) -> Terminal | None:
    """Give the terminal that the strongest of these clues betrays, or None."""
    for clue in STRONGEST_FIRST:
        seen = clues.get(clue, "")
        for terminal in TERMINALS:
            if seen and clue in terminal.clues and re.match(terminal.clues[clue], seen):
                return terminal
    return None
