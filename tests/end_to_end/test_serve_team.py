"""The team's page: each who logs in gets their own work, nobody else anything, and a session ends when it should."""

import asyncio
import itertools
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import aiohttp
import psutil
import pytest
from aiohttp import web

from annotator.cli import serve_verb
from annotator.cli.team_page import page
from annotator.cli.team_page.failed_logins import AN_ADDRESS
from annotator.cli.team_page.page import House, TeamPage
from annotator.cli.team_page.windows import EACH
from annotator.errors import Refusal
from annotator.store.people import find_pseudonym
from annotator.store.workspace import open_workspace
from annotator.workflow.first_time import remember_welcome
from annotator.workflow.labelling import labelling
from annotator.workflow.project import open_project
from annotator.workflow.tokens import Tokens, add_token, remove_token
from tests.end_to_end.test_serve import (
    BROWSER,
    PATIENCE,
    Browser,
    Window,
    browsing,
    confirm_one,
    free_port,
    until_gone,
)

PEOPLE = ("miriam", "Noor O'Brien")
MIRIAM, NOOR = PEOPLE
PUBLIC = "https://annotate.example.org/sub"
NO_COOKIES = aiohttp.DummyCookieJar


def tokens_for(workspace: Path, *stages: str) -> dict[str, str]:
    at = open_workspace(workspace)
    for name in PEOPLE:
        remember_welcome(at, name)
    return {name: add_token(at, name, stages or ("label", "adjudicate")) for name in PEOPLE}


def settled(workspace: Path, article: str, name: str) -> list[str]:
    """Give the dispositions that the log holds for a person, in reading order; nobody becomes an annotator by it."""
    project = open_project(workspace)
    found = []
    if find_pseudonym(project.engine, name, "label"):
        with labelling(project, article, name) as session:
            found = [item.disposition for item in session.in_order() if item.disposition]
    project.close()
    return found


class Team:
    """A running page with its clock, and what it said."""

    def __init__(self, workspace: Path, house: House) -> None:
        self.tokens = tokens_for(workspace)
        self.said: list[str] = []
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.later = 0.0
        read = Tokens(open_workspace(workspace))
        self.page = TeamPage(read, serve_verb.served_command, "127.0.0.1", self.port, house, self.said.append)
        for timed in (self.page._sessions, self.page._failed):
            timed._clock = lambda: time.monotonic() + self.later

    def programs(self) -> list[psutil.Process]:
        found = psutil.Process().children(recursive=True)
        return [one for one in found if "--as" in one.cmdline()]

    async def ended(self) -> None:
        """Wait until every program has saved and gone."""
        if programs := self.programs():
            await until_gone(programs)


