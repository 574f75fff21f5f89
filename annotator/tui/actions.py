"""Everything that a key can do, once: footer, help, palette, key bindings, remapping and documentation come from here.

A screen has a method `action_NAME` for each action of its own; a test holds the two together. What keys are bound, and
how they are written, is in `tui/keys.py`.
"""

from dataclasses import dataclass
from typing import Literal

ScreenName = Literal["queue", "label", "adjudicate", "feedback", "tour", "guidelines", "groups", "errors"]


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that a person can do with a key."""

    screen: ScreenName
    name: str
    """The method `action_NAME` of the screen, and the name under which `annotator.toml` remaps it."""
    keys: str
    """Keys, comma-separated, as Textual names them."""
    help: str
    """What it does, in a few words."""
    footer: str = ""
    """One word for the footer; without one it is only in the help."""
    vi: str = ""
    """Its keys in the `vi` preset, where they are others."""

    @property
    def id(self) -> str:
        """The id of its binding, unique in the program."""
        return f"{self.screen}.{self.name}"


def _everywhere(screen: ScreenName) -> tuple[Action, ...]:
    """Give what can be done on every screen."""
    return (
        Action(screen, "theme", "f6", "step the colours: dark, light"),
        Action(screen, "commands", "ctrl+p", "find a command by typing"),
        Action(screen, "help", "f1,question_mark", "show all keys", "help"),
    )


_MENTION: tuple[Action, ...] = (
    Action("label", "confirm", "enter,a", "confirm the mention and go to the next untouched one", "confirm"),
    Action("label", "reject", "x", "reject it and go to the next untouched one", "reject"),
    Action("label", "reject_because", "X", "reject it and say why"),
    Action("label", "maybe", "m", "leave it unsure: looked at, not decided"),
    Action("label", "correct", "t,v", "correct its event type, registry entry or value", "value"),
    Action("label", "rekind", "K", "make it a mention of another kind"),
    Action("label", "grow_start", "[", "move its start one character outwards"),
    Action("label", "grow_end", "]", "move its end one character outwards"),
    Action("label", "shrink_start", "{", "move its start one character inwards"),
    Action("label", "shrink_end", "}", "move its end one character inwards"),
    Action("label", "grow_start_by_word", "minus", "move its start one word outwards"),
    Action("label", "grow_end_by_word", "equals_sign", "move its end one word outwards"),
    Action("label", "shrink_start_by_word", "underscore", "move its start one word inwards"),
    Action("label", "shrink_end_by_word", "plus", "move its end one word inwards"),
    Action("label", "same", "A", "do the same to all places of this string, after showing them"),
    Action("label", "same_list", "S", "list the places of this string with what was decided there, and go to one"),
)

_MOVING: tuple[Action, ...] = (
    Action("label", "next_untouched", "tab,n", "go to the next untouched candidate", "next"),
    Action("label", "previous_untouched", "shift+tab,p", "go to the previous untouched candidate"),
    Action("label", "next_trigger", "T", "go to the next trigger, where the next event may begin"),
    Action("label", "next_mention", "N,full_stop", "go to the next mention, rejected ones passed over"),
    Action("label", "previous_mention", "P,comma", "go to the previous mention, rejected ones passed over"),
    Action("label", "caret(1,0)", "right", "move the cursor right", vi="right,l"),
    Action("label", "caret(-1,0)", "left", "move the cursor left", vi="left,h"),
    Action("label", "caret(0,1)", "down", "move the cursor down", vi="down,j"),
    Action("label", "caret(0,-1)", "up", "move the cursor up", vi="up,k"),
    Action("label", "word(1)", "ctrl+right", "move the cursor a word to the right", vi="ctrl+right,w"),
    Action("label", "word(-1)", "ctrl+left", "move the cursor a word to the left", vi="ctrl+left,b"),
    Action("label", "select(1,0)", "shift+right", "select to the right", vi="shift+right,L"),
    Action("label", "select(-1,0)", "shift+left", "select to the left", vi="shift+left,H"),
    Action("label", "word(1,True)", "ctrl+shift+right", "select to the next word on the right"),
    Action("label", "word(-1,True)", "ctrl+shift+left", "select to the next word on the left"),
    Action("label", "select(0,1)", "shift+down", "select a line down"),
    Action("label", "select(0,-1)", "shift+up", "select a line up"),
    Action("label", "page(1)", "pagedown,space", "go a page down"),
    Action("label", "page(-1)", "pageup", "go a page up"),
    Action("label", "back", "backspace", "go back to where the last jump began"),
    Action("label", "edge(0)", "home", "go to the beginning of the article", vi="home,g"),
    Action("label", "edge(1)", "end", "go to the end of the article", vi="end,G"),
)

_WRITTEN_ON: tuple[ScreenName, ...] = ("label", "adjudicate")
"""The screens on whose article something can be said."""

_READ_ON: tuple[ScreenName, ...] = ("label", "adjudicate", "feedback", "errors")
"""The screens that show an article."""

_READING: tuple[Action, ...] = tuple(
    action
    for screen in _READ_ON
    for action in (
        Action(screen, "search", "slash", "search: case, diacritics and ways to write a letter do not count"),
        Action(screen, "hit(1)", "semicolon,f3", "go to the next hit and select it"),
        Action(screen, "hit(-1)", "colon,shift+f3", "go to the previous hit and select it"),
        Action(screen, "roll(1)", "ctrl+down", "scroll the panel down"),
        Action(screen, "roll(-1)", "ctrl+up", "scroll the panel up"),
        Action(screen, "reveal", "V", "show characters without a glyph, or hide them"),
        Action(
            screen,
            "guideline",
            "G,f8",
            "show the guideline for what is at the cursor; pressed again, its page",
            vi="f8",
        ),
        Action(screen, "copy", "C", "copy the selection, or the mention at the cursor, as it is stored"),
    )
)

_ADDING: tuple[Action, ...] = (
    Action("label", "add('trigger')", "1", "mark the selection, or the word at the cursor, as a trigger"),
    Action("label", "add('actor')", "2", "mark it as an actor"),
    Action("label", "add('number')", "3", "mark it as a number"),
    Action("label", "add('place')", "4", "mark it as a place"),
    Action("label", "add('time')", "5", "mark it as a time"),
)

_EVENTS: tuple[Action, ...] = (
    Action("label", "make_event", "e", "make an event of the trigger at the cursor, or go to the one it has", "event"),
    Action("label", "add_trigger", "E", "make it one more trigger of the current event"),
    Action(
        "label",
        "attach",
        "f",
        "attach the mention to a role of the current event, confirming it on the way",
        "role",
    ),
    Action("label", "accept", "i", "accept the argument that is proposed first"),
    Action("label", "pass_proposal", "I", "pass over it: propose the next one"),
    Action("label", "detach", "d", "take the mention out of the current event"),
    Action("label", "next_event", "right_parenthesis", "make the next event the current one"),
    Action("label", "previous_event", "left_parenthesis", "make the previous event the current one"),
    Action("label", "list_events", "F", "list the events and the triggers without one, and go to one"),
    Action("label", "jump", "J", "list the triggers and arguments of the current event, and go to one"),
    Action("label", "count_of", "o", "say whose losses the number counts"),
    Action("label", "realis", "r", "say the event's realis: actual, attempted, …"),
    Action("label", "certainty", "c", "say the event's certainty: asserted, attributed, …"),
    Action("label", "background", "y", "mark the event as retold background, or not"),
    Action(
        "label",
        "same_event",
        "Y",
        "say that the event tells the same happening as one here or in another article, or none",
    ),
    Action("label", "remove_event", "R", "remove the current event; its mentions stay"),
)

_MARGIN: tuple[Action, ...] = tuple(
    action
    for screen in _WRITTEN_ON
    for action in (
        Action(screen, "answer", "M", "answer what a new version of the schema asks about your labels"),
        Action(
            screen, "boilerplate", "b", "say whether the selection or paragraph is body, title, boilerplate", vi="B"
        ),
        Action(screen, "note('note')", "w,f7", "write a note on the mention, the selection or the word", vi="f7"),
        Action(screen, "note('question')", "W", "ask the adjudicator a question about it"),
        Action(screen, "notes", "Q", "list the notes and questions, and go to one"),
    )
)

_ARTICLE: tuple[Action, ...] = (
    Action("label", "undo", "u,ctrl+z", "undo the last decision", "undo"),
    Action("label", "redo", "U,ctrl+r", "redo what was undone"),
    Action("label", "done", "D,f4", "mark the article done, or open it again"),
    Action("label", "next_article", "z", "go on to the next article that waits for you"),
    Action("label", "skip", "s", "leave the article to others and go on to the next, or take it up after all"),
    Action("label", "flag", "exclamation_mark", "flag the article for somebody to look at, or no longer"),
    Action("label", "bidi", "f2", "step how right-to-left text is written: if Arabic reads wrong, try it"),
    *_everywhere("label"),
    Action("label", "leave", "q,escape", "let go of the selection, or go back; everything is kept", "back"),
)

_QUEUE: tuple[Action, ...] = (
    Action("queue", "label", "enter", "label the article", "label"),
    Action("queue", "adjudicate", "j", "adjudicate the article", "adjudicate"),
    Action("queue", "next('label')", "n", "label the next article that waits for you", "next"),
    Action("queue", "next('adjudicate')", "N", "adjudicate the next article that waits for you"),
    Action("queue", "feedback", "f", "see where what was settled differs from what you said"),
    Action("queue", "move(1,0)", "down", "go to the next article"),
    Action("queue", "move(-1,0)", "up", "go to the previous article"),
    Action("queue", "move(0,1)", "pagedown", "go a page down"),
    Action("queue", "move(0,-1)", "pageup", "go a page up"),
    Action("queue", "refresh", "r", "look again who has done what", "refresh"),
    Action("queue", "tour", "T", "take the five-minute tour", "tour"),
    Action("queue", "guidelines", "G,f8", "read the guidelines", vi="f8"),
    Action("queue", "writing", "f7", "choose which way of writing Arabic reads correctly here"),
    *_everywhere("queue"),
    Action("queue", "leave", "q", "quit", "quit"),
)

_ADJUDICATE: tuple[Action, ...] = (
    *(
        Action(
            "adjudicate", f"pick({number})", str(number), f"settle by answer {number}", "pick" if number == 1 else ""
        )
        for number in range(1, 6)
    ),
    Action("adjudicate", "none", "0,x", "settle by none of the answers", "none"),
    Action("adjudicate", "edit", "e", "settle by an answer of your own, in the labelling screen", "edit"),
    Action("adjudicate", "mend", "E", "open the labelling screen at the cursor, to mend what nobody asked about"),
    Action("adjudicate", "slots", "s", "settle an event slot by slot, or by whole answers again", "slots"),
    Action("adjudicate", "take_rest", "A", "settle all that is left as one annotator has it, after asking twice"),
    Action("adjudicate", "why", "X", "say what led the annotators astray, and how sure you are", "why"),
    Action("adjudicate", "challenge", "c", "answer what was said against the released gold of this article"),
    Action("adjudicate", "reveal_names", "r", "show who gave which answer; that it was asked is on the record"),
    Action("adjudicate", "order", "o", "walk through them worst first, or in reading order again"),
    Action("adjudicate", "next", "tab,n", "go to the next disagreement that is open", "next"),
    Action("adjudicate", "step(1)", "down,N", "go to the next disagreement", vi="down,N,j"),
    Action("adjudicate", "step(-1)", "up,P", "go to the previous disagreement", vi="up,P,k"),
    Action("adjudicate", "page(1)", "pagedown,space", "go a page down in the article"),
    Action("adjudicate", "page(-1)", "pageup", "go a page up in the article"),
    Action("adjudicate", "edge(0)", "home", "go to the beginning of the article", vi="home,g"),
    Action("adjudicate", "edge(1)", "end", "go to the end of the article", vi="end,G"),
    Action("adjudicate", "back", "backspace", "go back to where the last jump began"),
    Action("adjudicate", "undo", "u,ctrl+z", "undo the last ruling", "undo"),
    Action("adjudicate", "redo", "U,ctrl+r", "redo what was undone"),
    Action("adjudicate", "done", "D,f4", "mark the article adjudicated, or open it again", "done"),
    Action("adjudicate", "bidi", "f2", "step how right-to-left text is written"),
    *_everywhere("adjudicate"),
    Action("adjudicate", "leave", "q,escape", "let go of the selection, or go back; everything is kept", "back"),
)

_FEEDBACK: tuple[Action, ...] = (
    Action(
        "feedback",
        "step(1)",
        "tab,n,down",
        "go to the next place that was settled otherwise",
        "next",
        vi="tab,n,down,j",
    ),
    Action("feedback", "step(-1)", "P,up", "go to the previous one", vi="P,up,k"),
    Action("feedback", "page(1)", "pagedown,space", "go a page down in the article"),
    Action("feedback", "page(-1)", "pageup", "go a page up in the article"),
    Action("feedback", "back", "backspace", "go back to where the last jump began"),
    Action("feedback", "bidi", "f2", "step how right-to-left text is written"),
    *_everywhere("feedback"),
    Action("feedback", "leave", "q,escape", "let go of the selection, or go back", "back"),
)

_GROUPS: tuple[Action, ...] = (
    Action("groups", "open", "enter", "go through the errors of the group, each in its article", "open"),
    Action("groups", "search", "slash", "show only errors with all of some words in them", "filter"),
    Action("groups", "choose('part')", "p", "show only errors of one part: triggers, arguments, numbers, …", "part"),
    Action("groups", "choose('kind')", "k", "show only errors of one kind: missed, spurious, …", "kind", vi="K"),
    Action("groups", "choose('language')", "l", "show only errors in one language", "language"),
    Action("groups", "choose('article')", "a", "show only errors in one article", "article"),
    Action("groups", "clear", "escape,backspace", "show all errors again"),
    Action("groups", "move(1,0)", "down", "go to the next group", vi="down,j"),
    Action("groups", "move(-1,0)", "up", "go to the previous group", vi="up,k"),
    Action("groups", "move(0,1)", "pagedown,space", "go a page down"),
    Action("groups", "move(0,-1)", "pageup", "go a page up"),
    Action("groups", "edge(0)", "home", "go to the top of the list", vi="home,g"),
    Action("groups", "edge(1)", "end", "go to the end of the list", vi="end,G"),
    Action("groups", "roll(1)", "ctrl+down", "scroll the panel down"),
    Action("groups", "roll(-1)", "ctrl+up", "scroll the panel up"),
    Action("groups", "bidi", "f2", "step how right-to-left text is written"),
    *_everywhere("groups"),
    Action("groups", "leave", "q", "quit", "quit"),
)

_ERRORS: tuple[Action, ...] = (
    Action("errors", "step(1)", "tab,n,N,down", "go to the next error", "next", vi="tab,n,N,down,j"),
    Action("errors", "step(-1)", "shift+tab,p,P,up", "go to the previous error", "previous", vi="shift+tab,p,P,up,k"),
    Action("errors", "group(1)", "right_parenthesis", "go on to the next group"),
    Action("errors", "group(-1)", "left_parenthesis", "go back to the previous group"),
    Action("errors", "list_errors", "F", "list the errors of the group, and go to one", "list"),
    Action("errors", "challenge", "c", "say that gold is wrong here: an adjudicator answers it", "challenge"),
    Action("errors", "page(1)", "pagedown,space", "go a page down in the article"),
    Action("errors", "page(-1)", "pageup", "go a page up in the article"),
    Action("errors", "edge(0)", "home", "go to the beginning of the article", vi="home,g"),
    Action("errors", "edge(1)", "end", "go to the end of the article", vi="end,G"),
    Action("errors", "back", "backspace", "go back to where the last jump began"),
    Action("errors", "bidi", "f2", "step how right-to-left text is written"),
    *_everywhere("errors"),
    Action("errors", "leave", "q,escape", "let go of the selection, or go back to the groups", "back"),
)

_TOUR: tuple[Action, ...] = (Action("tour", "pass_over", "f9", "pass over this step of the tour"),)
"""What the tour has on top of the labelling screen, on which it is taken."""

_GUIDELINES: tuple[Action, ...] = (
    Action("guidelines", "roll(1)", "down", "go a line down", vi="down,j"),
    Action("guidelines", "roll(-1)", "up", "go a line up", vi="up,k"),
    Action("guidelines", "page(1)", "pagedown,space", "go a screen down", "down"),
    Action("guidelines", "page(-1)", "pageup", "go a screen up"),
    Action("guidelines", "edge(0)", "home", "go to the beginning of the page", vi="home,g"),
    Action("guidelines", "edge(1)", "end", "go to the end of the page", vi="end,G"),
    Action(
        "guidelines", "on_topic(1)", "tab,n", "open the next page on what was at the cursor, else the next", "next page"
    ),
    Action("guidelines", "on_topic(-1)", "shift+tab,p", "open the previous one"),
    Action("guidelines", "list", "slash", "list all pages, to be found by typing", "find"),
    *_everywhere("guidelines"),
    Action("guidelines", "leave", "q,escape", "go back to where you were", "back"),
)

ACTIONS: tuple[Action, ...] = (
    *_QUEUE,
    *_MENTION,
    *_MOVING,
    *_READING,
    *_ADDING,
    *_EVENTS,
    *_MARGIN,
    *_ARTICLE,
    *_ADJUDICATE,
    *_FEEDBACK,
    *_TOUR,
    *_GUIDELINES,
    *_GROUPS,
    *_ERRORS,
)
"""Every action, by screen, in the order in which the help shows them."""


def actions_of(screen: ScreenName) -> tuple[Action, ...]:
    """Give the actions of a screen, in order."""
    return tuple(action for action in ACTIONS if action.screen == screen)
