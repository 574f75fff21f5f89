"""How actions get their keys: presets, a person's own, the twins on an Arabic keyboard, and how keys are written down.

Reads the registry in `tui/actions.py` and adds nothing to it.
"""

import unicodedata
from collections.abc import Iterable, Mapping

from textual.binding import Binding
from textual.keys import KEY_NAME_REPLACEMENTS, Keys

from annotator.errors import Refusal
from annotator.model.settings import Settings
from annotator.tui.actions import ACTIONS, Action, ScreenName, actions_of

_ARABIC_LAYOUT: Mapping[str, str] = {
    **dict(zip("qwertyuiopasdfghjklzxcvnm", "ضصثقفغعهخحشسيبلاتنمئءؤرىة", strict=True)),
    **dict(zip("ERUPKXNASIJ", "ُ\u064c‘؛،\u0652آ\u0650\u064d÷\u0640", strict=True)),
    **dict(zip("[]{}", "جد<>", strict=True)),
    **dict(zip("1234567890", "١٢٣٤٥٦٧٨٩٠", strict=True)),
    "comma": "و",
    "slash": "ظ",
    "semicolon": "ك",
    "full_stop": "ز",
    "question_mark": "؟",
}
"""What the keys give on the Arabic (101) layout. Without a twin there: `b` and `G`, which give two letters, and `C`,
`D`, `F` and `V`, which give `}`, `]`, `[` and `{`; what they do has another key or stands in the palette."""

_TWINS = frozenset(
    binding.key for binding in Binding.make_bindings([Binding(",".join(_ARABIC_LAYOUT.values()), "twins")])
)
"""The same, as Textual names keys."""


def latin(letter: str) -> str:
    """Give the letter that the same key writes on a Latin keyboard layout."""
    return next((key for key, twin in _ARABIC_LAYOUT.items() if twin == letter), letter)


def is_twin(key: str) -> bool:
    """Tell whether a key, as Textual names it, stands for another on an Arabic keyboard layout."""
    return key in _TWINS


def bindings(screen: ScreenName) -> list[Binding]:
    """Give a screen's key bindings in the plain preset, with the twins of its letters on an Arabic keyboard.

    They come before those of whatever has the focus, and are acted on in the order in which they are pressed.
    """
    return [
        Binding(_with_twins(action.keys), action.name, action.help, show=False, priority=True, id=action.id)
        for action in actions_of(screen)
    ]


_MODIFIERS = frozenset({"ctrl", "shift", "alt", "super", "hyper", "meta"})
_NAMED_KEYS = frozenset({key.value for key in Keys} | set(KEY_NAME_REPLACEMENTS.values()))


def keys_in_force(settings: Settings) -> dict[str, str]:
    """Give the keys of every action by its id: a person's own, else those of the preset."""
    own, vi = settings.keys, settings.screen.preset == "vi"
    return {
        action.id: own.get(action.id) or own.get(action.name) or (vi and action.vi) or action.keys for action in ACTIONS
    }


def keymap(settings: Settings) -> dict[str, str]:
    """Give the keys by binding id where they differ from the plain preset's, the twins of their letters among them.

    Raises `Refusal` (`workspace.settings`) for a name that is no action, for what no keyboard sends, and for a key that
    would mean two things.
    """
    known = {action.id for action in ACTIONS} | {action.name for action in ACTIONS}
    if unknown := [name for name in settings.keys if name not in known]:
        raise Refusal(
            "workspace.settings",
            f"annotator.toml: [keys] names {unknown[0]!r}, which is no action.",
            "F1 in each screen and the README list them.",
        )
    for keys in settings.keys.values():
        _refuse_no_keys(keys)
    force = keys_in_force(settings)
    _refuse_collisions(force)
    return {action.id: _with_twins(force[action.id]) for action in ACTIONS if force[action.id] != action.keys}


def _refuse_no_keys(keys: str) -> None:
    for key in _each(keys):
        *modifiers, last = key.split("+")
        if not (_MODIFIERS.issuperset(modifiers) and _is_key(last)):
            raise Refusal(
                "workspace.settings",
                f"annotator.toml: [keys] names {key!r}, which is no key.",
                "Write keys as the README does, with commas between them: z, ctrl+y, f5, question_mark, comma.",
            )


def _is_key(name: str) -> bool:
    """Tell whether Textual has a key of that name: a letter or digit, a key of its list, or a character by its name."""
    if len(name) == 1 or name in _NAMED_KEYS:
        return name.strip() != ""
    try:
        return unicodedata.lookup(name.replace("_", " ")) != ""
    except KeyError:
        return False


def _refuse_collisions(force: Mapping[str, str]) -> None:
    taken: dict[tuple[ScreenName, str], Action] = {}
    for action in ACTIONS:
        for key in _each(force[action.id]):
            other = taken.setdefault((action.screen, _canonical(key)), action)
            if other is not action:
                raise Refusal(
                    "workspace.settings",
                    f"annotator.toml: on the {action.screen} screen the key {shown_keys(key)!r} would be both "
                    f"{other.name!r} and {action.name!r}.",
                    "Give one of them another key under [keys].",
                )


def shown_keys(keys: str) -> str:
    """Give keys as a person reads them: `f1 ?`."""
    return " ".join(_SHOWN.get(key, key) for key in keys.split(","))


_SHOWN: Mapping[str, str] = {
    "question_mark": "?",
    "exclamation_mark": "!",
    "full_stop": ".",
    "comma": ",",
    "slash": "/",
    "semicolon": ";",
    "colon": ":",
    "minus": "-",
    "equals_sign": "=",
    "underscore": "_",
    "plus": "+",
    "left_parenthesis": "(",
    "right_parenthesis": ")",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
    "escape": "Esc",
    "enter": "Enter",
    "tab": "Tab",
    "space": "Space",
}


def _each(keys: str) -> list[str]:
    return [key.strip() for key in keys.split(",")]


def _canonical(key: str) -> str:
    """Give the name under which Textual knows a key: `?` is `question_mark`."""
    return next(iter(Binding.make_bindings([Binding(key, "key")]))).key


def _with_twins(keys: str) -> str:
    given = _each(keys)
    twins = [_ARABIC_LAYOUT[key] for key in given if key in _ARABIC_LAYOUT]
    return ",".join((*given, *twins))


def footer_of(actions: Iterable[Action], force: Mapping[str, str]) -> str:
    """Give the footer line of a screen: the actions that have a word for it, with the keys that are in force."""
    return "  ".join(f"{_shortest(force[action.id])} {action.footer}" for action in actions if action.footer)


def _shortest(keys: str) -> str:
    return min((shown_keys(key) for key in keys.split(",")), key=len)


def keys_table(screen: ScreenName) -> str:
    """Give a screen's keys as a Markdown table, as the README shows them."""
    rows = [f"| {_code(shown_keys(action.keys))} | `{action.name}` | {action.help} |" for action in actions_of(screen)]
    return "\n".join(("| key | name | what it does |", "|---|---|---|", *rows))


def _code(keys: str) -> str:
    return " ".join(f"`{key}`" for key in keys.split())
