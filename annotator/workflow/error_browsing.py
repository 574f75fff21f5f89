"""Looking through errors: each in its article, where the text is at hand, and challenged where gold may be wrong.

Articles are opened in a store that is thrown away: nothing is decided here. A challenge is filed as everywhere, in
`challenging`.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal, get_args

from annotator.errors import Refusal
from annotator.gold.pin import parse_pinned
from annotator.model.article import Article, Metadata
from annotator.model.challenge import Challenge
from annotator.model.mention import Kind
from annotator.model.suggestions import Candidates, Suggestions
from annotator.scoring.errors import ScoringError
from annotator.store.articles import put_article
from annotator.store.releases import load_release
from annotator.store.workspace import create_workspace
from annotator.text.script import dominant_language
from annotator.workflow.challenging import There, challenged, file_challenge, there
from annotator.workflow.error_filter import saying
from annotator.workflow.person import known_person, remember_person
from annotator.workflow.project import Project, open_project
from annotator.workflow.session import Session
from annotator.workflow.throwaway import throwaway_store

_READER = "reader"
"""Stands for whoever looks; no pseudonym, and kept nowhere."""

_NO_PLACE_TO_FILE = frozenset({"workspace.missing", "workspace.read-only", "store.unreachable"})
"""Codes of what keeps from filing a challenge, and not from reading."""

_What = Kind | Literal["event"] | None
"""Of what a challenge is; None of no one thing, as of an argument."""

_Filed = tuple[str, int, int]
"""Where something was challenged: article, start and end in code points."""

_States = dict[_Filed, dict[_What, str]]
"""What came of challenges, by where and of what they are."""


class ErrorBrowsing:
    """The errors of one file of predictions, the articles that they are in, and the gold that may be challenged."""

    def __init__(
        self,
        errors: Sequence[ScoringError],
        texts: Mapping[str, str],
        gold: str,
        reading: Project,
        project: Project | None,
        why_not: Refusal | None,
    ) -> None:
        """Look through `errors` of `gold`, as a person names it; `browsing` says what else is needed."""
        self.errors = errors
        self.texts = texts
        """The texts at hand, by article id."""
        self.said = saying(texts)
        self.gold = gold
        self.reading = reading
        """What articles are opened in, of which nothing is kept."""
        self.project = project
        """The workspace in which a challenge is filed, if there is one."""
        self._why_not = why_not
        self._plain = Path(parse_pinned(gold).path).is_file()
        self._states = self._filed_before()
        self._at_triggers = {
            (one.article_id, one.gold.span): one.group
            for one in errors
            if one.part == "trigger" and one.gold is not None
        }

    def _filed_before(self) -> _States:
        states: _States = defaultdict(dict)
        if self.project is not None and self._why_not is None:
            manifest = load_release(self.gold).release.manifest_sha256
            for one in challenged(self.project):
                said = one.challenge
                if said.manifest_sha256 == manifest:
                    states[said.article_id, said.start, said.end][said.kind] = one.state
        return states

    def session(self, error: ScoringError) -> Session:
        """Give the article of an error to be read, or in its place a sentence that says how to give its text.

        Whoever asked for it closes it.
        """
        text = self.texts.get(error.article_id) or missing(error.article_id, plain=self._plain)
        digest = sha256(text.encode()).hexdigest()
        article = Article(
            article_id=error.article_id,
            text=text,
            raw_sha256=digest,
            text_sha256=digest,
            metadata=Metadata(language=dominant_language(text)),
        )
        put_article(self.reading.engine, article)
        bare = Suggestions(finders="none/1", regions=(), candidates=Candidates.of(text))
        return Session(self.reading, article, bare, _READER)

    def has_text(self, error: ScoringError) -> bool:
        """Tell whether the text of an error's article is at hand."""
        return error.article_id in self.texts

    def of_trigger(self, error: ScoringError) -> str:
        """Give what was wrong already with the trigger of an argument that gold has; nothing where that was right."""
        trigger = error.gold.trigger if error.part == "argument" and error.gold is not None else None
        return "" if trigger is None else self._at_triggers.get((error.article_id, trigger), "")

    # Challenges

    def state_of(self, error: ScoringError) -> str:
        """Give what came of a challenge of gold at the place of an error, in a word; nothing where there is none.

        Where something else there was challenged, it says what: `actor, waits`.
        """
        where = error.place
        states = {} if where is None else self._states.get((error.article_id, *where), {})
        alike = states.get(kind_of(error), states.get(None))
        return alike or ", ".join(f"{kind}, {state}" for kind, state in states.items())

    def refuse_challenge(self, error: ScoringError) -> None:
        """Raise the `Refusal` that says why gold cannot be challenged over an error, if it cannot."""
        if self._why_not is not None:
            raise self._why_not
        if error.place is None:
            raise Refusal(
                "usage",
                "Neither side says where this stands, and a challenge is of a place.",
                "Challenge one of its arguments.",
            )

    def known_person(self) -> str | None:
        """Give who is at the keyboard, or None when nobody said it yet."""
        return known_person(self.project.workspace, None) if self.project is not None else None

    def challenge(self, error: ScoringError, reason: str, name: str) -> tuple[Challenge, There]:
        """File that gold is wrong at the place of an error, by the person called `name`; give it with what is there.

        Raises `Refusal` as `refuse_challenge` and `file_challenge` do.
        """
        self.refuse_challenge(error)
        where = error.place
        assert self.project is not None
        assert where is not None
        filed = file_challenge(self.project, self.gold, error.article_id, where, reason, name, kind_of(error))
        remember_person(self.project.workspace, name)
        self._states[error.article_id, filed.start, filed.end][filed.kind] = "waits"
        return filed, there(self.project, self.gold, filed)


