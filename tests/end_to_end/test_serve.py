"""The screens in a browser: a real one labels a span, nobody else gets in, and nothing outlives the server."""

import asyncio
import base64
import codecs
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import aiohttp
import psutil
import pyte
import pytest

from annotator.cli import serve_verb
from annotator.errors import Refusal
from annotator.store.workspace import open_workspace
from annotator.workflow.first_time import remember_welcome
from annotator.workflow.labelling import labelling
from annotator.workflow.project import open_project

PATIENCE = 30
"""Seconds until what is waited for must be there; reached only when something is wrong."""

WHO = "Miriam O'Brien"
"""A name that a shell would trip over."""

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)


MORE_OPTIONS: list[str] = []
"""What else the browser is started with."""


class Served:
    """A running `annotator serve`."""

    def __init__(self, process: subprocess.Popen[str], port: int) -> None:
        self.process = process
        self.address = f"http://127.0.0.1:{port}"
        self.said = ""
        while "login" not in self.said:
            line = process.stderr.readline()
            assert line, self.said
            self.said += line

    def programs(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


@contextmanager
def serving(workspace: Path) -> Iterator[Served]:
    remember_welcome(open_workspace(workspace), WHO)
    port = free_port()
    command = [sys.executable, "-m", "annotator", "serve", "--as", WHO, "--port", str(port)]
    env = {**os.environ, "TERM": "dumb"}  # as where a service is started: no matter for the page
    with subprocess.Popen(command, cwd=workspace, env=env, text=True, stderr=subprocess.PIPE) as process:
        try:
            yield Served(process, port)
        finally:
            process.send_signal(signal.SIGINT)


@pytest.fixture
def served(workspace: Path) -> Iterator[Served]:
    with serving(workspace) as running:
        yield running


def settled(workspace: Path, article: str) -> list[str | None]:
    """Give the dispositions that the log holds for the one who was named, in reading order."""
    project = open_project(workspace)
    with labelling(project, article, WHO) as session:
        found = [item.disposition for item in session.in_order() if item.disposition]
    project.close()
    return found


async def until_gone(programs: list[psutil.Process]) -> None:
    assert programs
    _, alive = await asyncio.to_thread(psutil.wait_procs, programs, PATIENCE)
    assert not alive


class Screen:
    """What a terminal shows of the bytes that it is sent. The guard is taken out: pyte drops what follows it."""

    def __init__(self, columns: int = 100, rows: int = 30) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self._screen)

    def feed(self, raw: bytes) -> None:
        self._stream.feed(self._decoder.decode(raw).replace("\u200e", ""))

    def shows(self, *wanted: str) -> bool:
        return all(text in self.text for text in wanted)

    @property
    def text(self) -> str:
        return "\n".join(self._screen.display)


# A real browser


