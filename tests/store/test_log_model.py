"""Windows of two people append, fork, resend and reload in any order; the log agrees with a plain list."""

import hashlib
import tempfile
from pathlib import Path

from hypothesis import settings, strategies
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from annotator.model.article import Article, Metadata
from annotator.model.decision import Decision, Rule
from annotator.store.articles import put_article
from annotator.store.engine import file_url, open_engine
from annotator.store.log import Fork, Standing, append, check_log, decisions_on, standings
from annotator.store.migrate import bring_up_to_date

DIGEST = hashlib.sha256(b"Six.").hexdigest()


class Window:
    """A screen as its person knows it: what it saw of the log, and what it has not been told is saved."""

    def __init__(self, person: str, article_id: str, seen: int) -> None:
        self.person, self.article_id, self.seen = person, article_id, seen
        self.pending: list[Decision] = []


class LogMachine(RuleBasedStateMachine):
    windows = Bundle("windows")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.engine = open_engine(file_url(Path(self.folder.name) / "work.db"))
        bring_up_to_date(self.engine)
        self.model: dict[tuple[str, str], list[str]] = {}
        self.made = 0
        for article_id in ("001", "002"):
            self.model |= {(person, article_id): [] for person in ("a1", "a2")}
            put_article(
                self.engine,
                Article(
                    article_id=article_id,
                    text="Six.",
                    raw_sha256=DIGEST,
                    text_sha256=DIGEST,
                    metadata=Metadata(language="en"),
                ),
            )

    @rule(
        target=windows, person=strategies.sampled_from(["a1", "a2"]), article_id=strategies.sampled_from(["001", "002"])
    )
    def open(self, person: str, article_id: str) -> Window:
        return Window(person, article_id, len(self.model[person, article_id]))

    @rule(window=windows)
    def decide(self, window: Window) -> None:
        self.made += 1
        window.pending.append(
            Decision(
                id=f"d{self.made}",
                person=window.person,
                article_id=window.article_id,
                text_sha256=DIGEST,
                stage="label",
                made_at=0,
                changes=(Rule(item="x", choice="none"),),
            )
        )

    @rule(window=windows, data=strategies.data())
    def save(self, window: Window, data: strategies.DataObject) -> None:
        """Send the first few, perhaps some of them twice; the answer may be lost."""
        batch = window.pending[: data.draw(strategies.integers(0, len(window.pending)), "how many")]
        sent = batch + [decision for decision in batch if data.draw(strategies.booleans(), "again")]
        log = self.model[window.person, window.article_id]
        others = len(log) - sum(decision.id in log for decision in batch)
        standing = Standing(window.person, window.article_id, DIGEST, 0, 0, False, 0)
        try:
            append(self.engine, sent, window.seen, standing)
        except Fork as fork:
            assert others != window.seen
            assert fork.saved == {decision.id for decision in batch if decision.id in log}
            return
        assert others == window.seen
        log += [decision.id for decision in batch if decision.id not in log]
        if data.draw(strategies.booleans(), "answered"):
            window.seen += len(batch)
            window.pending = window.pending[len(batch) :]

    @rule(window=windows)
    def reload(self, window: Window) -> None:
        log = self.model[window.person, window.article_id]
        window.pending = [decision for decision in window.pending if decision.id not in log]
        window.seen = len(log)

    @rule(window=consumes(windows))
    def close(self, window: Window) -> None:
        pass

    @invariant()
    def the_log_is_the_model(self) -> None:
        for (person, article_id), expected in self.model.items():
            assert [made.id for made in decisions_on(self.engine, person, article_id, DIGEST)] == expected
        for standing in standings(self.engine):
            assert standing.decisions == len(self.model[standing.person, standing.article_id])
        assert check_log(self.engine) == ()

    def teardown(self) -> None:
        self.engine.dispose()
        self.folder.cleanup()


TestLog = LogMachine.TestCase
TestLog.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
