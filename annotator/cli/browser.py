"""The page that shows the screens in a browser, and who may talk to it.

textual-serve starts one program a window and hands keys and frames to and fro. By itself it takes windows that any
other page opens, and a name that somebody else's name server points here; both are refused here, because no login
stands behind them. Must be loaded by `serve_verb` alone: it needs the extra `serve`.
"""

import asyncio
from collections.abc import Awaitable, Callable
from weakref import WeakSet

from aiohttp import WSCloseCode, web
from textual_serve.app_service import AppService
from textual_serve.server import Server, to_int

from annotator.errors import Refusal

_PATIENCE = 10.0
"""Seconds that a program has to save and end; far more than it needs."""

_HEARTBEAT = 15.0
"""Seconds between two signs of life that a window is asked for."""

_ENVIRONMENT = {"ANNOTATOR_BIDI": "guard", "TERM": "xterm-256color"}
"""What the terminal in the page is: it shows each character in the cell it is sent to."""

_FACE = """@font-face {{
  font-family: "Roboto Mono"; font-weight: {weight}; src: url("/static/fonts/RobotoMono-VariableFont_wght.ttf");
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

_LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


def serve_page(command: str, host: str, port: int, private: bool, ready: Callable[[str], None]) -> None:
    """Show `command` to every window that opens the page, until Ctrl-C or SIGTERM; all programs end with it.

    `private` says that the host is reached from this machine only: then each of the machine's names for itself will
    do. `ready` is called with the page's address once it can be opened. Raises `Refusal` when the port cannot be had.
    """
    page = _Page(command, host, port, title="annotator")
    page.names = _LOCAL_NAMES | {host.lower()} if private else frozenset({host.lower()})
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


class _Program(AppService):
    """One running program and the window that shows it; the window is told when the program ends, however it does."""

    def _build_environment(self, width: int = 80, height: int = 24) -> dict[str, str]:
        return super()._build_environment(width, height) | _ENVIRONMENT

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


class _Page(Server):
    """The page, its files and its windows, for those who call it by one of its own names."""

    names: frozenset[str] = frozenset()
    """Under which names the page may be asked for, in lower case."""

    async def application(self) -> web.Application:
        """Give the application that answers requests."""
        application = await self._make_app()
        application.middlewares.append(self._own_name_only)
        application.on_response_prepare.append(_load_nothing_foreign)
        self._windows: WeakSet[web.WebSocketResponse] = WeakSet()
        return application

    @web.middleware
    async def _own_name_only(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        """Refuse a foreign name that was pointed at this machine (DNS rebinding): its page would count as ours."""
        if request.url.host not in self.names:
            raise web.HTTPForbidden(text="This page is not served under that name.")
        return await handler(request)

    async def handle_index(self, request: web.Request) -> web.StreamResponse:
        """Give the page, with links to the name and port that it was asked for by: they may lead through a tunnel."""
        self.public_url = str(request.url.origin())
        page = await super().handle_index(request)
        assert isinstance(page, web.Response)
        page.text = (page.text or "").replace("</head>", _FONTS)
        return page

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Run a program for a window of our own page; other pages may not open one."""
        if request.headers.get("Origin") != str(request.url.origin()):
            raise web.HTTPForbidden(text="Only the page itself may open a window.")
        window = web.WebSocketResponse(heartbeat=_HEARTBEAT)
        await window.prepare(request)
        self._windows.add(window)

        async def close() -> None:
            await window.close()

        program = _Program(
            self.command,
            write_bytes=window.send_bytes,
            write_str=window.send_str,
            close=close,
            download_manager=self.download_manager,
        )
        await program.start(to_int(request.query.get("width", ""), 80), to_int(request.query.get("height", ""), 24))
        try:
            await self._process_messages(window, program)
        finally:
            await program.stop()
        return window

    async def on_startup(self, app: web.Application) -> None:
        """Say nothing: `ready` does."""

    async def on_shutdown(self, app: web.Application) -> None:
        """Close all windows, so that their programs end."""
        await asyncio.gather(*(window.close(code=WSCloseCode.GOING_AWAY) for window in self._windows))


async def _load_nothing_foreign(request: web.Request, response: web.StreamResponse) -> None:
    """Keep the page from asking a foreign server for its font, and foreign pages from framing it."""
    origin = request.url.origin()
    response.headers["Content-Security-Policy"] = (
        "default-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        f"connect-src 'self' {origin.with_scheme('ws')}; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
    )
    response.headers["Referrer-Policy"] = "no-referrer"
