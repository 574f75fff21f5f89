"""The team's page: nothing but its login without a session, and with one the windows of its own person alone.

Who runs a window's program is said by the session, never by what a browser sends. Knows tokens by what tells that one
is right. Needs the extra `serve`.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
from urllib.parse import parse_qs

from aiohttp import WSCloseCode, web
from textual_serve.download_manager import DownloadManager
from yarl import URL

from annotator.cli.browser import HEARTBEAT, Handler, Page, Program, own_names, run_page
from annotator.cli.served import STAGES_VARIABLE
from annotator.cli.team_page.failed_logins import FailedLogins
from annotator.cli.team_page.login_page import POLICY, login_page, sentence_page
from annotator.cli.team_page.sessions import Session, Sessions
from annotator.cli.team_page.windows import Windows
from annotator.errors import Refusal
from annotator.store.tokens import Token
from annotator.workflow.tokens import Tokens, holder

_LOOKS = 1.0
"""Seconds between two looks for windows whose sessions have ended."""

_FAREWELL = 2.0
"""Seconds that such a window has to say goodbye."""

_LARGEST_FORM = 4096
"""Bytes."""

_RESTART = '<button type="button" onClick="refresh()">Restart</button>'
_LOGOUT = '<form method="post" action="{action}"><button>Log out</button></form>'
_SESSION = web.RequestKey("session", Session)


@dataclass(frozen=True)
class House:
    """The rules of a team's page."""

    behind: str | None
    """The address that people open, when a reverse proxy stands before the page."""
    idle: float
    """Seconds without a key or request after which a session ends."""
    longest: float
    """Seconds after which one ends in any case."""
    windows: int
    """How many windows may be open in all."""


def serve_team(
    tokens: Tokens,
    command_of: Callable[[str], str],
    host: str,
    port: int,
    house: House,
    ready: Callable[[str], None],
    say: Callable[[str], None],
) -> None:
    """Show each who logs in the program that `command_of` gives for their name, until Ctrl-C or SIGTERM.

    `say` hears who came and went, and never a token. Raises `Refusal` when the port cannot be had.
    """
    run_page(TeamPage(tokens, command_of, host, port, house, say), host, port, ready)


class _TheirProgram(Program):
    """A program whose keys keep a session awake, and reach it as long as that lives."""

    def __init__(
        self,
        command: str,
        window: web.WebSocketResponse,
        downloads: DownloadManager,
        environment: Mapping[str, str],
        use: Callable[[], bool],
    ) -> None:
        super().__init__(command, window, downloads, environment)
        self._use = use

    async def send_bytes(self, data: bytes) -> bool:
        """Hand on what was typed, or close the window of a session that has ended."""
        if self._use():
            return await super().send_bytes(data)
        await self._close_window()
        return False