class Browser:
    """A headless browser with one page, driven through its DevTools protocol."""

    def __init__(self, devtools: aiohttp.ClientWebSocketResponse) -> None:
        self._devtools = devtools
        self._last = 0
        self.screen = Screen()
        self.loaded: list[str] = []

    async def call(self, method: str, **parameters: object) -> dict[str, Any]:
        self._last += 1
        await self._devtools.send_json({"id": self._last, "method": method, "params": parameters})
        while (message := await self._next()).get("id") != self._last:
            pass
        assert "error" not in message, message
        return message["result"]

    async def _next(self) -> dict[str, Any]:
        message = await self._devtools.receive_json(timeout=PATIENCE)
        told = message.get("params", {})
        if message.get("method") == "Network.webSocketCreated":
            size = re.search(r"width=(\d+)&height=(\d+)", told["url"])
            self.screen = Screen(int(size[1]), int(size[2]))
        elif message.get("method") == "Network.webSocketFrameReceived" and told["response"]["opcode"] == 2:
            self.screen.feed(base64.b64decode(told["response"]["payloadData"]))
        elif message.get("method") == "Network.responseReceived":
            self.loaded.append(told["response"]["url"])
        return message

    async def open(self, address: str) -> None:
        await self.call("Network.enable")
        await self.call("Page.navigate", url=address)

    async def wait(self, *wanted: str) -> None:
        try:
            while not self.screen.shows(*wanted):
                await self._next()
        except TimeoutError:
            pytest.fail(self.screen.text)

    async def is_true(self, script: str) -> bool:
        # A page that is not there yet has no answer.
        return (await self.call("Runtime.evaluate", expression=script))["result"].get("value") is True

    async def wait_until(self, script: str) -> None:
        give_up = time.monotonic() + PATIENCE
        while not await self.is_true(script):
            assert time.monotonic() < give_up, script
            await asyncio.sleep(0.05)

    async def click(self, x: int, y: int) -> None:
        for kind in ("mousePressed", "mouseReleased"):
            await self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    async def press(self, key: str, code: int) -> None:
        text = {"Enter": "\r"}.get(key, key if len(key) == 1 else "")
        for kind in ("keyDown", "keyUp"):
            await self.call("Input.dispatchKeyEvent", type=kind, key=key, text=text, windowsVirtualKeyCode=code)
            text = ""

    async def picture(self) -> bytes:
        return base64.b64decode((await self.call("Page.captureScreenshot"))["data"])


@asynccontextmanager
async def browsing(profile: Path) -> AsyncIterator[Browser]:
    options = ["--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=1100,700", *MORE_OPTIONS]
    if os.geteuid() == 0:
        options.append("--no-sandbox")
    command = [BROWSER or "", *options, "--remote-debugging-port=0", f"--user-data-dir={profile}", "about:blank"]
    silent = subprocess.DEVNULL
    with subprocess.Popen(command, stdin=silent, stdout=silent, stderr=silent) as process:
        try:
            port = await devtools_port(profile / "DevToolsActivePort")
            async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session:
                async with session.get("/json") as answer:
                    page = next(target for target in await answer.json() if target["type"] == "page")
                async with session.ws_connect(page["webSocketDebuggerUrl"], max_msg_size=0) as devtools:
                    yield Browser(devtools)
        finally:
            process.terminate()


async def devtools_port(file: Path) -> int:
    give_up = time.monotonic() + PATIENCE
    while not (file.exists() and "\n" in file.read_text()):
        assert time.monotonic() < give_up, "the browser does not start"
        await asyncio.sleep(0.05)
    return int(file.read_text().split()[0])


@pytest.mark.skipif(BROWSER is None, reason="no Chromium or Chrome is installed here")
@pytest.mark.parametrize(("article", "downwards"), [("ar-1", 0), ("en-1", 1)])
async def test_a_browser_labels_a_span_and_the_store_holds_it(workspace, served, tmp_path, article, downwards):
    async with browsing(tmp_path / "profile") as browser:
        await browser.open(served.address)
        await browser.wait("0 of 2 articles done", "ar-1", "en-1")
        await browser.wait_until("document.body.classList.contains('-first-byte')")
        await browser.click(500, 400)
        for _ in range(downwards):
            await browser.press("ArrowDown", 40)
        await browser.press("Enter", 13)
        await browser.wait("saved ✓", "0 of", article, "untouched")
        before = await browser.picture()
        await browser.press("a", 65)
        await browser.wait("saved ✓", "1 of", article)
        assert await browser.picture() != before
        assert all(address.startswith(served.address) for address in browser.loaded)
        letters = "[...document.fonts].some(font => font.status == 'loaded')"
        assert await browser.is_true(letters), "the page's own letters are not there"
        assert await browser.is_true("document.documentElement.scrollHeight <= innerHeight"), "it does not fit"

        await browser.press("q", 81)
        await browser.wait("0 of 2 articles done")
        await browser.press("q", 81)
        await browser.wait_until("document.body.classList.contains('-closed')")
    assert settled(workspace, article) == ["confirmed"]


