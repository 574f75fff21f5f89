"""As much of JSON Schema as our schemas use, so that tests need no package for it; a keyword beyond is an error."""

import re

TYPES = {
    "object": dict, "array": list, "string": str, "number": (int, float), "integer": int, "null": type(None),
    "boolean": (),
}  # fmt: skip
PASSED_OVER = {"$schema", "$defs", "title", "description"}


def faults(value, schema, root=None, path="$"):
    """Give where and how a value breaks a schema."""
    root = root or schema
    for keyword, said in schema.items():
        if keyword not in PASSED_OVER:
            yield from RULES[keyword](value, said, schema, root, path)


def _type(value, said, schema, root, path):
    allowed = [said] if isinstance(said, str) else said
    if "boolean" in allowed and isinstance(value, bool):
        return
    if isinstance(value, bool) or not any(isinstance(value, TYPES[name]) for name in allowed):
        yield f"{path}: {value!r} is no {said}"


def _properties(value, said, schema, root, path):
    for name in said.keys() & (value if isinstance(value, dict) else ()):
        yield from faults(value[name], said[name], root, f"{path}.{name}")


def _additional(value, said, schema, root, path):
    for name in (value if isinstance(value, dict) else {}).keys() - schema.get("properties", {}).keys():
        yield from (
            [f"{path}.{name} is not known"] if said is False else faults(value[name], said, root, f"{path}.{name}")
        )


def _items(value, said, schema, root, path):
    for number, item in enumerate(value if isinstance(value, list) else ()):
        yield from faults(item, said, root, f"{path}[{number}]")


def _broken(rule, kind=(int, float)):
    def check(value, said, schema, root, path):
        if isinstance(value, kind) and rule(value, said):
            yield f"{path}: {value!r} against {said!r}"

    return check


RULES = {
    "type": _type,
    "properties": _properties,
    "additionalProperties": _additional,
    "items": _items,
    "$ref": lambda value, said, schema, root, path: faults(
        value, root["$defs"][said.removeprefix("#/$defs/")], root, path
    ),
    "required": _broken(lambda value, names: set(names) - value.keys(), dict),
    "minimum": _broken(lambda value, least: value < least),
    "maximum": _broken(lambda value, most: value > most),
    "minItems": _broken(lambda value, least: len(value) < least, list),
    "maxItems": _broken(lambda value, most: len(value) > most, list),
    "pattern": _broken(lambda value, pattern: not re.search(pattern, value), str),
    "enum": _broken(lambda value, allowed: value not in allowed, object),
    "const": _broken(lambda value, only: value != only, object),
}
