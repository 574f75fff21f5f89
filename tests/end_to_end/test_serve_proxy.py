"""The README's reverse proxy: nginx with its very configuration, before a team's page, over https."""

import asyncio
import re
import shutil
import ssl
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from annotator.cli.team_page.failed_logins import AN_ADDRESS
from annotator.store.workspace import open_workspace
from annotator.workflow.first_time import remember_welcome
from annotator.workflow.tokens import add_token
from tests.end_to_end import test_serve
from tests.end_to_end.test_serve import BROWSER, PATIENCE, Window, browsing, confirm_one, free_port

NGINX = shutil.which("nginx")
OPENSSL = shutil.which("openssl")
README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
NAME = "annotate.example.org"

pytestmark = pytest.mark.skipif(not (NGINX and OPENSSL), reason="no nginx or openssl is installed here")


def of_the_readme(folder: Path, own: int, proxied: int) -> str:
    """Give the README's configuration with this machine's ports and paths, in what nginx needs around it."""
    (block,) = re.findall(r"```nginx\n(.*?)```", README, re.DOTALL)
    for written, here in (
        ("listen 443 ssl", f"listen 127.0.0.1:{own} ssl"),
        ("127.0.0.1:8000", f"127.0.0.1:{proxied}"),
        (f"/etc/ssl/{NAME}.pem", str(folder / "own.pem")),
        (f"/etc/ssl/{NAME}.key", str(folder / "own.key")),
    ):
        assert written in block
        block = block.replace(written, here)
    kept = "".join(
        f"{kind}_temp_path {folder / kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if Path(folder).owner() == "root" else ""
    around = f"{user} daemon off; pid {folder / 'pid'}; error_log stderr; events {{}}"
    return f"{around} http {{ access_log off; {kept} {block} }}"


def make_certificate(folder: Path) -> None:
    subprocess.run(
        [OPENSSL, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={NAME}",
         "-addext", f"subjectAltName=DNS:{NAME}", "-keyout", folder / "own.key", "-out", folder / "own.pem"],
        check=True, capture_output=True,
    )  # fmt: skip


class ThisMachine(aiohttp.abc.AbstractResolver):
    """Every name is this machine."""

    async def resolve(self, host, port=0, family=0):
        return [{"hostname": host, "host": "127.0.0.1", "port": port, "family": family, "proto": 0, "flags": 0}]

    async def close(self):
        pass


class Proxied:
    """A team's page behind nginx."""

    def __init__(self, port: int, token: str, certificate: Path) -> None:
        self.address, self.token = f"https://{NAME}:{port}", token
        self._trusted = ssl.create_default_context(cafile=str(certificate))

    @asynccontextmanager
    async def visitor(self) -> AsyncIterator[aiohttp.ClientSession]:
        connector = aiohttp.TCPConnector(resolver=ThisMachine(), ssl=self._trusted)
        headers = {"Origin": self.address}
        async with aiohttp.ClientSession(f"{self.address}/team/", connector=connector, headers=headers) as session:
            yield session


@pytest.fixture
async def proxied(workspace: Path, tmp_path: Path) -> AsyncIterator[Proxied]:
    at = open_workspace(workspace)
    remember_welcome(at, "miriam")
    token = add_token(at, "miriam", ["label", "adjudicate"])
    folder = tmp_path / "nginx"
    folder.mkdir()
    make_certificate(folder)
    own, port = free_port(), free_port()
    (folder / "nginx.conf").write_text(of_the_readme(folder, own, port), encoding="utf-8")
    behind = f"https://{NAME}:{own}/team"
    serve = [sys.executable, "-m", "annotator", "serve", "--team", "--port", str(port), "--behind", behind]
    proxy = [NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf")]
    page = subprocess.Popen(serve, cwd=workspace, text=True, stderr=subprocess.PIPE)
    before = subprocess.Popen(proxy, stderr=subprocess.DEVNULL)
    try:
        assert behind in page.stderr.readline()
        found = Proxied(own, token, folder / "own.pem")
        await answers(found)
        yield found
    finally:
        before.terminate()
        before.wait()
        page.terminate()
        page.communicate()


async def answers(proxied: Proxied) -> None:
    give_up = time.monotonic() + PATIENCE
    while True:
        try:
            async with proxied.visitor() as session, session.get("login") as answer:
                assert answer.status == 200
                return
        except aiohttp.ClientConnectorError:
            assert time.monotonic() < give_up
            await asyncio.sleep(0.1)


async def test_a_window_is_worked_in_through_the_proxy(proxied):
    async with proxied.visitor() as session:
        async with session.get(f"{proxied.address}/team") as answer:
            assert str(answer.url) == f"{proxied.address}/team/login"
        async with session.post("login", data={"token": proxied.token}) as answer:
            assert f'data-session-websocket-url="wss://{answer.url.authority}/team/ws"' in await answer.text()
        async with session.ws_connect("ws?width=100&height=30") as connection:
            await confirm_one(Window(connection))
    async with proxied.visitor() as other:
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await other.ws_connect("ws")
        assert refused.value.status == 401


async def test_nobody_chooses_the_address_that_is_counted(proxied):
    async with proxied.visitor() as session:
        for number in range(AN_ADDRESS + 1):
            headers = {"X-Forwarded-For": f"192.0.2.{number}"}
            async with session.post("login", data={"token": "wrong"}, headers=headers) as answer:
                assert answer.status == (403 if number < AN_ADDRESS else 429)


@pytest.mark.skipif(BROWSER is None, reason="no Chromium or Chrome is installed here")
async def test_a_browser_works_through_the_proxy(proxied, tmp_path, monkeypatch):
    monkeypatch.setattr(
        test_serve, "MORE_OPTIONS", ["--ignore-certificate-errors", f"--host-resolver-rules=MAP {NAME} 127.0.0.1"]
    )
    async with browsing(tmp_path / "profile") as browser:
        await browser.open(f"{proxied.address}/team/")
        await browser.wait_until("document.activeElement?.id == 'token'")
        await browser.call("Input.insertText", text=proxied.token)
        await browser.press("Enter", 13)
        await browser.wait("0 of 2 articles done")
        (cookie,) = (await browser.call("Network.getCookies"))["cookies"]
        assert (cookie["name"], cookie["path"]) == ("__Secure-annotator", "/team")
        assert (cookie["secure"], cookie["httpOnly"], cookie["sameSite"]) == (True, True, "Strict")
        await browser.wait_until("document.body.classList.contains('-first-byte')")
        await browser.click(500, 400)
        await browser.press("Enter", 13)
        await browser.wait("saved ✓", "0 of", "ar-1", "untouched")
        await browser.press("a", 65)
        await browser.wait("saved ✓", "1 of", "ar-1")
        elsewhere = [address for address in browser.loaded if not address.startswith(f"{proxied.address}/team/")]
        assert set(elsewhere) <= {f"{proxied.address}/favicon.ico"}  # the browser's own idea
        await browser.press("q", 81)
        await browser.wait("0 of 2 articles done")
        await browser.press("q", 81)
        await browser.wait_until("document.body.classList.contains('-closed')")
        await browser.call("Runtime.evaluate", expression="document.querySelector('form button').click()")
        await browser.wait_until("location.pathname == '/team/login'")