@contextmanager
def browsing(errors: Sequence[ScoringError], texts: Mapping[str, str], gold: str) -> Iterator[ErrorBrowsing]:
    """Give errors ready to be looked through, with a challenge filed in the workspace around the current folder.

    Where that is no workspace, the one that gold lies in counts; without any, guidelines and settings are those that
    come with the program. Raises `Refusal` when the workspace is there but cannot be opened.
    """
    with ExitStack() as open_until_left:
        project, why_not = _project_of(gold)
        if project is not None:
            open_until_left.callback(project.close)
        engine = open_until_left.enter_context(throwaway_store())
        reading = replace(project, engine=engine) if project is not None else None
        if reading is None:
            folder = open_until_left.enter_context(TemporaryDirectory(prefix="annotator-"))
            reading = Project(create_workspace(Path(folder) / "none", []), engine)
        yield ErrorBrowsing(errors, texts, gold, reading, project, why_not)


def _project_of(gold: str) -> tuple[Project | None, Refusal | None]:
    """Give the workspace in which gold is challenged, if there is one, and why it cannot be, if it cannot."""
    path = Path(parse_pinned(gold).path)
    plain = Refusal(
        "usage",
        f"{path} is a plain file, and only a release can be challenged.",
        "Score against the folder of a release, as gold/1.0.0, to challenge it.",
    )
    missing_workspace: Refusal | None = None
    for start in (Path.cwd(), path):
        try:
            return open_project(start), plain if path.is_file() else None
        except Refusal as refusal:
            if refusal.code not in _NO_PLACE_TO_FILE:
                raise
            missing_workspace = missing_workspace or refusal
    return None, plain if path.is_file() else missing_workspace


def kind_of(error: ScoringError) -> _What:
    """Give what is wrong there, as a challenge says it; None for an argument, which may be of any kind."""
    return next((kind for kind in (*get_args(Kind), "event") if kind == error.part), None)


def missing(article_id: str, *, plain: bool) -> str:
    """Give what stands in the place of an article whose text is not at hand; `plain` gold is no release."""
    how = (
        "Gold that is a plain file does not say of which texts it was made. Score against the folder of a release in "
        "its workspace, as gold/1.0.0, to see the articles."
        if plain
        else "Texts are looked for in the corpus of the workspace that the release lies in, and taken only if they are "
        "those that gold was made of: put the article's .txt file there, or run this on the release in its workspace."
    )
    return (
        f"The text of {article_id} is not at hand.\n\n"
        f"What gold and the prediction say of it stands beside this, with its offsets in code points.\n\n{how}"
    )
