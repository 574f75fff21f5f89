"""A team's page under load: so many people label at once, each through a login and a real websocket of their own.

    python -m benchmarks.team_in_browsers [--people 20] [--browsers 2] [--keys 40]

Most speak textual-serve's protocol without a browser, as a browser is ten times the program that it shows; `--browsers`
of them are real ones (Chromium, driven as the tests do it). Everybody opens an article, four to an article, and accepts
candidates at the pace of a person. At the end the store must hold every key's decision once.
"""

import argparse
import asyncio
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import psutil
from sqlalchemy import select

from annotator.store import tables
from annotator.store.engine import reading
from annotator.store.people import find_pseudonym
from annotator.store.workspace import open_workspace
from annotator.workflow.first_time import remember_welcome
from annotator.workflow.project import open_project
from annotator.workflow.tokens import add_token
from benchmarks.workspaces import seed_workspace
from tests.end_to_end import test_serve
from tests.end_to_end.test_serve import Browser, Screen, browsing, free_port

ARTICLES = 5
PATIENCE = 120
QUIET = 0.25
"""Seconds without a frame after which a key is done with."""
PAUSES = (0.3, 1.2)
"""Seconds that a person thinks, at least and at most."""


@dataclass
class Person:
    """Somebody at a window, and how long each of their keys took to show, in milliseconds."""

    number: int
    token: str
    took: list[float] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"person {self.number:02}"

    @property
    def downwards(self) -> int:
        return self.number % ARTICLES


class Window:
    """A window without a browser."""

    def __init__(self, connection: aiohttp.ClientWebSocketResponse) -> None:
        self._connection, self._screen = connection, Screen(120, 36)

    async def type(self, keys: str) -> None:
        await self._connection.send_json(["stdin", keys])

    async def wait(self, *wanted: str) -> None:
        while not self._screen.shows(*wanted):
            await self._frame(PATIENCE)

    async def shown(self) -> float:
        """Wait for the frames that answer a key; give the milliseconds until the first of them."""
        began = time.perf_counter()
        await self._frame(PATIENCE)
        took = (time.perf_counter() - began) * 1000
        try:
            while True:
                await self._frame(QUIET)
        except TimeoutError:
            return took

    async def _frame(self, patience: float) -> None:
        message = await self._connection.receive(timeout=patience)
        if message.type != aiohttp.WSMsgType.BINARY:
            raise RuntimeError(f"the window closed: {message.type} {self._screen.text}")
        self._screen.feed(message.data)


async def work(window: Window, person: Person, keys: int, dice: random.Random, together: asyncio.Barrier) -> None:
    """Open an article, accept so many candidates, and go."""
    await window.wait("articles done")
    await window.type("\x1b[B" * person.downwards + "\r")
    await window.wait("untouched")
    await together.wait()
    for _ in range(keys):
        await asyncio.sleep(dice.uniform(*PAUSES))
        await window.type("a")
        person.took.append(await window.shown())
    await window.wait("saved ✓", f"{keys} of")


async def in_a_browser(browser: Browser, address: str, person: Person, keys: int, together: asyncio.Barrier) -> None:
    """The same in a real browser, by its own keys; what they took holds what driving it takes."""
    await browser.open(address)
    await browser.wait_until("document.activeElement?.id == 'token'")
    await browser.call("Input.insertText", text=person.token)
    await browser.press("Enter", 13)
    await browser.wait("articles done")
    await browser.wait_until("document.body.classList.contains('-first-byte')")
    await browser.click(500, 400)
    for _ in range(person.downwards):
        await browser.press("ArrowDown", 40)
    await browser.press("Enter", 13)
    await browser.wait("untouched")
    await together.wait()
    for number in range(1, keys + 1):
        began = time.perf_counter()
        await browser.press("a", 65)
        await browser.wait("saved ✓", f"{number} of")
        person.took.append((time.perf_counter() - began) * 1000)


async def _sitting(address: str, person: Person, keys: int, browser: Path | None, together: asyncio.Barrier) -> None:
    async with AsyncExitStack() as held:
        if browser is not None:
            opened = await held.enter_async_context(browsing(browser))
            await in_a_browser(opened, address, person, keys, together)
        else:
            jar = aiohttp.CookieJar(unsafe=True)
            session = aiohttp.ClientSession(address, cookie_jar=jar, headers={"Origin": address})
            session = await held.enter_async_context(session)
            async with session.post("/login", data={"token": person.token}) as answer:
                answer.raise_for_status()
            connection = await held.enter_async_context(session.ws_connect("/ws?width=120&height=36"))
            await work(Window(connection), person, keys, random.Random(person.number), together)
        await together.wait()  # nobody goes before memory was read
        await together.wait()


