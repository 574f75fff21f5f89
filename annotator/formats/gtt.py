"""Templates as GTT and the systems compared with it read and write them: gold as JSON lines, output as one object.

Gold has a line an article: `docid`, `doctext`, `templates`. Output has an article under each key, with
`pred_templates` and, passed over here, the text in word pieces and a copy of gold. A template has `incident_type`;
everything else in it is a role with a list of entities, an entity a list of strings, in gold each with its offset.
Only what templates say is read. Everything wrong is a problem with file and line.
"""

import re
from collections.abc import Iterator
from typing import Any

from annotator.formats.inspection import Inspection, shown
from annotator.formats.json_object import read_members
from annotator.formats.lines import read_lines
from annotator.model.problem import Problem
from annotator.model.template import Entity, Filled, Name, Template
from annotator.text.span import CodePoint

TYPE = "incident_type"
"""The field of a template that is no role."""

_DOCUMENT = re.compile(r"TST([0-9])-MUC[0-9]-([0-9]{4})")

Read = tuple[tuple[Filled, ...], tuple[Problem, ...]]


def output_id(article_id: str) -> str:
    """Give what GTT's output calls a document of MUC-4's test sets, as 30007 for TST3-MUC4-0007; else the id itself."""
    found = _DOCUMENT.fullmatch(article_id)
    return found[1] + found[2] if found else article_id


def read_gold(data: bytes, file: str = "gold") -> Read:
    """Give the articles of a file of gold called `file`, and all that is wrong or doubtful in it."""
    problems: list[Problem] = []
    articles: dict[str, Filled] = {}
    for where, content in read_lines(data, file, "gold.json", problems):
        check = Inspection(where, "gold", problems)
        article_id = check.text(content, "docid", "", required=True)
        text = check.text(content, "doctext", "") or ""
        templates = tuple(_templates(content, "templates", check, text))
        if article_id in articles:
            check.error("duplicate-article", f"The article {shown(article_id)} stands there twice. Remove one of them.")
        elif article_id is not None:
            articles[article_id] = Filled(article_id, text, templates)
    return tuple(articles.values()), tuple(problems)


def read_output(data: bytes, file: str = "predictions") -> Read:
    """Give the articles of a file of output called `file`, without texts, and all that is wrong or doubtful in it."""
    problems: list[Problem] = []
    articles = []
    for key, where, content in read_members(data, file, "predictions.json", problems):
        check = Inspection(where, "predictions", problems)
        articles.append(Filled(key, "", tuple(_templates(content, "pred_templates", check, ""))))
    return tuple(articles), tuple(problems)


def _templates(content: dict[str, Any], name: str, check: Inspection, text: str) -> Iterator[Template]:
    if content.get(name) is None:
        check.error("field", f"{name} is missing.")
    for path, item in check.objects(content, name, ""):
        kind = check.text(item, TYPE, path, required=True)
        roles = tuple((role, tuple(_entities(item, role, path, check, text))) for role in item if role != TYPE)
        if kind is not None:
            yield Template(kind, roles)


def _entities(template: dict[str, Any], role: str, path: str, check: Inspection, text: str) -> Iterator[Entity]:
    for place, item in check.items(template, role, path):
        if type(item) is not list:
            check.error("field", f"{place} must be a list of strings, all for one entity, not {shown(item)}.")
            continue
        names = [_name(one, f"{place}[{index}]", check, text) for index, one in enumerate(item)]
        entity = tuple(name for name in names if name is not None)
        if not any(name.said.strip() for name in entity) and None not in names:
            check.warning("empty", f"{place} has no string: it counts, and nothing matches it.")
        yield entity


def _name(item: Any, place: str, check: Inspection, text: str) -> Name | None:
    said, start = item if type(item) is list and len(item) == 2 else (item, None)
    if type(said) is not str or (start is not None and (type(start) is not int or start < 0)):
        check.error("field", f"{place} must be a string, or one with its offset, not {shown(item)}.")
        return None
    if start is not None and not text.startswith(said, start):
        check.warning("quote", f"{place} {shown(said)} does not stand at {start}: the offset is passed over.")
        start = None
    return Name(said, None if start is None else CodePoint(start))
