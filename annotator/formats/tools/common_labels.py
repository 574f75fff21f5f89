"""What other tools and corpora commonly call kinds of mention, as data: OntoNotes, CoNLL, ACE and their kin."""

from collections.abc import Mapping
from types import MappingProxyType

from annotator.model.mention import Kind

_WORDS: Mapping[Kind, str] = {
    "trigger": "trigger event_trigger anchor nugget",
    "actor": "actor person per people org organization organisation norp group agent agt participant",
    "place": "place gpe loc location fac facility city country region",
    "time": "time date timex tmp tme datetime duration",
    "number": "number num cardinal quantity ordinal money percent numeric val amount count",
}

COMMON: Mapping[str, Kind] = MappingProxyType({word: kind for kind, words in _WORDS.items() for word in words.split()})
"""By the word in small letters, with `_` for whatever is no letter or digit: the kind here."""
