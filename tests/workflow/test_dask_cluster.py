"""Finders on the workers of a real Dask scheduler say what they say alone, whoever is killed; strangers are refused."""

import operator
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path

import pytest

from annotator.errors import Refusal
from annotator.finders.suggest import suggest
from annotator.model.article import Article, Metadata
from annotator.model.guidelines import Guidelines
from annotator.model.suggestions import Candidates, Suggestions
from annotator.store.workspace import open_workspace
from annotator.text.intake import take_in
from annotator.workflow import dask_cluster
from annotator.workflow.dask_cluster import AHEAD, HEAVY, TOGETHER, Cluster, Scheduler, scheduler_at
from annotator.workflow.finder_processes import answers
from annotator.workflow.processes import Lost
from tests.conftest import ARABIC, ENGLISH
from tests.own_cluster import OwnCluster

NewCluster = Callable[..., OwnCluster]


@pytest.fixture
def new_cluster(tmp_path: Path) -> Iterator[NewCluster]:
    """Makes a cluster of so many workers."""
    made: list[OwnCluster] = []

    def make(workers: int, settings: dict[str, str] | None = None) -> OwnCluster:
        made.append(cluster := OwnCluster(tmp_path / f"cluster-{len(made)}", settings=settings))
        for _ in range(workers):
            cluster.start_worker()
        return cluster

    yield make
    for one in made:
        one.close()


@pytest.fixture
def guidelines(workspace: Path) -> Guidelines:
    return open_workspace(workspace).guidelines()


def told(name: str, text: str) -> Article:
    taken = take_in(text.encode(), name)
    return Article(
        article_id=name,
        text=taken.text,
        raw_sha256=taken.raw_sha256,
        text_sha256=taken.text_sha256,
        metadata=Metadata(language="en"),
    )


SOME = [told(f"article-{number}", (ENGLISH, ARABIC)[number % 2] * (1 + number % 3)) for number in range(6)]
MANY = [one.model_copy(update={"article_id": f"{one.article_id}-{turn}"}) for turn in range(60) for one in SOME]
"""Several tasks for each of two workers."""


def asked(articles: list[Article]) -> list[tuple[Article, None]]:
    return [(one, None) for one in articles]


@pytest.fixture
def alone(guidelines: Guidelines) -> list[tuple[Article, Suggestions]]:
    """What the finders say of many articles in this process."""
    once = {one.text: suggest(one, guidelines) for one in SOME}
    return [(one, once[one.text]) for one in MANY]


def test_a_cluster_says_the_same_in_the_same_order_though_a_worker_is_killed_on_the_way(
    new_cluster: NewCluster, guidelines: Guidelines, alone: list[tuple[Article, Suggestions]]
) -> None:
    cluster = new_cluster(2)
    coming = answers(asked(MANY), guidelines, scheduler_at(cluster.address))
    first = list(islice(coming, TOGETHER))
    cluster.workers[0].kill()
    cluster.start_worker()
    assert first + list(coming) == alone
    assert list(answers(asked(MANY[:5]), guidelines, scheduler_at(cluster.address))) == alone[:5]


def test_a_scheduler_that_is_killed_is_said(new_cluster: NewCluster, guidelines: Guidelines) -> None:
    cluster = new_cluster(1)
    coming = answers(asked(MANY), guidelines, scheduler_at(cluster.address))
    next(coming)
    cluster.scheduler.kill()
    with pytest.raises(Refusal) as refused:
        list(coming)
    assert (refused.value.code, int(refused.value.exit)) == ("dask.unreachable", 3)
    assert refused.value.what == f"The Dask scheduler at {cluster.address} went away."


