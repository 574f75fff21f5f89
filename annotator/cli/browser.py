"""The page that shows the screens in a browser, and who may talk to it.

textual-serve starts one program a window and hands keys and frames to and fro. By itself it takes windows that any
other page opens, and a name that somebody else's name server points here; both are refused here, because no login
stands behind them. `team_page` adds one. Must be loaded by `serve_verb` alone: it needs the extra `serve`.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from weakref import WeakSet

from aiohttp import WSCloseCode, WSMsgType, web
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager
from textual_serve.server import Server, to_int
from yarl import URL

from annotator.cli.talk import talk
from annotator.cli.window_message import WindowMessage, read_message
from annotator.errors import Refusal

_PATIENCE = 10.0
"""Seconds that a program has to save and end; far more than it needs."""

HEARTBEAT = 15.0
"""Seconds between two signs of life that a window is asked for."""

_MOST_CELLS = 1000
"""Columns and rows that a window may have: a program keeps every cell of it."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_ENVIRONMENT = {"ANNOTATOR_BIDI": "guard", "TERM": "xterm-256color"}
"""What the terminal in the page is: it shows each character in the cell it is sent to."""

_FACE = """@font-face {{
  font-family: "Roboto Mono"; font-weight: {weight}; src: url("static/fonts/RobotoMono-VariableFont_wght.ttf");
}}
@font-face {{
  font-family: "Roboto Mono"; font-weight: {weight}; unicode-range: U+600-6FF, U+FB50-FDFF, U+FE70-FEFF;
  src: local("DejaVu Sans Mono{bold}"), local("Courier New{bold}");
}}
"""
_FONTS = f"""<style>{_FACE.format(weight=400, bold="")}{_FACE.format(weight=700, bold=" Bold")}</style>
<script>
  const start = window.onload;
  window.onload = event => Promise.allSettled([...document.fonts].map(font => font.load())).then(() => start(event));
</script>
</head>"""
"""The letters of the terminal in the page, which asks for Roboto Mono, and loads it from elsewhere or not at all.

Arabic comes from fonts that keep each letter in its cell: those that a browser chooses by itself run into each other.
All are loaded before the terminal measures its cells; a machine that lacks one shows what it has.
"""

_SOCKETS = {"http": "ws", "https": "wss"}
"""The schemes of the windows, by that of the page."""

_LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


def serve_page(command: str, host: str, port: int, private: bool, ready: Callable[[str], None]) -> None:
    """Show `command` to every window that opens the page, until Ctrl-C or SIGTERM; all programs end with it.

    `private` says that the host is reached from this machine only: then each of the machine's names for itself will
    do. `ready` is called with the page's address once it can be opened. Raises `Refusal` when the port cannot be had.
    """
    page = Page(command, host, port, title="annotator")
    page.names = own_names(host) if private else frozenset({host.lower()})
    run_page(page, host, port, ready)


def own_names(host: str) -> frozenset[str]:
    """Give the names under which this machine alone reaches the page at `host`, in lower case."""
    return _LOCAL_NAMES | {host.lower()}


def run_page(page: "Page", host: str, port: int, ready: Callable[[str], None]) -> None:
    """Answer requests for `page` until Ctrl-C or SIGTERM. Raises `Refusal` when the port cannot be had."""
    written = f"[{host}]" if ":" in host else host
    try:
        web.run_app(
            page.application(),
            host=host,
            port=port,
            print=lambda *_: ready(f"http://{written}:{port}"),
            access_log=None,
            shutdown_timeout=_PATIENCE,
        )
    except OSError as error:
        raise Refusal(
            "serve.address", f"{written}:{port} cannot be opened: {error.strerror}.", "Choose another with --port."
        ) from None


