"""What a score would warn of or refuse in a file of predictions, and where its quotes were found. Scores nothing."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotator.errors import Refusal
from annotator.formats.known import Known, Placed, Tally
from annotator.formats.predictions import read_parts, rules_of, say_of_the_whole
from annotator.model.problem import Problem
from annotator.scoring.articles import warn_of_missing
from annotator.store.corpus import read_corpus
from annotator.store.workspace import find_workspace
from annotator.text.encodable import encodable
from annotator.workflow.article_files import Read, articles_in, files_of_many
from annotator.workflow.evaluating import load_gold, load_ids
from annotator.workflow.opening import each_opened
from annotator.workflow.parts import parts_of, passed_over

HOW = ("exact", "folded", "nearest", "ambiguous", "nowhere")
"""What can become of a quote without offsets."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in a file."""

    file: str
    against: str
    """What it was held against: gold, the workspace's articles, or nothing."""
    articles: int
    mentions: int
    events: int
    placed: tuple[Placed, ...]
    """What became of every quote without offsets."""
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> int:
        """How many problems let nothing be scored."""
        return sum(problem.level == "error" for problem in self.problems)

    def quotes(self) -> dict[str, int]:
        """Give how many quotes without offsets came to what."""
        times = Counter(one.how for one in self.placed)
        return {how: times[how] for how in HOW}

    def rules(self) -> dict[str, int]:
        """Give how many problems each rule found, most first."""
        times = Counter(problem.rule for problem in self.problems)
        return dict(sorted(times.items(), key=lambda one: (-one[1], one[0])))

    def plain(self) -> dict[str, Any]:
        """Give all of it ready for JSON."""
        return {
            "file": encodable(self.file),
            "against": encodable(self.against),
            "articles": self.articles,
            "mentions": self.mentions,
            "events": self.events,
            "errors": self.errors,
            "warnings": len(self.problems) - self.errors,
            "rules": self.rules(),
            "quotes": self.quotes(),
            "placed": [_plain_place(one) for one in self.placed],
            "problems": [problem.plain() for problem in self.problems],
        }


def _plain_place(one: Placed) -> dict[str, Any]:
    return one._asdict() | {"where": encodable(one.where), "span": None if one.span is None else list(one.span)}


def check_predictions(
    file: str, gold: str | None = None, *, allow: Collection[str] = (), ids: str | None = None
) -> Checked:
    """Read predictions (`-` is standard input) as a score does, against gold or the workspace around here.

    A folder is one system's predictions in parts. Without gold or a workspace nothing is known of articles and texts,
    and that is said. Raises `Refusal` as `load_gold` does, and where the file cannot be read at all.
    """
    known, against = _known(gold)
    problems: list[Problem] = []
    id_map = load_ids(ids, known, problems) if ids is not None else None
    tally = Tally(placed=[])
    articles, mentions, events = set[str](), 0, 0
    path, rules = Path(file), rules_of(allow)
    problems.extend(passed_over(path, "predictions"))
    files = each_opened(parts_of(path))
    coming = read_parts(files, problems, prefix="predictions", known=known, allow=rules, ids=id_map, tally=tally)
    for document in coming:
        articles.add(document.article_id)
        mentions, events = mentions + len(document.mentions), events + len(document.events)
    say_of_the_whole(file, tally, problems)
    if gold is not None:
        problems.extend(warn_of_missing(sorted(set(known.articles or ()) - articles)))
    return Checked(file, against, len(articles), mentions, events, tuple(tally.placed or ()), tuple(problems))


def _known(gold: str | None) -> tuple[Known, str]:
    """Give what predictions are held against, and what to call it."""
    if gold is not None:
        return load_gold(gold).known, gold
    try:
        workspace = find_workspace(Path.cwd())
    except Refusal:
        return Known(), "nothing: name gold with --gold, or go into a workspace"
    texts = {one.article_id: one.text for one in read_corpus(workspace.corpus) if not isinstance(one, Refusal)}
    for file in files_of_many(workspace.corpus):
        for read in articles_in(file):
            if isinstance(read, Read):
                texts.setdefault(read.article.article_id, read.article.text)
    schema = workspace.guidelines().schema
    return Known(articles=texts.keys(), texts=texts, schema=schema, within="the workspace"), "the workspace's articles"
