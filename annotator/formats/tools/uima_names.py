"""Names that a type system of others may give: those that UIMA allows, and nothing else.

The library makes source code of the names of features and runs it: of whatever is no name, too.
"""

import re
from collections.abc import Iterable
from typing import Any

from annotator.formats.inspection import shown
from annotator.model.problem import Problem

_FEATURE = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_TYPE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*(?:\[\])?")


def of_types(types: Any) -> Iterable[tuple[str, Iterable[str]]]:
    """Give the types of a type system that was loaded, with their features."""
    return ((one.name, [feature.name for feature in one.features]) for one in types.get_types())


def of_json(types: object) -> Iterable[tuple[str, Iterable[str]]]:
    """Give the types that a JSON file declares, with their features; what is none of these the library refuses."""
    for name, said in types.items() if isinstance(types, dict) else ():
        yield name, [feature for feature in said if not feature.startswith("%")] if isinstance(said, dict) else []


def names_hold(types: Iterable[tuple[str, Iterable[str]]], where: str, problems: list[Problem]) -> bool:
    """Tell whether all names are such as UIMA allows; those that are not are in `problems`."""
    before = len(problems)
    for name, features in types:
        wrong = [one for one in features if not _FEATURE.fullmatch(one)]
        if not _TYPE.fullmatch(name):
            wrong.append(name)
        for one in wrong:
            message = f"The type system declares {shown(one)}, which is no name of a type or feature in UIMA."
            problems.append(Problem(rule="format.syntax", level="error", where=where, message=message))
    return len(problems) == before