class Program(AppService):
    """One running program and the window that shows it; the window is told when the program ends, however it does."""

    def __init__(
        self,
        command: str,
        window: web.WebSocketResponse,
        downloads: DownloadManager,
        environment: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Prepare `command` for a window; `environment` is what the program is told beyond what all are."""
        super().__init__(
            command,
            write_bytes=window.send_bytes,
            write_str=window.send_str,
            close=self._close_window,
            download_manager=downloads,
        )
        self._window = window
        self._told = dict(environment)

    async def _close_window(self) -> None:
        await self._window.close()

    def _build_environment(self, width: int = 80, height: int = 24) -> dict[str, str]:
        return super()._build_environment(width, height) | _ENVIRONMENT | self._told

    async def start(self, width: int, height: int) -> None:
        """Begin in a window of so many columns and rows."""
        await super().start(_cells(width), _cells(height))

    async def set_terminal_size(self, width: int, height: int) -> None:
        """Tell the program how large its window is now."""
        await super().set_terminal_size(_cells(width), _cells(height))

    async def run(self) -> None:
        await super().run()
        await self.remote_close()

    async def stop(self) -> None:
        """Let the program save and end."""
        await super().stop()
        if self._process is not None:
            try:
                await asyncio.wait_for(self._process.wait(), _PATIENCE)
            except TimeoutError:
                self._process.kill()


class Page(Server):
    """The page, its files and its windows, for those who call it by one of its own names."""

    names: frozenset[str] = frozenset()
    """Under which names the page may be asked for, in lower case."""
    form_action = "'none'"
    """Where the page may send forms to, as its security policy says it."""
    referrer_policy = "no-referrer"
    """What the browser says of the page when it asks for something."""

    async def application(self) -> web.Application:
        """Give the application that answers requests."""
        application = await self._make_app()
        application.middlewares.append(self._own_name_only)
        application.on_response_prepare.append(self._load_nothing_foreign)
        self._windows: WeakSet[web.WebSocketResponse] = WeakSet()
        return application

    def address(self, request: web.Request) -> URL:
        """Give the address by which the page was asked for: it may lead through a tunnel."""
        return request.url.origin()

    @web.middleware
    async def _own_name_only(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Refuse a foreign name that was pointed at this machine (DNS rebinding): its page would count as ours."""
        if request.url.host not in self.names:
            raise web.HTTPForbidden(text="This page is not served under that name.")
        return await handler(request)

    async def handle_index(self, request: web.Request) -> web.StreamResponse:
        """Give the page, with links to the address that it was asked for by."""
        self.public_url = str(self.address(request)).rstrip("/")
        page = await super().handle_index(request)
        assert isinstance(page, web.Response)
        page.text = (page.text or "").replace("</head>", _FONTS)
        return page

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Run a program for a window of our own page; other pages may not open one."""
        self.refuse_foreign_page(request)
        window = web.WebSocketResponse(heartbeat=HEARTBEAT)
        return await self.show(request, window, Program(self.command, window, self.download_manager))

    def refuse_foreign_page(self, request: web.Request) -> None:
        """Raise what the browser is told when it was another page that sent this request."""
        if request.headers.get("Origin") != str(self.address(request).origin()):
            raise web.HTTPForbidden(text="Only the page itself may open a window.")

    async def show(
        self, request: web.Request, window: web.WebSocketResponse, program: Program
    ) -> web.WebSocketResponse:
        """Run a program in a window until one of the two ends."""
        await window.prepare(request)
        self._windows.add(window)
        await program.start(to_int(request.query.get("width", ""), 80), to_int(request.query.get("height", ""), 24))
        try:
            await self._process_messages(window, program)
        finally:
            await program.stop()
        return window

    async def _process_messages(self, websocket: web.WebSocketResponse, app_service: AppService) -> None:
        """Hand on what a window tells its program. One that sends anything else is closed: it is no window of ours."""
        async for message in websocket:
            if message.type != WSMsgType.TEXT:
                continue
            told = read_message(message.data)
            if told is None:
                talk("annotator: a window was closed: it sent what no window of this page sends.")
                await websocket.close(code=WSCloseCode.POLICY_VIOLATION, message=b"not a message of this page")
                return
            await _obey(told, websocket, app_service)

    async def on_startup(self, app: web.Application) -> None:
        """Say nothing: `ready` does."""

    async def on_shutdown(self, app: web.Application) -> None:
        """Close all windows, so that their programs end."""
        await asyncio.gather(*(window.close(code=WSCloseCode.GOING_AWAY) for window in self._windows))

    async def _load_nothing_foreign(self, request: web.Request, response: web.StreamResponse) -> None:
        """Keep the page from asking a foreign server for its font, and foreign pages from framing it."""
        origin = self.address(request).origin()
        response.headers["Content-Security-Policy"] = (
            "default-src 'self' 'unsafe-inline'; img-src 'self' data:; "
            f"connect-src 'self' {origin.with_scheme(_SOCKETS[origin.scheme])}; "
            f"frame-ancestors 'none'; base-uri 'none'; form-action {self.form_action}"
        )
        response.headers["Referrer-Policy"] = self.referrer_policy


async def _obey(told: WindowMessage, window: web.WebSocketResponse, program: AppService) -> None:
    match told.kind:
        case "stdin":
            await program.send_bytes(told.content.encode())
        case "resize":
            await program.set_terminal_size(*told.content)
        case "ping":
            await window.send_json(["pong", told.content])
        case "blur":
            await program.blur()
        case "focus":
            await program.focus()


def _cells(asked: int) -> int:
    return max(1, min(asked, _MOST_CELLS))