@asynccontextmanager
async def team_at(workspace: Path, **more: object) -> AsyncIterator[Team]:
    rules = {"behind": None, "idle": 600.0, "longest": 6000.0, "windows": 10}
    team = Team(workspace, House(**rules | more))
    runner = web.AppRunner(await team.page.application(), access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", team.port).start()
        yield team
    finally:
        await runner.cleanup()


@pytest.fixture
async def team(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Team]:
    monkeypatch.chdir(workspace)
    async with team_at(workspace) as running:
        yield running


@asynccontextmanager
async def visitor(team: Team) -> AsyncIterator[aiohttp.ClientSession]:
    jar = aiohttp.CookieJar(unsafe=True)  # "unsafe": also for addresses that are numbers
    async with aiohttp.ClientSession(team.address, cookie_jar=jar, headers={"Origin": team.address}) as session:
        yield session


async def log_in(session: aiohttp.ClientSession, token: str) -> int:
    async with session.post("/login", data={"token": token}, allow_redirects=False) as answer:
        return answer.status


@asynccontextmanager
async def at_work(team: Team, name: str, query: str = "") -> AsyncIterator[Window]:
    async with visitor(team) as session:
        assert await log_in(session, team.tokens[name]) == 303
        async with session.ws_connect(f"/ws?width=100&height=30{query}") as connection:
            yield Window(connection)


# In a real browser


async def log_in_by_hand(browser: Browser, token: str) -> None:
    await browser.wait_until("document.activeElement?.id == 'token'")
    await browser.call("Input.insertText", text=token)
    await browser.press("Enter", 13)


real_browser = pytest.mark.skipif(BROWSER is None, reason="no Chromium or Chrome is installed here")


@real_browser
async def test_a_person_logs_in_labels_and_logs_out(workspace, team, tmp_path):
    async with browsing(tmp_path / "profile") as browser:
        await browser.open(team.address)
        await log_in_by_hand(browser, "wrong")
        await browser.wait_until("document.querySelector('[role=alert]')?.innerText.includes('no token of this team')")
        assert await browser.is_true("getComputedStyle(document.body).display == 'grid'"), "its style is blocked"
        await log_in_by_hand(browser, team.tokens[MIRIAM])
        await browser.wait("0 of 2 articles done", "ar-1", "en-1")
        await browser.wait_until("document.body.classList.contains('-first-byte')")
        assert await browser.is_true("document.cookie == ''"), "scripts can read the cookie"
        (cookie,) = (await browser.call("Network.getCookies"))["cookies"]
        assert (cookie["httpOnly"], cookie["sameSite"], cookie["session"]) == (True, "Strict", True)
        await browser.click(500, 400)
        await browser.press("Enter", 13)
        await browser.wait("saved ✓", "0 of", "ar-1", "untouched")
        await browser.press("a", 65)
        await browser.wait("saved ✓", "1 of", "ar-1")
        assert all(address.startswith(team.address) for address in browser.loaded)
        await browser.press("q", 81)
        await browser.wait("0 of 2 articles done")
        await browser.press("q", 81)
        await browser.wait_until("document.body.classList.contains('-closed')")
        await browser.call("Runtime.evaluate", expression="document.querySelector('form button').click()")
        await browser.wait_until("location.pathname == '/login'")
        await browser.open(team.address)
        await browser.wait_until("document.activeElement?.id == 'token'")
    await team.ended()
    assert settled(workspace, "ar-1", MIRIAM) == ["confirmed"]
    assert settled(workspace, "ar-1", NOOR) == []


@real_browser
async def test_a_browser_whose_session_has_ended_is_asked_to_log_in(team, tmp_path):
    async with browsing(tmp_path / "profile") as browser:
        await browser.open(team.address)
        await log_in_by_hand(browser, team.tokens[MIRIAM])
        await browser.wait("0 of 2 articles done")
        programs = team.programs()
        team.later = 601.0
        await browser.wait_until("document.body.classList.contains('-closed')")
        await until_gone(programs)
        await browser.call("Runtime.evaluate", expression="refresh()")
        await browser.wait_until("document.activeElement?.id == 'token'")


# Without a session


PATHS = (
    "/",
    "/ws",
    "/static/js/textual.js",
    "/static/",
    "/static",
    "/download/x",
    "/logout",
    "/nothing",
    "//",
    "/login/",
)


@pytest.mark.parametrize("cookie", ["", "annotator=", "annotator=x", "annotator=é", "__Secure-annotator=x"])
async def test_without_a_session_there_is_nothing(team, cookie):
    headers = {"Cookie": cookie, "Origin": team.address}
    async with aiohttp.ClientSession(cookie_jar=NO_COOKIES()) as session:
        for method, path in itertools.product(("GET", "POST", "HEAD", "PUT"), PATHS):
            where = team.address + path
            async with session.request(method, where, headers=headers, allow_redirects=False) as answer:
                assert answer.status in (303, 401)
                assert answer.headers.get("Location", "/login") == "/login"
                said = await answer.text() + str(answer.headers)
                assert not any(word in said for word in ("syria", "en-1", "miriam", "aiohttp", "Python"))
    assert team.programs() == []


async def test_the_login_says_nothing_of_the_workspace_and_loads_and_runs_nothing(team):
    async with visitor(team) as session, session.get("/login") as answer:
        said = await answer.text()
        assert answer.status == 200
        assert not any(word in said for word in ("syria", "en-1", MIRIAM, "<script", "http"))
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
        assert "unsafe" not in policy
        assert (answer.headers["Cache-Control"], answer.headers["X-Content-Type-Options"]) == ("no-store", "nosniff")


@pytest.mark.parametrize("origin", [None, "http://evil.example", "null", "https://127.0.0.1"])
async def test_another_page_logs_nobody_in_or_out(team, origin):
    headers = {"Origin": origin} if origin else {}
    async with visitor(team) as own, aiohttp.ClientSession(team.address, cookie_jar=own.cookie_jar) as foreign:
        async with foreign.post("/login", data={"token": team.tokens[MIRIAM]}, headers=headers) as answer:
            assert answer.status == 403
        assert len(own.cookie_jar) == 0
        await log_in(own, team.tokens[MIRIAM])
        async with foreign.post("/logout", headers=headers) as answer:
            assert answer.status == 403
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await foreign.ws_connect("/ws", headers=headers)
        async with own.get("/") as answer:
            assert 'id="terminal"' in await answer.text()


async def test_a_foreign_name_that_was_pointed_here_is_refused(team):
    headers = {"Host": f"evil.example:{team.port}"}
    async with aiohttp.ClientSession() as session, session.get(team.address + "/login", headers=headers) as answer:
        assert answer.status == 403
        assert "token" not in await answer.text()


# Tokens


async def test_too_many_wrong_tokens_are_not_listened_to_for_a_while(team):
    async with visitor(team) as session:
        for number in range(AN_ADDRESS):
            assert await log_in(session, f"wrong {number}") == 403
        async with session.post("/login", data={"token": team.tokens[MIRIAM]}, allow_redirects=False) as answer:
            assert answer.status == 429
            assert 0 < int(answer.headers["Retry-After"]) <= 60
            assert "Too many wrong tokens" in await answer.text()
        team.later = 60.0
        assert await log_in(session, team.tokens[MIRIAM]) == 303


async def test_a_proxy_that_is_none_of_ours_is_not_believed(team):
    """Else whoever guesses could come from a new address each time."""
    async with visitor(team) as session:
        for number in range(AN_ADDRESS):
            headers = {"X-Forwarded-For": f"192.0.2.{number}"}
            async with session.post("/login", data={"token": "wrong"}, headers=headers) as answer:
                assert answer.status == 403
        assert await log_in(session, team.tokens[MIRIAM]) == 429


@pytest.mark.parametrize("form", [b"token=" + b"x" * 5000, b"", b"\xff\xfe=%ff", b"&" * 4000, b"token=%00&token="])
async def test_no_form_does_more_than_fail(team, form):
    kind = {"Content-Type": "application/x-www-form-urlencoded; charset=nothing"}
    async with visitor(team) as session, session.post("/login", data=form, headers=kind) as answer:
        assert answer.status in (403, 413)
        assert len(session.cookie_jar) == 0


async def test_what_is_said_of_comings_and_goings_holds_no_token(team):
    async with visitor(team) as session:
        await log_in(session, "my other token")
        await log_in(session, team.tokens[MIRIAM])
        (shown,) = session.cookie_jar
        async with session.post("/logout", allow_redirects=False) as answer:
            assert (answer.status, answer.headers["Location"]) == (303, "/login")
        assert len(session.cookie_jar) == 0
    told = "\n".join(team.said)
    assert "a wrong token from 127.0.0.1" in told
    assert "miriam logged in from 127.0.0.1" in told
    assert "miriam logged out" in told
    assert not any(secret in told for secret in ("my other token", team.tokens[MIRIAM], shown.value))


# Each their own


async def test_each_sees_their_own_work_alone_whatever_they_ask_for(workspace, team):
    async with at_work(team, MIRIAM) as first:
        await confirm_one(first)
        async with at_work(team, NOOR, "&name=miriam&as=miriam&user=miriam") as second:
            await second.wait("new", "0 of 2 articles done")
            assert sorted(one.cmdline()[-1] for one in team.programs() if "python" in one.cmdline()[0]) == sorted(
                PEOPLE
            )
            await second.press("\r")
            await second.wait("saved ✓", "0 of", "ar-1", "untouched")
            await second.press("x")
            await second.wait("saved ✓", "1 of", "ar-1")
    await team.ended()
    assert settled(workspace, "ar-1", MIRIAM) == ["confirmed"]
    assert settled(workspace, "ar-1", NOOR) == ["rejected"]


async def test_who_may_only_label_does_not_adjudicate_in_the_browser(workspace, team):
    team.tokens = tokens_for(workspace, "label")
    async with at_work(team, MIRIAM) as shown:
        await shown.wait("0 of 2 articles done")
        await shown.press("j")
        await shown.wait("and not adjudicate")


async def test_nobody_opens_more_windows_than_there_is_room_for(team):
    async with visitor(team) as session:
        await log_in(session, team.tokens[MIRIAM])
        opened = [await session.ws_connect("/ws") for _ in range(EACH)]
        async with session.get("/") as answer:
            assert answer.status == 503
            assert "windows open already" in await answer.text()
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await session.ws_connect("/ws")
        assert refused.value.status == 503
        async with at_work(team, NOOR) as other:
            await other.wait("articles done")
        await asyncio.gather(*(window.close() for window in opened))


# The end of a session


async def gone(team: Team, session: aiohttp.ClientSession) -> bool:
    async with session.get("/", allow_redirects=False) as answer:
        return answer.status == 303


@pytest.mark.parametrize("end", ["removed", "replaced", "unreadable", "rested", "logged out"])
async def test_a_window_closes_when_its_session_ends_and_what_was_saved_is_kept(workspace, team, end):
    at = open_workspace(workspace)
    async with visitor(team) as session, at_work(team, NOOR) as other:
        await log_in(session, team.tokens[MIRIAM])
        async with session.ws_connect("/ws?width=100&height=30") as connection:
            shown = Window(connection)
            await confirm_one(shown)
            programs = [one for one in team.programs() if one.cmdline()[-1] == MIRIAM]
            if end == "removed":
                remove_token(at, MIRIAM)
            elif end == "replaced":
                add_token(at, MIRIAM, ["label"])
            elif end == "unreadable":
                (at.work / "tokens.json").write_text("{")
            elif end == "rested":
                team.later = 601.0
            else:
                await session.post("/logout", allow_redirects=False)
            await shown.until_closed()
            await until_gone(programs)
        assert await gone(team, session)
        if end in ("removed", "replaced"):
            assert await log_in(session, team.tokens[MIRIAM]) == 403
            await other.press("\r")
            await other.wait("saved ✓", "ar-1", "untouched")
    assert settled(workspace, "ar-1", MIRIAM) == ["confirmed"]


async def test_no_key_gets_through_once_a_session_has_ended_also_between_two_looks(workspace, team, monkeypatch):
    monkeypatch.setattr(page, "_LOOKS", 3600.0)
    await asyncio.sleep(1.1)  # the look that was begun
    async with at_work(team, MIRIAM) as shown:
        await confirm_one(shown)
        team.later = 601.0
        await shown.press("a")
        await shown.until_closed()
        await team.ended()
    assert settled(workspace, "ar-1", MIRIAM) == ["confirmed"]


async def test_nobody_listening_to_what_it_says_keeps_nobody_out(team):
    def gone(_what: str) -> None:
        raise BrokenPipeError

    team.page._say = gone
    async with at_work(team, MIRIAM) as shown:
        await shown.wait("articles done")
        team.later = 601.0
        await shown.until_closed()


# Behind a reverse proxy


@asynccontextmanager
async def through_proxy(team: Team, **more: str) -> AsyncIterator[aiohttp.ClientSession]:
    headers = {"Host": "annotate.example.org", "Origin": "https://annotate.example.org", **more}
    async with aiohttp.ClientSession(team.address, headers=headers, cookie_jar=NO_COOKIES()) as session:
        yield session


async def test_behind_a_proxy_all_is_said_of_its_address(workspace, monkeypatch):
    monkeypatch.chdir(workspace)
    async with team_at(workspace, behind=PUBLIC) as team, through_proxy(team) as session:
        async with session.get("/", allow_redirects=False) as answer:
            assert answer.headers["Location"] == "/sub/login"
        async with session.get("/login") as answer:
            assert 'action="/sub/login"' in await answer.text()
        async with session.post("/login", data={"token": team.tokens[MIRIAM]}, allow_redirects=False) as answer:
            assert answer.headers["Location"] == "/sub/"
            (cookie,) = answer.cookies.values()
            assert cookie.key == "__Secure-annotator"
            assert (cookie["path"], cookie["secure"], cookie["httponly"]) == ("/sub", True, True)
        shown = {"Cookie": f"{cookie.key}={cookie.value}"}
        async with session.get("/", headers=shown) as answer:
            said = await answer.text()
            assert 'data-session-websocket-url="wss://annotate.example.org/sub/ws"' in said
            assert 'src="https://annotate.example.org/sub/static/js/textual.js"' in said
            assert 'action="/sub/logout"' in said
            assert "connect-src 'self' wss://annotate.example.org;" in answer.headers["Content-Security-Policy"]
        async with session.ws_connect("/ws?width=100&height=30", headers=shown) as connection:
            await Window(connection).wait("0 of 2 articles done")


@pytest.mark.parametrize(
    "odd", [{"Host": "127.0.0.1"}, {"Host": "localhost"}, {"Origin": "http://annotate.example.org"}, {"Origin": "null"}]
)
async def test_behind_a_proxy_no_other_way_leads_in(workspace, monkeypatch, odd):
    monkeypatch.chdir(workspace)
    async with (
        team_at(workspace, behind=PUBLIC) as team,
        through_proxy(team, **odd) as session,
        session.post("/login", data={"token": team.tokens[MIRIAM]}, allow_redirects=False) as answer,
    ):
        assert answer.status == 403


async def test_behind_a_proxy_each_address_that_it_names_fails_for_itself(workspace, monkeypatch):
    monkeypatch.chdir(workspace)
    async with team_at(workspace, behind=PUBLIC) as team, through_proxy(team) as session:

        async def status(forwarded: str) -> int:
            headers = {"X-Forwarded-For": forwarded}
            async with session.post("/login", data={"token": "x"}, headers=headers, allow_redirects=False) as answer:
                return answer.status

        # What stands before the last one was said by whoever asked, and may be anything.
        assert [await status(f"10.0.0.{number}, 192.0.2.1") for number in range(AN_ADDRESS)] == [403] * AN_ADDRESS
        assert await status("192.0.2.1") == 429
        assert await status("192.0.2.2") == 403


# The verb


def served_with(*arguments: str) -> None:
    serve_verb.command.main(list(arguments), standalone_mode=False)


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--team"], "Nobody has a token"),
        (["--team", "--as", "miriam"], "does not go with --team"),
        (["--as", "miriam", "--idle", "5"], "are for a team"),
        (["--as", "miriam", "--behind", PUBLIC], "are for a team"),
        (["--team", "--host", "192.0.2.1"], "unencrypted"),
    ],
)
def test_what_does_not_go_together_is_refused(workspace, monkeypatch, arguments, why):
    monkeypatch.chdir(workspace)
    with pytest.raises(Refusal, match=why):
        served_with(*arguments)


