"""Reading TOML files of a workspace, with errors that name file, field and the nearest key. Never writes."""

import difflib
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from annotator.errors import Refusal

Model = TypeVar("Model", bound=BaseModel)

LARGEST = 1 << 26
"""Bytes that a file of settings or guidelines may have: a million articles with their dates, and no more."""


def read_bounded(path: Path) -> bytes:
    """Give the bytes of such a file. Raises `Refusal` `file.too-large`, and OSError when it cannot be read."""
    with path.open("rb") as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        what = f"{path} is larger than {LARGEST >> 20} MB: no settings, guidelines or dates are."
        raise Refusal("file.too-large", what, "Check what it is, and where it is from.")
    return data


def read_toml(path: Path, code: str) -> Mapping[str, Any]:
    """Give the tables of a TOML file; an absent file is empty. Raises `Refusal` with `code` when it is not TOML.

    Also `file.missing` when it cannot be read, and `file.too-large`.
    """
    try:
        return tomllib.loads(read_bounded(path).decode("utf-8"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise Refusal("file.missing", f"{path} could not be read: {error.strerror}.", "Make it readable.") from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise Refusal(code, f"{path}, line {line}, is not UTF-8.", "Save it as UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise Refusal(code, f"{path} is not valid TOML: {error}.", "Mend the line that it names.") from None
    except ValueError:  # Python reads no integer of thousands of digits
        raise Refusal(code, f"{path} holds a number of thousands of digits.", "Write one that fits.") from None
    except RecursionError:
        raise Refusal(code, f"{path} is nested too deeply.", "Make it flat.") from None


def shaped(model: type[Model], tables: Mapping[str, Any], where: str, code: str) -> Model:
    """Give `tables` as `model`. Raises `Refusal` with `code` naming the first field that does not fit."""
    try:
        return model.model_validate(tables)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        if first["type"] == "extra_forbidden":
            near = _nearest(str(first["loc"][-1]), field, model)
            hint = f"The nearest known key is {near!r}." if near else "Remove it."
            raise Refusal(code, f"{where}: the key {field!r} is not known.", hint) from None
        at = f"{where}: {field}" if field else where
        raise Refusal(code, f"{at}: {first['msg']}.", "Correct it and try again.") from None


def _nearest(key: str, path: str, model: type[BaseModel]) -> str | None:
    """Give the known key, with its table, that is nearest to the unknown `key` at `path`: in its place, or anywhere."""
    names = {known.rpartition(".")[2]: known for known in _paths(model)}
    near = difflib.get_close_matches(path, names.values(), n=1, cutoff=0.8) or difflib.get_close_matches(
        key, names, n=1
    )
    return names.get(near[0], near[0]) if near else None


def _paths(model: type[BaseModel], table: str = "") -> list[str]:
    paths = []
    for name, field in model.model_fields.items():
        paths.append(table + name)
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            paths += _paths(field.annotation, f"{table}{name}.")
    return paths
