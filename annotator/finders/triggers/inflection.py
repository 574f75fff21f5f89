"""All forms of a word or phrase of the lexicon, from its dictionary form.

Owns how English words inflect, and which rules a row goes by; Arabic has a file of its own. Forms are made once, when
finders are built. A form that nobody writes does no harm: it is never met.
"""

import re
from collections.abc import Iterable, Iterator

from annotator.finders.edges import is_arabic
from annotator.finders.triggers import arabic
from annotator.model.event_words import Compound

_SLASH = re.compile(r"\s+/\s+")
_VOWELS = "aeiou"
_DOUBLING = re.compile(rf"[^{_VOWELS}]*(?:qu)?[{_VOWELS}][^{_VOWELS}wxy]")
"""A word of one syllable whose last consonant is written twice before -ed and -ing: "stop", not "raid"."""
_SIBILANT = re.compile(r"(?:s|x|z|ch|sh)$")
_CONSONANT_Y = re.compile(rf"[^{_VOWELS}]y$")


def verb_forms(row: str) -> Iterator[str]:
    """Give the forms of a verb, with what follows it in its phrase; the row's alternatives are for its first word."""
    phrase, *others = _SLASH.split(row)
    verb, _, rest = phrase.partition(" ")
    forms = arabic.verb_forms(verb, others) if is_arabic(verb[0]) else (*_english_verb(verb, bool(others)), *others)
    yield from _with_rest(forms, rest)


def noun_forms(row: str) -> Iterator[str]:
    """Give the forms of a noun, with the other words of its phrase."""
    phrase, *others = _SLASH.split(row)
    if is_arabic(phrase.lstrip("(")[0]):
        noun, _, rest = phrase.partition(" ")
        forms = (form.text for form in arabic.noun_forms(noun.strip("()"), others))
        yield from _with_rest((f"({form})" for form in forms) if noun.startswith("(") else forms, rest)
        return
    phrase, bracket, behind = phrase.partition(" (")
    before, _, noun = phrase.rpartition(" ")
    for form in (noun, *(others or [_third(noun)])):
        yield f"{before} {form}{bracket}{behind}".strip()


def compound_forms(row: Compound) -> Iterator[str]:
    """Give every noun of a compound, in all its forms, with every word that stands beside it."""
    for noun in row.nouns:
        for beside in row.beside:
            if is_arabic(noun[0]):
                word, *plurals = _SLASH.split(noun)
                yield from arabic.described(word, plurals, beside)
            else:
                yield from (f"{beside}{joint}{form}" for form in noun_forms(noun) for joint in " -")


def _with_rest(forms: Iterable[str], rest: str) -> Iterator[str]:
    """Give forms with the rest of their phrase; one that wants a pronoun behind it has none there."""
    if not rest:
        yield from forms
    else:
        yield from (f"{form} {rest}" for form in forms if not form.endswith(arabic.JOINED))


def _english_verb(verb: str, irregular: bool) -> tuple[str, ...]:
    """Give the forms of a verb; an irregular one has its past forms said, and only those of the present are made."""
    present = (verb, _third(verb), _stem(verb, "ing") + "ing")
    return present if irregular else (*present, _past(verb))


def _third(word: str) -> str:
    if _SIBILANT.search(word):
        return f"{word}es"
    return f"{word[:-1]}ies" if _CONSONANT_Y.search(word) else f"{word}s"


def _past(verb: str) -> str:
    return f"{verb[:-1]}ied" if _CONSONANT_Y.search(verb) else f"{_stem(verb, 'ed')}ed"


def _stem(verb: str, ending: str) -> str:
    """Give what an ending is written behind: without a silent e, or with the last consonant twice."""
    if ending == "ing" and verb.endswith("ie"):
        return f"{verb[:-2]}y"
    if verb.endswith("e") and not (ending == "ing" and verb.endswith(("ee", "oe", "ye"))):
        return verb[:-1]
    return verb + verb[-1] if _DOUBLING.fullmatch(verb) else verb
