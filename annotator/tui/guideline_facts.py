"""What the guidelines say of what is at the cursor, as styled text. Reads only; knows no screen and no article.

A mention of any kind gets what its kind needs: a trigger its event type and the types beside it, an actor or place its
registry entry, a number or time how its value is written; behind that, what kinds and rejections there are. The pages
of prose that belong to it are named first, and shown by `screens/guidelines_screen.py`.
"""

from collections.abc import Iterable, Sequence
from typing import get_args

from rich.text import Text

from annotator.model.event import Event
from annotator.model.guidelines import Guidelines
from annotator.model.mention import KINDS, Mention
from annotator.model.registry import Registry
from annotator.model.schema import ARITY_BOUNDS, RoleSpec, Schema
from annotator.model.value import Anchor, NumberValue, Precision, Qualifier, Scope
from annotator.text.display import display
from annotator.tui.layout import BidiMode, one_line

_NUMBERS = (
    ("80", "exactly 80"),
    ("101+", '101 or more; "more than 100" is 101+ of things counted, 100+ more_than of a measure'),
    ("..13", "13 at most"),
    ("20..99", 'from 20 to 99: "dozens"'),
    ("~500", "about 500"),
    ("?", "said to be unknown"),
    ("2/3 of n17", "two thirds of the number that the panel calls n17"),
    ("20..99 ~50 vague persons new", "with a nearest figure, a qualifier, a unit and a scope behind it"),
)
_TIMES = (
    ("2018-05-21", "a day"),
    ("2018-05", "a month"),
    ("2018", "a year"),
    ("--02-07", "a day of which the year is not said"),
    ("-1 publication", "days from an anchor: the day before the article came out"),
    ("2018-05-21 part_of_day", "a precision that the date does not show"),
    ("?", "cannot be told"),
)
_SCOPES: dict[Scope, str] = {
    "new": "a count of this event alone",
    "cumulative": "a running total",
    "additional": "on top of a count given before",
}
_ARITY = {(0, 1): "at most one", (0, None): "any number", (1, None): "at least one", (1, 1): "exactly one"}


def guideline(mention: Mention | None, guidelines: Guidelines, mode: BidiMode, pages: Sequence[str] = ()) -> Text:
    """Give what the guidelines say of a mention; without one, what there is to say of all.

    `pages` are the names of the pages on it, which the same key opens next.
    """
    text = Text()
    if pages:
        text.append("G again opens: ", style="bold").append(one_line(" · ".join(pages), mode), style="not bold")
    if mention is not None and mention.kind == "trigger":
        _type(text, mention.label, guidelines.schema)
    elif mention is not None and mention.kind in ("actor", "place"):
        _entry(text, mention, guidelines.registry, mode)
    elif mention is not None and mention.kind == "number":
        _number(text, guidelines.schema)
    elif mention is not None:
        _time(text)
    _general(text, guidelines.schema)
    return text


def topics_of(mention: Mention | None, events: Iterable[Event], *, rejected: bool = False) -> tuple[str, ...]:
    """Give what pages may be on that are about a mention, the finest first: its type or roles, then its kind.

    The words are those by which `guidelines/README.md` and the pages' rules say what they belong to.
    """
    if mention is None:
        return ()
    first = ("rejected",) if rejected else ()
    if mention.kind == "trigger":
        return (*first, *filter(None, [mention.label]), "trigger", "event")
    roles = dict.fromkeys(held.role for event in events for held in event.arguments if held.mention == mention.id)
    said = [mention.value.qualifier] if isinstance(mention.value, NumberValue) else []
    return (*first, *roles, *said, mention.kind, "argument")


def _heading(text: Text, written: str) -> None:
    text.append("\n\n" if text else "").append(written, style="bold reverse")


def _line(text: Text, name: str, said: str) -> None:
    text.append(f"\n{name}", style="bold").append(f"  {said}", style="not bold")


def _type(text: Text, name: str | None, schema: Schema) -> None:
    declared = schema.types.get(name or "")
    if name is None or declared is None:
        _heading(text, "EVENT TYPES")
        _types(text, schema, schema.types)
        return
    _heading(text, display(f"{name}  {declared.title}"))
    text.append(f"\n{display(declared.description)}")
    _heading(text, "Beside it")
    prefix = f"{name.split('.')[0]}."
    _types(text, schema, [one for one in schema.types if one.startswith(prefix) and one != name])
    _heading(text, "Its roles")
    for role, spec in schema.roles_of(name).items():
        _line(text, display(role), _fills(spec))


def _types(text: Text, schema: Schema, names: Iterable[str]) -> None:
    for name in names:
        _line(text, display(f"{schema.types[name].key} {name}"), display(schema.types[name].description))


def _fills(spec: RoleSpec) -> str:
    return f"{_ARITY[ARITY_BOUNDS[spec.arity]]}: {' or '.join(spec.kinds)}"


def _entry(text: Text, mention: Mention, registry: Registry, mode: BidiMode) -> None:
    entry = registry.actors.get(mention.ref or "") or registry.places.get(mention.ref or "")
    if mention.ref is None or entry is None:
        _heading(text, f"{mention.kind.upper()}  not in the registry")
        text.append(f"\nguidelines/{mention.kind}s.toml holds those that are; t looks for one by any of its names.")
        return
    _heading(text, display(f"{mention.ref}  {entry.type}"))
    if entry.part_of:
        _line(text, "part of", one_line(f"{entry.part_of} ({registry.name_of(entry.part_of)})", mode))
    _line(text, "English", " · ".join(map(display, entry.en)) or "none")
    _line(text, "Arabic", "")
    for name in entry.ar:
        text.append(f"\n  {one_line(name, mode).strip()}")
    known = registry.actors if mention.kind == "actor" else registry.places
    parts = [ref for ref, one in known.items() if one.part_of == mention.ref]
    if parts:
        _line(text, "its parts", display(", ".join(parts)))


def _number(text: Text, schema: Schema) -> None:
    _heading(text, "A NUMBER'S VALUE")
    for written, meant in _NUMBERS:
        _line(text, written, meant)
    _heading(text, "Units")
    for unit, declared in schema.units.items():
        _line(text, display(unit), f"{display(declared.title)}{', a measure' if declared.measure else ''}")
    _heading(text, "Scopes")
    for scope, meant in _SCOPES.items():
        _line(text, scope, meant)
    _heading(text, "Qualifiers")
    text.append(f"\n{', '.join(get_args(Qualifier))}")


def _time(text: Text) -> None:
    _heading(text, "A TIME'S VALUE")
    for written, meant in _TIMES:
        _line(text, written, meant)
    _line(text, "anchors", ", ".join(get_args(Anchor)))
    _line(text, "precisions", ", ".join(get_args(Precision)))


def _general(text: Text, schema: Schema) -> None:
    _heading(text, "Kinds of mention")
    for number, kind in enumerate(KINDS, 1):
        _line(text, f"{number} {kind}", _KINDS[kind])
    _heading(text, "Reasons to reject (X)")
    for key, reason in schema.rejection_reasons.items():
        _line(text, display(key), display(reason.replace("_", " ")))


_KINDS = {
    "trigger": "the word that says that something happened",
    "actor": "who acts, is acted upon, or reports",
    "number": "how many or how much, with what bounds it",
    "place": "where",
    "time": "when",
}
