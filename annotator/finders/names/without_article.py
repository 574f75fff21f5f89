"""Names that an article has given to a common noun ("the organization"), where they stand without it.

Owns what counts as the same name. Only a text that uses the name with its article uses it without.
"""

from collections.abc import Iterator, Sequence

from annotator.finders.phrases import Found
from annotator.finders.words import Word, phrase_table, words
from annotator.model.lexicon import Words
from annotator.text.folding import Folded, fold
from annotator.text.span import Span

_ARTICLE = "the"


class WithoutArticle:
    """The words of a lexicon behind which such a name has lost its article."""

    def __init__(self, lexicon: Words) -> None:
        self._behind = phrase_table(lexicon.actors.bare)

    def find(
        self, text: str, folded: Folded, read: Sequence[Word], names: Sequence[tuple[Span, str]]
    ) -> Iterator[Found[str]]:
        """Give such names among `read`, the words of `folded`; `names`: those of the registry in `text`, with ids."""
        nouns: dict[str, str] = {}
        for at, ref in names:
            name = words(fold(at.of(text)).text)
            if len(name) == 2 and name[0].text == _ARTICLE:
                nouns.setdefault(name[1].text, ref)
        for index, word in enumerate(read) if nouns else ():
            if word.text in nouns and self._behind.before(read, index) is not None:
                yield Found(folded.span(word.start, word.end), nouns[word.text])
