"""Spellings of one Arabic name in English letters ("Deir ez-Zor", "Dayr al-Zour"), brought to one form to compare.

Serves names only: ordinary words that look alike are not meant. Works on folded text.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from annotator.text.folding import fold

SHORTEST = 4
"""How many letters a form has at least; shorter ones say too little."""

_ARTICLE = re.compile(r"\b(?:[ae]l[- ]|(?:a[dnrstz]|ash|adh|ath|e[dnrstz]|esh|u[dlnrstz])-)(?=\w)")
_SILENT = re.compile(r"[^\w ]|_| ")
_SAME = (
    (re.compile(r"(?:gh|kh|th|dh)"), lambda pair: pair[0][0]),
    (re.compile(r"(?:sh|ch)"), lambda _: "s"),
    (re.compile(r"(?:ei|ai|ay|ey|ee|ie|iy|[iye])"), lambda _: "i"),
    (re.compile(r"(?:ou|oo|au|aw|ow|[uow])"), lambda _: "u"),
    (re.compile(r"q|c"), lambda _: "k"),
    (re.compile(r"([a-z])\1+"), lambda pair: pair[1]),
    (re.compile(r"(?:ah|ih|a|i)$"), lambda _: "a"),
)
"""What is written for the same sound, in the order in which it is made alike."""


@lru_cache(maxsize=16384)
def skeleton(name: str) -> str:
    """Give the form in which the spellings of a name are alike: no articles, marks and double letters."""
    form = _SILENT.sub("", _ARTICLE.sub("", fold(name).text))
    for pattern, same in _SAME:
        form = pattern.sub(same, form)
    return form


class Spellings:
    """The names of a registry by their skeleton."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """Take names in English letters with what they name; of a skeleton that two things share nothing is known."""
        self._refs: dict[str, str | None] = {}
        for name, ref in names:
            form = skeleton(name)
            if len(form) >= SHORTEST and name.isascii() and not name.isupper():
                self._refs[form] = ref if self._refs.get(form, ref) == ref else None

    def ref(self, name: str) -> str | None:
        """Give what `name` is a spelling of, or None."""
        return self._refs.get(skeleton(name))