async def load(address: str, process: int, people: Sequence[Person], browsers: int, keys: int, folder: Path) -> None:
    """Have all work at once, and print what their programs take meanwhile."""
    test_serve.PATIENCE = PATIENCE  # twenty programs and browsers that start at once need more than one
    together = asyncio.Barrier(len(people) + 1)
    began = time.perf_counter()
    async with asyncio.TaskGroup() as sitting:
        for person in people:
            browser = folder / f"profile{person.number}" if person.number < browsers else None
            sitting.create_task(_sitting(address, person, keys, browser, together))
        await together.wait()
        print(f"all {len(people)} have an article open after {time.perf_counter() - began:.1f} s")
        began = time.perf_counter()
        await together.wait()
        took = time.perf_counter() - began
        print(f"{len(people) * keys} decisions in {took:.1f} s: {len(people) * keys / took:.1f} a second")
        _say_memory(psutil.Process(process))
        await together.wait()


def _say_memory(server: psutil.Process) -> None:
    programs = [one for one in server.children(recursive=True) if "--as" in one.cmdline()]
    own = [one.memory_full_info().uss / 1e6 for one in programs]
    resident = [one.memory_info().rss / 1e6 for one in programs]
    print(
        f"{len(programs)} programs: {statistics.median(own):.0f} MB each of their own, {max(own):.0f} at most "
        f"({statistics.median(resident):.0f} with what they share)"
    )
    spent = sum(sum(one.cpu_times()[:2]) for one in programs)
    print(f"the server: {server.memory_full_info().uss / 1e6:.0f} MB")
    print(
        f"processor: programs {spent:.1f} s, server {sum(server.cpu_times()[:2]):.1f} s; load {os.getloadavg()[0]:.1f}"
    )


def _say_keys(what: str, people: Sequence[Person]) -> None:
    took = sorted(one for person in people for one in person.took)
    if took:
        of = {percent: took[min(len(took) - 1, len(took) * percent // 100)] for percent in (50, 95, 99)}
        said = ", ".join(f"{percent} % within {milliseconds:.0f} ms" for percent, milliseconds in of.items())
        print(f"{what}: {len(took)} keys, {said}, the slowest {took[-1]:.0f} ms")


def check(root: Path, people: Sequence[Person], keys: int) -> None:
    """Raise an error unless the store holds each person's decisions, each once, and no others."""
    project = open_project(root)
    of_each = Counter({find_pseudonym(project.engine, person.name, "label"): keys for person in people})
    with reading(project.engine) as connection:
        found = connection.execute(select(tables.decision.c.person, tables.decision.c.decision_id)).all()
    project.close()
    assert Counter(person for person, _ in found) == of_each, Counter(person for person, _ in found)
    assert len(set(found)) == len(found)
    print(f"the store holds {len(found)} decisions, {keys} of each of {len(of_each)} people, none twice")


def main() -> None:
    """Serve, load, measure, check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--browsers", type=int, default=2)
    parser.add_argument("--keys", type=int, default=40)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        root = seed_workspace(folder / "syria")
        at = open_workspace(root)
        people = [Person(number, "") for number in range(asked.people)]
        for person in people:
            remember_welcome(at, person.name)
            person.token = add_token(at, person.name, ["label"])
        port = free_port()
        serve = [sys.executable, "-m", "annotator", "serve", "--team", "--port", str(port)]
        with subprocess.Popen(serve, cwd=root, stderr=subprocess.PIPE, text=True) as process:
            assert process.stderr is not None
            try:
                process.stderr.readline()
                address = f"http://127.0.0.1:{port}"
                asyncio.run(load(address, process.pid, people, asked.browsers, asked.keys, folder))
            finally:
                process.terminate()
                _, said = process.communicate()
        if "Traceback" in said:
            print(said)
        _say_keys("a key to its frame", people[asked.browsers :])
        _say_keys("a key to 'saved' in a driven browser", people[: asked.browsers])
        check(root, people, asked.keys)


if __name__ == "__main__":
    main()