# Windows without a browser


class Window:
    """What the page does in a browser, without one: sends keys, shows frames."""

    def __init__(self, connection: aiohttp.ClientWebSocketResponse) -> None:
        self._connection = connection
        self.screen = Screen()

    async def press(self, keys: str) -> None:
        await self._connection.send_json(["stdin", keys])

    async def wait(self, *wanted: str) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                while not self.screen.shows(*wanted):
                    message = await self._connection.receive()
                    assert message.type == aiohttp.WSMsgType.BINARY, self.screen.text
                    self.screen.feed(message.data)
        except TimeoutError:
            pytest.fail(self.screen.text)

    async def until_closed(self) -> None:
        async with asyncio.timeout(PATIENCE):  # frames may keep coming
            while (await self._connection.receive()).type == aiohttp.WSMsgType.BINARY:
                pass
        assert self._connection.closed


@asynccontextmanager
async def window(served: Served) -> AsyncIterator[Window]:
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(f"{served.address}/ws?width=100&height=30", origin=served.address) as connection,
    ):
        yield Window(connection)


async def confirm_one(shown: Window) -> None:
    await shown.wait("0 of 2 articles done")
    await shown.press("\r")
    await shown.wait("saved ✓", "0 of", "ar-1", "untouched")
    await shown.press("a")
    await shown.wait("saved ✓", "1 of", "ar-1")


HOSTILE = ["[" * 100_000, "{}", '["stdin", 5]']


async def test_what_no_window_sends_closes_that_window_alone_and_is_said_in_a_sentence(workspace, served):
    async with window(served) as other, aiohttp.ClientSession() as session:
        await other.wait("articles done")
        for sent in HOSTILE:
            async with session.ws_connect(f"{served.address}/ws", origin=served.address) as connection:
                await connection.send_str(sent)
                await Window(connection).until_closed()
                assert connection.close_code == aiohttp.WSCloseCode.POLICY_VIOLATION, sent
        await confirm_one(other)
    served.process.terminate()
    _, said = await asyncio.to_thread(served.process.communicate, timeout=PATIENCE)
    assert "Traceback" not in said
    assert said.count("it sent what no window of this page sends.") == len(HOSTILE)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
async def test_every_program_ends_with_the_server_and_what_was_saved_is_kept(workspace, served, number):
    async with window(served) as first, window(served) as second:
        await confirm_one(first)
        await second.wait("articles done")
        programs = served.programs()
        assert len(programs) == 2
        served.process.send_signal(number)
        await until_gone(programs)
        status = await asyncio.to_thread(served.process.wait, PATIENCE)
    assert status == (0 if number in (signal.SIGINT, signal.SIGTERM) else -number)
    assert settled(workspace, "ar-1") == ["confirmed"]


async def test_a_program_ends_with_its_window(workspace, served):
    async with window(served) as shown:
        await confirm_one(shown)
        programs = served.programs()
    await until_gone(programs)
    assert settled(workspace, "ar-1") == ["confirmed"]


async def test_a_window_is_told_when_its_program_dies(served):
    async with window(served) as shown:
        await shown.wait("articles done")
        (program,) = served.programs()
        program.kill()
        await shown.until_closed()


# Who may open it


async def test_it_says_what_it_shows_to_whom(served):
    assert f"{served.address} " in served.said
    assert WHO in served.said
    assert "every user of this machine" in served.said
    assert "WARNING" not in served.said


@pytest.mark.parametrize("origin", [None, "http://evil.example", "https://127.0.0.1", "null"])
async def test_the_page_of_another_site_gets_no_window(served, origin):
    headers = {"Origin": origin} if origin else {}
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await session.ws_connect(f"{served.address}/ws", headers=headers)
    assert refused.value.status == 403
    assert served.programs() == []


