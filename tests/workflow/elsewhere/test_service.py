"""A service is asked about one article a request; whatever it answers, however slowly, is told and never believed."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from annotator.errors import Exit, Refusal
from annotator.model.article import Article
from annotator.workflow.elsewhere import service
from annotator.workflow.elsewhere.door import find_source
from annotator.workflow.elsewhere.service import Service
from annotator.workflow.elsewhere.taking import take_from
from annotator.workflow.project import Project

Answer = Callable[["Handler", dict[str, Any]], None]


class Server(ThreadingHTTPServer):
    """A server on this machine that answers as it is told."""

    daemon_threads = True
    answer: Answer
    asked: list[dict[str, Any]]


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: Server

    def do_POST(self) -> None:
        self.server.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        try:
            self.server.answer(self, self.server.asked[-1])
        except ConnectionError:
            self.close_connection = True

    def do_GET(self) -> None:
        self.send(b'{"mentions": [{"kind": "actor", "quote": "houses"}]}')

    def send(self, body: bytes, status: int = 200, length: int | None = None, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


Serve = Callable[[Answer], tuple[str, Server]]


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    """Start a server; gives its URL. The proxy that is named must never be asked."""
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    running: list[tuple[Server, threading.Thread]] = []

    def start(answer: Answer) -> tuple[str, Server]:
        server = Server(("127.0.0.1", 0), Handler)
        server.answer, server.asked = answer, []  # type: ignore[method-assign]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        running.append((server, thread))
        return f"http://127.0.0.1:{server.server_port}/find", server

    yield start
    for server, thread in running:
        server.shutdown()
        thread.join()
        server.server_close()


def fault(url: str, article: Article, timeout: float = 20) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        Service(url, timeout).ask(article)
    return refusal.value


def test_it_is_asked_about_one_article_and_its_answer_comes_in(serve: Serve, project: Project) -> None:
    def houses(request: Handler, asked: dict[str, Any]) -> None:
        quotes = [quote for quote in ("houses", "خشام") if asked["text"].count(quote) == 1]
        body = {"system": "served 3", "mentions": [{"kind": "actor", "quote": quote} for quote in quotes]}
        request.send(json.dumps(body).encode())

    url, server = serve(houses)
    taken = take_from(project, find_source(url, timeout=20))
    assert taken.exit == Exit.DONE
    assert {name: came.candidates for name, came in taken.systems.items()} == {"served 3": 1}
    assert [asked["article_id"] for asked in server.asked] == ["arabic", "english"]
    assert set(server.asked[0]) == {"article_id", "language", "text", "text_sha256"}
    assert (server.asked[0]["language"], len(server.asked[0]["text_sha256"])) == ("ar", 64)
    assert "خشام" in server.asked[0]["text"]


def test_its_name_is_its_address_where_it_says_none() -> None:
    assert Service("http://127.0.0.1:8000/find/", 1).system == "127.0.0.1:8000/find"
    assert Service("https://ner.example.org", 1).system == "ner.example.org"


@pytest.mark.parametrize("url", ["http://", "http:///find", "http://user:secret@localhost/", "http://localhost:port/"])
def test_what_is_no_address_is_refused_and_no_password_is_shown(url: str) -> None:
    with pytest.raises(Refusal, match="no URL of a service") as refusal:
        find_source(url, timeout=1)
    assert refusal.value.code == "usage"
    assert "secret" not in str(refusal.value)


def test_what_it_refuses_is_told_in_its_words_made_safe(serve: Serve, article: Article) -> None:
    url, _ = serve(lambda request, _: request.send(b"too \x1b[31mlong" + b"!" * 10_000, status=413))
    told = fault(url, article)
    assert (told.code, told.exit) == ("finder.answer", Exit.BAD_INPUT)
    assert "answers 413" in told.what
    assert "too \u241b[31mlong!!" in told.what
    assert len(told.what) < 250


def test_an_article_goes_to_the_address_that_was_given_and_no_other(serve: Serve, article: Article) -> None:
    other, elsewhere = serve(lambda request, _: request.send(b"[]"))
    for status in (301, 302, 307, 308):
        url, _ = serve(lambda request, _, status=status: request.send(b"", status=status, Location=other))  # type: ignore[misc]
        told = fault(url, article)
        assert f"answers {status}" in told.what
        assert other in told.do
    assert elsewhere.asked == []


@pytest.mark.parametrize("page", [b"<!DOCTYPE html>\n<title>\x1b[31mLog in", b"  <html><body>"])
def test_a_page_for_people_is_told_with_the_address_and_how_it_begins(
    serve: Serve, article: Article, page: bytes
) -> None:
    url, _ = serve(lambda request, _: request.send(page))
    told = fault(url, article)
    assert told.code == "finder.answer"
    assert url in told.do
    assert page.decode().strip()[:6] in told.what
    assert told.what.isprintable()


def test_one_that_does_not_run_is_told(article: Article) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        told = fault(f"http://127.0.0.1:{taken.getsockname()[1]}/", article)
    assert (told.code, told.exit) == ("finder.unreachable", Exit.ENVIRONMENT)
    assert "cannot be reached" in told.what


@pytest.mark.parametrize("begins", [False, True])
def test_one_that_is_slow_is_not_waited_for_for_ever(serve: Serve, article: Article, begins: bool) -> None:
    ended = threading.Event()

    def drip(request: Handler, _: dict[str, Any]) -> None:
        if begins:
            request.send(b"[", length=1_000_000)
            while not ended.wait(0.02):
                request.wfile.write(b" ")
        ended.wait(20)

    url, _ = serve(drip)
    try:
        told = fault(url, article, timeout=0.2)
    finally:
        ended.set()
    assert told.code == "finder.unreachable"
    assert "took longer than 0.2 seconds" in told.what


def test_one_that_sends_without_end_is_cut_off(serve: Serve, article: Article, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "MOST_BYTES", 1024 * 1024)

    def endless(request: Handler, _: dict[str, Any]) -> None:
        request.send(b"", length=10**12)
        while True:
            request.wfile.write(b" " * 100_000)

    url, _ = serve(endless)
    assert "sends more than 1 MB" in fault(url, article).what


@pytest.mark.parametrize("length", [None, 500])
def test_one_that_breaks_off_is_told(serve: Serve, article: Article, length: int | None) -> None:
    def cut(request: Handler, _: dict[str, Any]) -> None:
        if length:
            request.send(b"[]", length=length)
        request.close_connection = True

    url, _ = serve(cut)
    told = fault(url, article)
    assert (told.code, "broke off" in told.what) == ("finder.unreachable", True)


def test_ten_megabytes_are_read(serve: Serve, project: Project) -> None:
    listed = ", ".join(f'{{"kind": "actor", "start": {n % 7}, "end": {n % 7 + 1}}}' for n in range(10_000))
    url, _ = serve(lambda request, _: request.send(f"[{listed}{' ' * 10_000_000}]".encode()))
    taken = take_from(project, find_source(url, timeout=60))
    assert {problem.level for problem in taken.problems} == {"warning"}
    assert sum(came.candidates for came in taken.systems.values()) == 2 * 7
