"""One expression on its own: the value that a short text says, read with the guidelines that come with the program.

For scripts that have figures without articles. Guidelines and finders are loaded at the first call and kept; nothing
is looked up in a workspace, so the same text gives the same value wherever the script is started.
"""

from functools import cache

from annotator.finders.numbers import NumberFinder
from annotator.model.guidelines import Guidelines, read_guidelines
from annotator.model.value import NumberValue
from annotator.store.workspace import shipped_guidelines


def parse_number(text: str) -> NumberValue | None:
    """Give what the first number expression in a short text says, in English or Arabic, or None where there is none.

    A date, a time of day, a name with digits and an idiom are no numbers. Open bounds are None.

    >>> value = parse_number("6 members at least")
    >>> value.low, value.high, value.qualifier, value.unit
    (6, None, 'at_least', 'persons')
    >>> parse_number("نحو خمسمئة مقاتل").best
    500
    >>> parse_number("closed between two fires")
    """
    return _numbers().read(text)


@cache
def shipped() -> Guidelines:
    """Give the guidelines that come with the program."""
    folder = shipped_guidelines()
    return read_guidelines(
        {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.toml"))}
    )


@cache
def _numbers() -> NumberFinder:
    return NumberFinder(shipped().schema, shipped().lexicon)