class TeamPage(Page):
    """The page behind a login."""

    form_action = "'self'"
    referrer_policy = "same-origin"  # with none, a browser would not say which page sent the login

    def __init__(
        self,
        tokens: Tokens,
        command_of: Callable[[str], str],
        host: str,
        port: int,
        house: House,
        say: Callable[[str], None],
    ) -> None:
        super().__init__("", host, port, title="annotator")
        self._tokens, self._command_of, self._house, self._say = tokens, command_of, house, say
        self._behind = URL(house.behind) if house.behind else None
        self._path = self._behind.path.rstrip("/") if self._behind else ""
        """What stands before our own paths in the address that people open; the proxy takes it off."""
        self.names = frozenset({(self._behind.host or "").lower()}) if self._behind else own_names(host)
        self._sessions = Sessions(self._tokens_now, house.idle, house.longest)
        self._failed = FailedLogins()
        self._theirs: Windows[web.WebSocketResponse] = Windows(house.windows)
        self._unreadable = ""

    async def application(self) -> web.Application:
        """Give the application that answers requests."""
        application = await super().application()
        application.middlewares.append(self._with_a_session_only)
        application.on_response_prepare.append(self._keep_to_itself)
        application.add_routes(
            [
                web.get("/login", self._ask),
                web.post("/login", self._log_in),
                web.post("/logout", self._log_out),
            ]
        )
        application.cleanup_ctx.append(self._watching)
        return application

    def address(self, request: web.Request) -> URL:
        """Give the address by which people open the page: that of the proxy, if there is one."""
        return self._behind or super().address(request)

    # Who may

    @web.middleware
    async def _with_a_session_only(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Let nobody get anything but the login without a session, not even to know what there is."""
        if request.path == "/login":
            return await handler(request)
        session = self._sessions.of(request.cookies.get(self._cookie(request), ""))
        if session is None:
            if request.path == "/":
                raise web.HTTPSeeOther(f"{self._path}/login")
            raise web.HTTPUnauthorized(text="Log in first.")
        request[_SESSION] = session
        return await handler(request)

    async def _keep_to_itself(self, request: web.Request, response: web.StreamResponse) -> None:
        """Have no answer kept, guessed at or used by other sites, and do not say what we run on."""
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers["Server"] = "annotator"
        if _SESSION not in request:
            response.headers["Content-Security-Policy"] = POLICY

    def _cookie(self, request: web.Request) -> str:
        """Give the cookie's name; the browser itself holds one that begins so to https."""
        return "__Secure-annotator" if self.address(request).scheme == "https" else "annotator"

    def _from(self, request: web.Request) -> str:
        """Give the address that a request comes from: as the proxy says, where one stands before us and says it."""
        said = request.headers.getall("X-Forwarded-For", [""])[-1].rpartition(",")[2].strip()
        if self._behind:
            with suppress(ValueError):
                return str(ip_address(said))
        return request.remote or ""

    def _tokens_now(self) -> Sequence[Token]:
        """Give the tokens; none while they cannot be read, which is said once."""
        try:
            found = self._tokens.now()
        except Refusal as refusal:
            if self._unreadable != str(refusal):
                self._unreadable = str(refusal)
                self._log(f"nobody can log in, and all are logged out: {refusal}")
            return ()
        self._unreadable = ""
        return found

    # Coming and going

    async def _ask(self, _request: web.Request) -> web.Response:
        return self._login_page(200)

    async def _log_in(self, request: web.Request) -> web.Response:
        self.refuse_foreign_page(request)
        address = self._from(request)
        if wait := self._failed.wait(address):
            return self._login_page(
                429, f"Too many wrong tokens. Try again in {wait} seconds.", {"Retry-After": str(wait)}
            )
        if request.content_length is None or request.content_length > _LARGEST_FORM:
            raise web.HTTPRequestEntityTooLarge(_LARGEST_FORM, request.content_length or 0)
        form = parse_qs((await request.read()).decode("ascii", "replace"))
        token = holder(self._tokens_now(), form.get("token", [""])[0].strip())
        if token is None:
            self._failed.count(address)
            self._log(f"a wrong token from {address}")
            return self._login_page(403, "That is no token of this team, or it was taken back.")
        return self._logged_in(request, token, address)

    def _logged_in(self, request: web.Request, token: Token, address: str) -> web.Response:
        cookie = self._cookie(request)
        self._sessions.end(request.cookies.get(cookie, ""))
        answer = web.Response(status=303, headers={"Location": f"{self._path}/"})
        answer.set_cookie(
            cookie,
            self._sessions.begin(token),
            path=self._path or "/",
            httponly=True,
            samesite="Strict",
            secure=self.address(request).scheme == "https",
        )
        self._log(f"{token.name} logged in from {address}")
        return answer

    async def _log_out(self, request: web.Request) -> web.Response:
        self.refuse_foreign_page(request)
        cookie = self._cookie(request)
        self._sessions.end(request.cookies.get(cookie, ""))
        self._log(f"{request[_SESSION].token.name} logged out")
        answer = web.Response(status=303, headers={"Location": f"{self._path}/login"})
        answer.del_cookie(cookie, path=self._path or "/")
        return answer

    def _login_page(self, status: int, alert: str = "", headers: Mapping[str, str] | None = None) -> web.Response:
        return web.Response(
            status=status, text=login_page(f"{self._path}/login", alert), content_type="text/html", headers=headers
        )

    def _log(self, what: str) -> None:
        with suppress(OSError):  # whoever read it has gone, and nobody is to be let in or kept out by that
            self._say(f"{datetime.now().isoformat(' ', 'seconds')}  {what}")

    # Windows

    async def handle_index(self, request: web.Request) -> web.StreamResponse:
        """Give the page of the person's own windows, or say that they have enough."""
        if why := self._theirs.why_not(request[_SESSION].token.name):
            return web.Response(status=503, text=sentence_page(why), content_type="text/html")
        page = await super().handle_index(request)
        assert isinstance(page, web.Response)
        page.text = (page.text or "").replace(_RESTART, _RESTART + _LOGOUT.format(action=f"{self._path}/logout"))
        return page

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Run the program of whoever is logged in, for a window of our own page."""
        self.refuse_foreign_page(request)
        session = request[_SESSION]
        token = session.token
        if why := self._theirs.why_not(token.name):
            raise web.HTTPServiceUnavailable(text=why)
        window = web.WebSocketResponse(heartbeat=HEARTBEAT, timeout=_FAREWELL)
        program = _TheirProgram(
            self._command_of(token.name),
            window,
            self.download_manager,
            {STAGES_VARIABLE: ",".join(token.stages)},
            lambda: self._sessions.use(session),
        )
        self._theirs.add(window, session)
        self._log(f"{token.name} opened a window, the {len(self._theirs)}. in all")
        try:
            return await self.show(request, window, program)
        finally:
            self._theirs.remove(window)
            self._log(f"{token.name} closed a window")

    async def handle_download(self, request: web.Request) -> web.StreamResponse:
        """Give nothing: the screens hand out no files, and a key of somebody else's would be enough for one."""
        raise web.HTTPNotFound

    async def _watching(self, _application: web.Application) -> AsyncIterator[None]:
        watch = asyncio.create_task(self._close_what_has_ended())
        yield
        watch.cancel()

    async def _close_what_has_ended(self) -> None:
        while True:
            await asyncio.sleep(_LOOKS)
            for session in self._sessions.sweep():
                self._log(f"the session of {session.token.name} has ended")
            ended = [window for window in self._theirs.of_ended(self._sessions) if window.prepared]
            closing = (window.close(code=WSCloseCode.POLICY_VIOLATION) for window in ended)
            await asyncio.gather(*closing, return_exceptions=True)  # one that cannot be told holds up no other