@pytest.mark.parametrize("path", ["/", "/ws", "/static/js/textual.js"])
async def test_a_foreign_name_that_was_pointed_here_is_refused(served, path):
    port = served.address.rpartition(":")[2]
    headers = {"Host": f"evil.example:{port}", "Origin": f"http://evil.example:{port}"}
    async with aiohttp.ClientSession() as session, session.get(served.address + path, headers=headers) as answer:
        assert answer.status == 403


@pytest.mark.parametrize("host", ["localhost:9000", "127.0.0.1:9000", "LOCALHOST:9000", "[::1]:9000"])
async def test_the_page_can_be_led_through_a_tunnel(served, host):
    async with (
        aiohttp.ClientSession() as session,
        session.get(served.address, headers={"Host": host}) as answer,
    ):
        assert answer.status == 200
        assert f'data-session-websocket-url="ws://{host.lower()}/ws"' in await answer.text()
        policy = answer.headers["Content-Security-Policy"]
        assert f"connect-src 'self' ws://{host.lower()};" in policy
        assert "frame-ancestors 'none'" in policy


def served_with(*arguments: str) -> None:
    serve_verb.command.main(list(arguments), standalone_mode=False)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "", "0"])
def test_every_address_at_once_is_refused(workspace, monkeypatch, host):
    monkeypatch.chdir(workspace)
    with pytest.raises(Refusal, match="stands for every address"):
        served_with("--as", WHO, "--host", host)


def test_a_host_that_is_not_known_is_refused(workspace, monkeypatch):
    monkeypatch.chdir(workspace)
    with pytest.raises(Refusal, match="is not known"):
        served_with("--as", WHO, "--host", "no such host")


def test_a_port_that_is_taken_is_refused(workspace, monkeypatch):
    monkeypatch.chdir(workspace)
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(Refusal, match="cannot be opened") as refused:
        served_with("--as", WHO, "--port", str(taken.getsockname()[1]))
    assert refused.value.code == "serve.address"


def test_it_is_not_served_to_nobody(workspace, monkeypatch):
    monkeypatch.chdir(workspace)
    with pytest.raises(Refusal, match="Add `--as NAME`"):
        served_with()


@pytest.mark.parametrize(("private", "word"), [(True, "Other machines cannot"), (False, "WARNING: there is no login")])
def test_an_address_that_others_reach_is_warned_of(workspace, monkeypatch, capsys, private, word):
    from annotator.cli import browser

    monkeypatch.chdir(workspace)
    monkeypatch.setattr(serve_verb, "is_private", lambda host, port: private)
    monkeypatch.setattr(browser, "serve_page", lambda *arguments: arguments[-1]("http://192.0.2.1:8000"))
    served_with("--as", WHO, "--host", "192.0.2.1")
    out, err = capsys.readouterr()
    assert out == ""
    assert word in err


@pytest.mark.parametrize(
    ("host", "private"), [("127.0.0.1", True), ("::1", True), ("127.8.8.8", True), ("192.0.2.1", False)]
)
def test_only_the_loopback_is_private(host, private):
    assert serve_verb.is_private(host, 8000) is private


def test_without_the_extra_it_says_how_to_install_it(workspace, monkeypatch):
    monkeypatch.chdir(workspace)
    monkeypatch.delitem(sys.modules, "annotator.cli.browser", raising=False)
    monkeypatch.setitem(sys.modules, "textual_serve.server", None)
    monkeypatch.setitem(sys.modules, "textual_serve", None)
    with pytest.raises(Refusal, match=r"pip install 'annotator\[serve\]'") as refused:
        served_with("--as", WHO)
    assert refused.value.exit == 3


def test_a_shell_reads_the_name_back_as_it_was_given():
    name = "a 'b' $(c) \\"
    words = serve_verb.served_command(name).removeprefix("exec ")
    read = subprocess.run(["sh", "-c", f"printf '%s\\n' {words}"], capture_output=True, text=True, check=True)
    assert read.stdout.splitlines() == [sys.executable, "-P", "-m", "annotator", "label", "--as", name]
