"""Short names for the numbers of an article, so that one can be typed in the value of another: `2/3 of n17`.

A name is the place of a number among all numbers in reading order, rejected ones included, so that deciding on one
renames none. Only screens use names: what is stored is the id of the mention.
"""

import re

from annotator.errors import Refusal
from annotator.model.mention import Mention
from annotator.model.value import NumberValue
from annotator.workflow.mentions import Item
from annotator.workflow.session import Session

_NAME = re.compile(r"n([1-9]\d*)")


def number_name(session: Session, item: Item) -> str:
    """Give the short name of a number."""
    return f"n{session.items.numbers_before(item) + 1}"


def named(session: Session, value: NumberValue) -> NumberValue:
    """Give a value to be shown: a fraction names its whole by the short name, where that is a number of the article."""
    whole = session.items.get(value.of or "")
    if whole is None or whole.mention.kind != "number":
        return value
    return value.model_copy(update={"of": number_name(session, whole)})


def with_names(session: Session, mention: Mention) -> Mention:
    """Give a mention to be shown, its value as `named` gives it."""
    if not isinstance(mention.value, NumberValue) or mention.value.of is None:
        return mention
    return mention.model_copy(update={"value": named(session, mention.value)})


def unnamed(session: Session, item: Item, value: NumberValue) -> NumberValue:
    """Give the value that was typed for a number, with the id of the mention where it has a short name.

    Raises `Refusal` when there is no such number, or it is the number itself.
    """
    if value.of is None:
        return value
    whole, count = value.of, session.items.number_count
    if (found := _NAME.fullmatch(whole)) and int(found[1]) <= count:
        whole = session.items.number(int(found[1]) - 1).mention.id
    known = session.items.get(whole)
    if known is None or known.mention.kind != "number":
        raise Refusal(
            "number.notation",
            f"There is no number {value.of!r} in this article.",
            f"They are n1 to n{count}; the panel shows each one's name.",
        )
    if whole == item.mention.id:
        raise Refusal("number.notation", "A number cannot be a part of itself.", "Name the number it is a part of.")
    return value.model_copy(update={"of": whole})
