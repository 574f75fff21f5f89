"""Which way of writing right-to-left text is chosen, from facts alone; and that a person's word comes before them."""

import pytest

from annotator.errors import Refusal
from annotator.tui.layout import BidiMode
from annotator.tui.terminal import (
    STRONGEST_FIRST,
    TERMINALS,
    asked_for,
    by_card,
    detected,
    refuse_dumb,
    way_of_writing,
)
from annotator.tui.terminal_facts import Answers, Facts

GUARD, VISUAL, LOGICAL, WORDS = BidiMode.GUARD, BidiMode.VISUAL, BidiMode.LOGICAL, BidiMode.WORDS

XTERM = Answers("XTerm(379)", "0", "41;379;0")
KITTY = Answers("kitty(0.26.5)", "0", "1;4000;26")
KONSOLE = Answers("Konsole 22.12.3", "", "1;115;0")
VTE = Answers("", "1", "65;7006;1")
MLTERM = Answers("", "0", "24;279;0")
QTERMINAL = Answers("", "", "0;115;0")
URXVT = Answers("", "", "85;95;0")
TMUX = Answers("tmux 3.3a", "", "84;0;0")
MUTE = Answers()
IN_TMUX = {"TMUX": "/run/tmux,1,0", "TERM": "screen-256color", "TERM_PROGRAM": "tmux"}


@pytest.mark.parametrize(
    ("answers", "environment", "mode", "name"),
    [
        # As each of them really answers, with the variables that it really sets.
        (XTERM, {"TERM": "xterm"}, GUARD, "xterm"),
        (KITTY, {"TERM": "xterm-kitty", "KITTY_WINDOW_ID": "1"}, WORDS, "kitty"),
        (KONSOLE, {"TERM": "xterm-256color", "KONSOLE_VERSION": "221203"}, GUARD, "Konsole"),
        (VTE, {"TERM": "xterm-256color", "VTE_VERSION": "7006"}, GUARD, "VTE"),
        (MLTERM, {"TERM": "mlterm", "MLTERM": "3.9.0"}, VISUAL, "mlterm"),
        (QTERMINAL, {"TERM": "xterm-256color"}, LOGICAL, "QTerminal"),
        (URXVT, {"TERM": "rxvt-unicode-256color"}, GUARD, "urxvt"),
        (Answers("xterm.js(5.5.0)"), {"TERM_PROGRAM": "vscode"}, GUARD, "xterm.js"),
        (Answers("foot(1.13.1)"), {"TERM": "foot"}, GUARD, "foot"),
        (MUTE, {"TERM": "st-256color"}, GUARD, "st"),
        (MUTE, {"TERM": "alacritty"}, GUARD, "Alacritty"),
        (MUTE, {"TERM": "xterm-256color", "WT_SESSION": "x"}, GUARD, "Windows Terminal"),
        (MUTE, {"TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"}, GUARD, "iTerm2"),
        # Over ssh only the answers and TERM arrive.
        (KITTY, {"TERM": "xterm-256color"}, WORDS, "kitty"),
        (MLTERM, {"TERM": "mlterm"}, VISUAL, "mlterm"),
        (TMUX, {"TERM": "screen-256color"}, GUARD, "tmux"),
        # A line so slow that nothing was heard.
        (MUTE, {"TERM": "xterm-kitty"}, WORDS, "kitty"),
        (MUTE, {"TERM": "xterm-256color", "VTE_VERSION": "7006"}, GUARD, "VTE"),
        # Variables that were inherited from the terminal in which this one was started.
        (XTERM, {"TERM": "xterm", "KITTY_WINDOW_ID": "1"}, GUARD, "xterm"),
        (KITTY, {"TERM": "xterm-kitty", "KONSOLE_VERSION": "221203"}, WORDS, "kitty"),
        (VTE, {"TERM": "xterm-256color", "MLTERM": "3.9.0", "VTE_VERSION": "7006"}, GUARD, "VTE"),
        (QTERMINAL, {"TERM": "xterm-256color", "VTE_VERSION": "7006"}, LOGICAL, "QTerminal"),
        (MLTERM, {"TERM": "mlterm", "KONSOLE_VERSION": "221203"}, VISUAL, "mlterm"),
        (XTERM, {**IN_TMUX, "TERM": "xterm"}, GUARD, "xterm"),
        # An old Konsole has QTerminal's number, and no name.
        (QTERMINAL, {"TERM": "xterm-256color", "KONSOLE_VERSION": "201200"}, GUARD, "Konsole"),
        # Nothing known.
        (Answers("Contour 0.4"), {"TERM": "xterm-256color"}, GUARD, "The terminal cannot be told by any sign"),
        (Answers("mykitty"), {"TERM": "my-xterm-kitty"}, GUARD, "The terminal cannot be told by any sign"),
        (MUTE, {}, GUARD, "The terminal cannot be told by any sign"),
        (MUTE, {"KITTY_WINDOW_ID": ""}, GUARD, "The terminal cannot be told by any sign"),
    ],
)
def test_each_terminal_gets_what_it_shows_rightly(
    answers: Answers, environment: dict[str, str], mode: BidiMode, name: str
) -> None:
    way = detected(Facts(environment, answers))
    assert (way.mode, way.reason.startswith(name)) == (mode, True), way
    assert way.reason.endswith(".")
    assert way.reason.count(". ") == 0


