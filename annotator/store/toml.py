"""Reading TOML files of a workspace, with errors that name file, field and the nearest key. Never writes."""

import difflib
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from annotator.errors import Refusal

Model = TypeVar("Model", bound=BaseModel)


def read_toml(path: Path, code: str) -> Mapping[str, Any]:
    """Give the tables of a TOML file; an absent file is empty. Raises `Refusal` with `code` when it is not TOML."""
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refusal(code, f"{path} is not valid TOML: {error}.", "Mend the line that it names.") from None


def shaped(model: type[Model], tables: Mapping[str, Any], where: str, code: str) -> Model:
    """Give `tables` as `model`. Raises `Refusal` with `code` naming the first field that does not fit."""
    try:
        return model.model_validate(tables)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        hint = ""
        if first["type"] == "extra_forbidden":
            near = difflib.get_close_matches(str(first["loc"][-1]), _field_names(model), n=1)
            hint = f"The nearest known key is {near[0]!r}." if near else "Remove it."
        raise Refusal(code, f"{where}: {field}: {first['msg']}.", hint or "Correct it and try again.") from None


def _field_names(model: type[BaseModel]) -> list[str]:
    names = list(model.model_fields)
    for field in model.model_fields.values():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            names += _field_names(field.annotation)
    return names