def test_workers_that_are_all_gone_are_said(
    new_cluster: NewCluster, guidelines: Guidelines, monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster = new_cluster(1)
    coming = answers(asked(MANY), guidelines, scheduler_at(cluster.address))
    next(coming)
    cluster.workers[0].kill()
    monkeypatch.setattr(dask_cluster, "_PATIENCE", 1.0)
    with pytest.raises(Refusal, match="has no worker any more"):
        list(coming)
    with pytest.raises(Refusal, match=f"has no workers. Start some: dask worker {cluster.address}") as refused:
        list(answers(asked(SOME), guidelines, scheduler_at(cluster.address)))
    assert int(refused.value.exit) == 3


def test_a_scheduler_that_is_not_there_is_said(guidelines: Guidelines, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask_cluster, "_PATIENCE", 0.5)
    with pytest.raises(Refusal, match="No Dask scheduler answers at tcp:") as refused:
        list(answers(asked(SOME), guidelines, scheduler_at("tcp://127.0.0.1:9")))
    assert (refused.value.code, int(refused.value.exit)) == ("dask.unreachable", 3)


def test_tls_without_certificates_is_refused(guidelines: Guidelines) -> None:
    with pytest.raises(Refusal, match=r"takes certificates, and Dask's configuration names none\.") as refused:
        list(answers(asked(SOME), guidelines, scheduler_at("tls://127.0.0.1:9")))
    assert refused.value.code == "dask.unreachable"


@pytest.mark.skipif(shutil.which("openssl") is None, reason="nothing here makes certificates")
def test_a_cluster_over_tls_says_the_same_to_who_has_a_certificate(
    tmp_path: Path, guidelines: Guidelines, alone: list[tuple[Article, Suggestions]]
) -> None:
    making = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=cluster"]
    subprocess.run([*making, "-keyout", "key.pem", "-out", "cert.pem"], cwd=tmp_path, check=True, capture_output=True)
    cert, key = str(tmp_path / "cert.pem"), str(tmp_path / "key.pem")
    tls = {"DASK_DISTRIBUTED__COMM__TLS__CA_FILE": cert, "DASK_DISTRIBUTED__COMM__REQUIRE_ENCRYPTION": "true"}
    for role in ("SCHEDULER", "WORKER", "CLIENT"):
        tls |= {f"DASK_DISTRIBUTED__COMM__TLS__{role}__CERT": cert, f"DASK_DISTRIBUTED__COMM__TLS__{role}__KEY": key}
    cluster = OwnCluster(tmp_path / "cluster", scheme="tls", settings=tls)
    try:
        cluster.start_worker()
        named = {"ca-file": cert, "client.cert": cert, "client.key": key}
        dask, _ = pytest.importorskip("dask"), pytest.importorskip("distributed")  # its defaults come before ours
        with dask.config.set({f"distributed.comm.tls.{name}": value for name, value in named.items()}):
            assert list(answers(asked(MANY[:40]), guidelines, scheduler_at(cluster.address))) == alone[:40]
    finally:
        cluster.close()


LACKS = """
import sys
class Nothing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "annotator":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Nothing())
"""
OLDER = "import annotator.version\nannotator.version.__version__ = '0.0.9'\n"
OTHER_WORDS = "import unicodedata\nunicodedata.unidata_version = '1.1.5'\n"


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (LACKS, "No module named 'annotator"),
        (OLDER, "has annotator 0.0.9 (source "),
        (OTHER_WORDS, ", Unicode 1.1.5), here is annotator "),
    ],
    ids=["lacks", "older", "other-unicode"],
)
def test_a_worker_with_another_program_is_refused_by_name(
    new_cluster: NewCluster, guidelines: Guidelines, before: str, said: str
) -> None:
    cluster = new_cluster(0)
    cluster.start_worker(before=before)
    with pytest.raises(Refusal) as refused:
        list(answers(asked(SOME), guidelines, scheduler_at(cluster.address)))
    assert (refused.value.code, int(refused.value.exit)) == ("dask.other", 3)
    assert refused.value.what.startswith("The worker at tcp://127.0.0.1:")
    assert said in refused.value.what


def test_a_scheduler_without_the_program_is_refused_by_name(tmp_path: Path, guidelines: Guidelines) -> None:
    cluster = OwnCluster(tmp_path / "cluster", before=LACKS)
    try:
        cluster.start_worker()
        with pytest.raises(Refusal) as refused:
            list(answers(asked(SOME), guidelines, scheduler_at(cluster.address)))
    finally:
        cluster.close()
    assert refused.value.code == "dask.other"
    assert refused.value.what.startswith(f"The scheduler at {cluster.address} cannot do this work (")


def test_a_worker_with_another_program_that_comes_later_is_refused_too(
    new_cluster: NewCluster, guidelines: Guidelines
) -> None:
    cluster = new_cluster(1)
    coming = answers(asked(MANY), guidelines, scheduler_at(cluster.address))
    next(coming)
    cluster.start_worker(before=OLDER)
    cluster.workers[0].kill()
    with pytest.raises(Refusal, match=r"A worker of .* has annotator 0\.0\.9") as refused:
        list(coming)
    assert refused.value.code == "dask.other"


def test_a_thing_that_ends_its_worker_costs_itself_alone(new_cluster: NewCluster) -> None:
    cluster = new_cluster(0, {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"})
    cluster.start_worker(nanny=True)
    things = [partial(str, 1), partial(os._exit, 9), partial(str, 3)]
    with Cluster[Callable[[], str], str](operator.call, Scheduler(cluster.address), lambda _: 1) as engine:
        found = [said for _, said in engine.in_order((one, None) for one in things)]
    assert found == ["1", Lost(by_itself=False), "3"]


def test_what_is_large_travels_without_a_word(new_cluster: NewCluster) -> None:
    cluster = new_cluster(1)
    large = "x" * 12_000_000
    with Cluster[str, int](len, Scheduler(cluster.address), len) as engine:
        assert list(engine.in_order([(large, None), ("small", None)])) == [(large, len(large)), ("small", 5)]


def test_what_is_known_is_passed_on_and_asks_no_scheduler(guidelines: Guidelines) -> None:
    known = Suggestions(finders="known", regions=(), candidates=Candidates.of(""))
    nowhere = scheduler_at("tcp://127.0.0.1:9")
    assert [found for _, found in answers([(one, known) for one in MANY], guidelines, nowhere)] == [known] * len(MANY)


def test_articles_are_taken_only_a_little_ahead_and_long_ones_travel_alone(guidelines: Guidelines) -> None:
    known = Suggestions(finders="known", regions=(), candidates=Candidates.of(""))
    taken: list[str] = []

    def coming(size: int) -> Iterator[tuple[Article, Suggestions]]:
        for one in MANY:
            taken.append(one.article_id)
            yield one.model_copy(update={"text": "x" * size}), known

    for size, most in ((10, TOGETHER), (HEAVY, 1)):
        taken.clear()
        next(answers(coming(size), guidelines, scheduler_at("tcp://127.0.0.1:9")))
        assert len(taken) == AHEAD * most


@pytest.mark.parametrize(
    "address", ["", "localhost", "localhost:8786", "http://h:1", "tcp://h", "tcp://:1", "tcp://h:x", "tcp://h:1/x"]
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(Refusal, match="is no address of a Dask scheduler") as refused:
        scheduler_at(address)
    assert refused.value.code == "usage"


def test_addresses_of_both_protocols_are_taken() -> None:
    assert scheduler_at("tcp://10.0.0.5:8786") == Scheduler("tcp://10.0.0.5:8786")
    assert scheduler_at("tls://[::1]:8786") == Scheduler("tls://[::1]:8786")
