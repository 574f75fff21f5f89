"""Features of feature structures, read carefully: a type may lack what another has, and a file says what it likes."""

import re
from collections.abc import Iterator
from typing import Any

from annotator.formats.inspection import shown
from annotator.formats.tools.document import Attributes
from annotator.formats.tools.uima_types import NUMBER_FEATURES, TIME_FEATURES
from annotator.model.value import NumberValue, TimeValue

LABELS = ("value", "label")
"""What layers call the feature that says what an annotation is."""
_AMOUNTS = ("low", "high", "best", "num", "den")
_INTEGER = re.compile(r"-?[0-9]{1,20}")


def structures(cas: Any) -> list[Any]:
    """Give the feature structures of a CAS in the order of their ids, which is that in which they were made."""
    found = {one.xmiID: one for one in cas.select_all_fs()}
    return [found[number] for number in sorted(found)]


def feature_of(one: Any, name: str) -> Any:
    """Give a feature's value; None where the type has none of that name."""
    return getattr(one, name, None) if one.type.get_feature(name) is not None else None


def texts_of(one: Any, *names: str) -> dict[str, str]:
    """Give those features of a structure that are texts and not empty."""
    values = {name: feature_of(one, name) for name in names}
    return {name: value for name, value in values.items() if isinstance(value, str) and value}


def items_of(one: Any, name: str) -> Iterator[Any]:
    """Give what an array that is a feature holds."""
    array = feature_of(one, name)
    return (item for item in getattr(array, "elements", None) or () if item is not None)


def attributes_of(one: Any) -> Attributes:
    """Give the attributes that our layers have."""
    said = (texts_of(item, "name", "value") for item in items_of(one, "attributes"))
    return tuple(sorted((told["name"], told.get("value", "")) for told in said if "name" in told))


def label_of(one: Any) -> str | None:
    """Give what an annotation says that it is, where it says so in one of the usual features."""
    return next(iter(texts_of(one, *LABELS).values()), None)


def plain_of(value: object) -> str:
    """Give a primitive value, or an array of such, as a text; an empty one for what refers."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (str, int, float)):
        return str(value)
    elements = getattr(value, "elements", None)
    if isinstance(elements, list) and elements and all(isinstance(item, str) for item in elements):
        return ", ".join(elements)
    return ""


def value_of(one: Any, of: str | None) -> NumberValue | TimeValue | None:
    """Give the value of a mention of ours; `of` is the id of what a fraction is taken of. Raises `ValueError`."""
    number, time = texts_of(one, *NUMBER_FEATURES), texts_of(one, *TIME_FEATURES)
    if "qualifier" in number:
        amounts = {name: _integer(number[name]) for name in _AMOUNTS if name in number}
        return NumberValue.model_validate(number | amounts | {"of": of})
    if "precision" in time:
        fields = {TIME_FEATURES[name]: value for name, value in time.items()}
        offset = {"offset": _integer(time["offset"])} if "offset" in time else {}
        return TimeValue.model_validate(fields | offset)
    return None


def _integer(written: str) -> int:
    if not _INTEGER.fullmatch(written):
        raise ValueError(f"{shown(written)} is no integer")
    return int(written)


def link_features(cas: Any, one: Any) -> tuple[str, ...]:
    """Give the link features that the type of an annotation has: arrays of what has a role and a target."""
    named = ((feature.name, feature.elementType) for feature in one.type.all_features)
    return tuple(name for name, element in named if element is not None and _is_link(cas, element))


def _is_link(cas: Any, element: Any) -> bool:
    # By name: a type that another's feature holds lacks the features that it got later.
    name = element if isinstance(element, str) else element.name
    there = cas.typesystem.contains_type(name)
    return there and {"role", "target"} <= {one.name for one in cas.typesystem.get_type(name).all_features}