@contextmanager
def command_line(workspace: Path, *arguments: str) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    port = free_port()
    command = [sys.executable, "-m", "annotator", "serve", "--team", "--port", str(port), *arguments]
    with subprocess.Popen(command, cwd=workspace, env=dict(os.environ), text=True, stderr=subprocess.PIPE) as process:
        try:
            yield process, f"http://127.0.0.1:{port}"
        finally:
            process.send_signal(signal.SIGINT)


async def test_one_command_serves_a_team_and_its_programs_end_with_it(workspace):
    tokens = tokens_for(workspace)
    with command_line(workspace, "--idle", "5", "--longest", "1", "--windows", "3") as (process, address):
        assert address in process.stderr.readline()
        jar = aiohttp.CookieJar(unsafe=True)
        async with aiohttp.ClientSession(address, cookie_jar=jar, headers={"Origin": address}) as session:
            assert await log_in(session, tokens[NOOR]) == 303
            async with session.ws_connect("/ws?width=100&height=30") as connection:
                await confirm_one(Window(connection))
                programs = psutil.Process(process.pid).children(recursive=True)
                process.send_signal(signal.SIGTERM)
                await until_gone(programs)
        assert await asyncio.to_thread(process.wait, PATIENCE) == 0
        told = process.stderr.read()
    assert f"{NOOR} logged in from 127.0.0.1" in told
    assert not any(token in told for token in tokens.values())
    assert settled(workspace, "ar-1", NOOR) == ["confirmed"]