@pytest.mark.parametrize(
    ("client", "mode", "says"),
    [
        (("XTerm(379)", "xterm-256color"), GUARD, "xterm shows"),
        (("kitty(0.26.5)", "xterm-256color"), WORDS, "kitty"),
        (("", "xterm-kitty"), WORDS, "kitty"),
        (("", "mlterm"), GUARD, "cannot be done through tmux"),
        (("tmux 3.3a", "screen-256color"), GUARD, "tmux hides"),
        (("", "xterm-256color"), GUARD, "cannot be told through tmux"),
        (("", ""), GUARD, "cannot be told through tmux"),
    ],
)
def test_inside_tmux_the_terminal_around_it_counts(client: tuple[str, str], mode: BidiMode, says: str) -> None:
    # tmux keeps the variables of the terminal in which it was started, which may not be the one it is shown in.
    started_in = {"KITTY_WINDOW_ID": "1", "MLTERM": "3.9.0", "VTE_VERSION": "7006"}
    way = detected(Facts({**IN_TMUX, **started_in}, TMUX, client))
    assert way.mode is mode
    assert says in way.reason
    assert (way.enter, way.leave) == ("", "")


def test_only_mlterm_is_told_something_and_told_back() -> None:
    way = detected(Facts({"TERM": "mlterm"}, MLTERM))
    assert (way.enter, way.leave) == ("\x1b]5379;use_ctl=false\x07", "\x1b]5379;use_ctl=true\x07")
    assert [terminal.name for terminal in TERMINALS if terminal.enter or terminal.leave] == ["mlterm"]


def test_keys_that_could_not_be_put_back_come_with_the_way() -> None:
    assert detected(Facts({}, XTERM._replace(typed="ىj".encode()))).typed == "ىj"


def test_every_clue_of_the_table_is_looked_at() -> None:
    assert {clue for terminal in TERMINALS for clue in terminal.clues} == set(STRONGEST_FIRST)


def test_flag_then_environment_then_configuration() -> None:
    environment = {"ANNOTATOR_BIDI": "words"}
    asked = [
        asked_for("visual", environment, "logical"),
        asked_for(None, environment, "logical"),
        asked_for(None, {"ANNOTATOR_BIDI": ""}, "logical"),
    ]
    assert [way and (way.mode, way.reason) for way in asked] == [
        (VISUAL, "--bidi asks for it."),
        (WORDS, "ANNOTATOR_BIDI asks for it."),
        (LOGICAL, "annotator.toml asks for it."),
    ]
    assert asked_for(None, {}, None) is None


def test_who_says_how_is_believed_without_asking_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    def gathered(environment: object) -> Facts:
        assert not asking, "it asked"
        return Facts({}, KITTY)

    monkeypatch.setattr("annotator.tui.terminal.gather", gathered)
    asking = True
    assert way_of_writing("visual", environment={}).mode is VISUAL
    assert way_of_writing(None, environment={"ANNOTATOR_BIDI": "guard"}).mode is GUARD
    asking = False
    assert way_of_writing(None, environment={}).mode is WORDS


def test_an_unknown_way_is_refused_with_the_ways_there_are() -> None:
    with pytest.raises(Refusal, match=r"ANNOTATOR_BIDI: 'rtl' is no way .* guard, visual, logical, words"):
        asked_for(None, {"ANNOTATOR_BIDI": "rtl"}, None)


def test_a_dumb_terminal_is_refused_and_no_other() -> None:
    with pytest.raises(Refusal) as refused:
        way_of_writing("guard", environment={"TERM": "dumb"})
    assert refused.value.code == "terminal.missing"
    for term in ("linux", "vt100", "unknown", ""):
        refuse_dumb({"TERM": term})
    refuse_dumb({})


def test_what_was_picked_on_the_card_comes_before_what_was_detected_on_that_kind_of_terminal_alone():
    way = detected(Facts({"TERM": "xterm-256color"}, VTE))
    assert way.terminal == "VTE xterm-256color"
    assert by_card(way, {"VTE xterm-256color": "logical"}).mode is LOGICAL
    assert by_card(way, {"kitty xterm-256color": "logical", "": "words"}) == way
    assert by_card(way, {"VTE xterm-256color": "nonsense"}) == way
    told = detected(Facts({"TERM": "mlterm"}, MLTERM))
    assert by_card(told, {"mlterm mlterm": "guard"}).enter == told.enter


def test_a_persons_word_comes_before_the_card():
    way = way_of_writing("words", environment={}, answered={"unknown": "logical"})
    assert way.mode is WORDS
    assert not way.terminal
