"""Which script a text is mostly written in. A guess for new articles; a person overrules it in `articles.toml`."""

import re
from typing import Literal

_ARABIC = re.compile("[\u0620-\u064a\u0671-\u06d3]")
_LATIN = re.compile("[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]")

_ENOUGH = 100_000
"""Code points from which a script is told."""


def dominant_language(text: str) -> Literal["en", "ar"]:
    """Give `ar` when `text`, at its beginning, has more Arabic letters than Latin ones, else `en`."""
    beginning = text[:_ENOUGH]
    return "ar" if len(_ARABIC.findall(beginning)) > len(_LATIN.findall(beginning)) else "en"
