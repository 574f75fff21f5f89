"""The finders and their peers, each as a program of its own: `PYTHON benchmarks/contenders.py NAME TEXT [ALIASES]`.

Reads the texts (and the aliases, one a line), makes itself ready, and then goes through all texts once for each line
that comes on standard input, answering with one line of JSON: seconds, what it found, peak memory in kilobytes. The
peers need their own packages (`benchmarks/peers.txt`) and none of ours, so nothing of either is imported at the top.
"""

import json
import resource
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

Work = Callable[[], int]
"""Goes through all texts and gives how much it found."""


def our_numbers(texts: list[str], _: list[str]) -> Work:
    from annotator.finders.numbers.number_finder import NumberFinder
    from annotator.finders.sentences import Sentences
    from annotator.store.workspace import open_workspace
    from annotator.text.folding import fold

    guidelines = open_workspace(Path(__file__).parents[1]).guidelines()
    finder = NumberFinder(guidelines.schema, guidelines.lexicon)
    return lambda: sum(len(list(finder.find(text, fold(text), Sentences(text), []))) for text in texts)


def recognizers_text(texts: list[str], _: list[str]) -> Work:
    from recognizers_number import Culture, NumberRecognizer

    model = NumberRecognizer(Culture.English).get_number_model()
    return lambda: sum(len(model.parse(text)) for text in texts)


def quantulum3(texts: list[str], _: list[str]) -> Work:
    import warnings

    warnings.simplefilter("ignore")
    from quantulum3 import parser

    parser.parse("6 members")
    return lambda: sum(len(parser.parse(text)) for text in texts)


def our_names(texts: list[str], aliases: list[str]) -> Work:
    from annotator.finders.phrases import Phrases
    from annotator.text.folding import fold

    phrases = Phrases((alias, number) for number, alias in enumerate(aliases))
    return lambda: sum(1 for text in texts for _ in phrases.find(text, fold(text)))


def spacy_names(texts: list[str], aliases: list[str]) -> Work:
    """Tokenisation counts: without it the matcher finds nothing."""
    import spacy
    from spacy.matcher import PhraseMatcher

    nlp = spacy.blank("en")
    nlp.max_length = 100_000_000
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    matcher.add("ALIAS", list(nlp.tokenizer.pipe(aliases)))
    return lambda: sum(len(matcher(nlp.make_doc(text))) for text in texts)


def everything(texts: list[str], _: list[str]) -> Work:
    from annotator.finders.suggest import Finders
    from annotator.model.article import Article, Metadata
    from annotator.store.workspace import open_workspace
    from annotator.text.intake import take_in

    def article(number: int, text: str) -> Article:
        taken = take_in(text.encode(), str(number))
        language = "ar" if sum("\u0600" <= letter <= "\u06ff" for letter in text) * 2 > len(text) else "en"
        return Article(
            article_id=str(number),
            text=taken.text,
            raw_sha256=taken.raw_sha256,
            text_sha256=taken.text_sha256,
            metadata=Metadata.model_validate({"language": language}),
        )

    finders = Finders(open_workspace(Path(__file__).parents[1]).guidelines())
    articles = [article(number, text) for number, text in enumerate(texts)]
    return lambda: sum(len(finders.suggest(one).candidates) for one in articles)


CONTENDERS = {
    work.__name__: work for work in (our_numbers, recognizers_text, quantulum3, our_names, spacy_names, everything)
}


def serve(name: str, texts: list[str], aliases: list[str], asked: Iterable[str]) -> None:
    """Make a contender ready, say how long that took, and let it work as often as asked."""

    def timed(work: Callable[[], object]) -> tuple[object, float]:
        start = time.perf_counter()
        return work(), time.perf_counter() - start

    make = CONTENDERS[name]
    make([], aliases[:1])  # imports are no part of it
    work, seconds = timed(lambda: make(texts, aliases))
    print(json.dumps({"ready": seconds}), flush=True)
    for _ in asked:
        found, seconds = timed(work)  # type: ignore[arg-type]
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(json.dumps({"seconds": seconds, "found": found, "peak_kb": peak}), flush=True)


if __name__ == "__main__":
    _, name, texts, *rest = sys.argv
    aliases = Path(rest[0]).read_text(encoding="utf-8").splitlines() if rest else []
    serve(name, json.loads(Path(texts).read_text(encoding="utf-8")), aliases, sys.stdin)
