"""The JSON Schemas of what scores write as JSON: they ship beside this file, and tests hold real reports to them."""

import json
from importlib.resources import files
from typing import Any, Literal, get_args

from annotator.errors import Refusal

Of = Literal["report", "spans", "comparison", "leaderboard", "errors"]


def json_schema(of: Of = "report") -> dict[str, Any]:
    """Give the JSON Schema (draft 2020-12) of `to_json()`: of a score, `score_spans`, `compare`, `find_errors`, ….

    Raises `Refusal` `usage` where nothing goes by that name.

    >>> import annotator
    >>> annotator.json_schema()["$schema"]
    'https://json-schema.org/draft/2020-12/schema'
    """
    if of not in get_args(Of):
        raise Refusal("usage", f"{of!r} has no JSON Schema.", f"What has one is {', '.join(get_args(Of))}.")
    schema: dict[str, Any] = json.loads(files("annotator.scoring").joinpath(f"{of}.schema.json").read_bytes())
    return schema
