"""The forms of Arabic verbs and nouns as they are written without vowels.

What is glued in front (و ف ب ل ك) and the article are seen to by `edges`, and so are pronouns at the end. A form with
a tatweel at its end exists only in front of a pronoun (غارتـ in غارتهم), and what a tatweel at its beginning parts off
(سـ) stays outside the span. Passives of plain verbs are written like actives (قُصف); others are rows of their own.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from annotator.finders.edges import ARTICLE

JOINED = "\u0640"
"""The tatweel: what stands behind or before it is glued on."""

COMING = f"س{JOINED}"
"""What a verb of the future begins with."""


class Noun(NamedTuple):
    """A form of a noun, with what an adjective behind it ends in."""

    text: str
    agreement: tuple[str, ...]
    """Endings that its adjective takes; none before a pronoun, where no adjective follows."""


def verb_forms(past: str, others: Iterable[str] = ()) -> Iterator[str]:
    """Give the forms of a verb from its past, and its present or further pasts (those in ي are presents)."""
    yield from _past(past)
    for other in others:
        yield from _present(other) if other.startswith("ي") else _past(other)


def _past(form: str) -> Iterator[str]:
    if form[-1] in "ىا":
        base = form[:-1]
        yield from (form, f"{base}ت", f"{base}وا", f"{base}ينا", f"{base}تا", f"{base}ا{JOINED}", f"{base}و{JOINED}")
        return
    yield from (form, f"{form}ت", f"{form}وا", f"{form}ا", f"{form}تا", f"{form}نا", f"{form}و{JOINED}")


def _present(form: str) -> Iterator[str]:
    stem = form[1:]
    defective = stem[-1] in "يىو"
    plural = stem[:-1] if defective else stem
    bodies = [f"{person}{stem}" for person in "يتنأ"]
    bodies += [f"{person}{plural}{ending}" for person in "يت" for ending in ("ون", "وا", f"و{JOINED}")]
    bodies += [
        f"{person}{stem if stem[-1] != 'ى' else plural + 'ي'}{ending}" for person in "يت" for ending in ("ان", "ن")
    ]
    if defective and len(plural) > 2:
        bodies += [f"{person}{plural}" for person in "يتن"]
    for body in bodies:
        yield body
        yield f"{COMING}{body}"


def noun_forms(noun: str, plurals: Iterable[str] = ()) -> Iterator[Noun]:
    """Give the forms of a noun from singular and plurals; one in ة has a sound plural unless others are said."""
    feminine = noun.endswith("ة")
    stem = f"{noun[:-1]}ت" if feminine else noun
    gender = "ة" if feminine else ""
    yield Noun(noun, (gender,))
    if feminine:
        yield from (Noun(f"{stem}{JOINED}", ()), Noun(f"{stem}ي", ()), Noun(f"{stem}ا", ()))
    elif not noun.endswith(("ا", "اء", "ى")):
        yield Noun(f"{noun}ا", ("ا",))
    yield Noun(f"{stem}ان", (f"{gender.replace('ة', 'ت')}ان",))
    yield Noun(f"{stem}ين", (f"{gender.replace('ة', 'ت')}ين",))
    for plural in plurals or ([f"{noun[:-1]}ات"] if feminine else []):
        yield Noun(plural, ("ة", "ات"))
        if plural.endswith("ى"):
            yield Noun(f"{plural[:-1]}ا{JOINED}", ())
        elif not plural.endswith(("ات", "ا", "اء")):
            yield Noun(f"{plural}ا", ("ة",))


def described(noun: str, plurals: Iterable[str], beside: str) -> Iterator[str]:
    """Give a noun with what follows it: an adjective agrees with it, also both with their articles.

    Adjectives are those in ي, and one word in brackets, which does not belong to the trigger.
    """
    word = beside.strip("()")
    opening, closing = ("(", ")") if beside != word else ("", "")
    adjective = (beside.endswith("ي") or bool(opening)) and " " not in beside
    for form in noun_forms(noun, plurals):
        for ending in form.agreement if adjective else ():
            yield f"{form.text} {opening}{word}{ending}{closing}"
            yield f"{ARTICLE}{form.text} {opening}{ARTICLE}{word}{ending}{closing}"
        if not adjective and not form.text.endswith(JOINED):
            yield f"{form.text} {beside}"
