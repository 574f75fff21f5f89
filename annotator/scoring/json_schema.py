"""The JSON Schemas of what scores write as JSON: they ship beside this file, and tests hold real reports to them."""

import json
from importlib.resources import files
from typing import Any, Literal


def json_schema(of: Literal["report", "spans", "comparison", "leaderboard", "errors"] = "report") -> dict[str, Any]:
    """Give the JSON Schema (draft 2020-12) of `to_json()`: of a score, `score_spans`, `compare`, `find_errors`, ….

    >>> import annotator
    >>> annotator.json_schema()["$schema"]
    'https://json-schema.org/draft/2020-12/schema'
    """
    schema: dict[str, Any] = json.loads(files("annotator.scoring").joinpath(f"{of}.schema.json").read_bytes())
    return schema
