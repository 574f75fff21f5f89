"""Nobody is told anything: with every way out of the machine watched, no verb and no screen opens a connection.

What Python opens is seen by its audit hooks, whichever package asks for it; the database is a file here.
"""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

WATCHED = """
import sys

WAYS_OUT = ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname",
            "urllib.Request", "http.client.connect", "ftplib.connect", "smtplib.connect", "subprocess.Popen",
            "os.system", "os.exec", "os.posix_spawn", "webbrowser.open")

def watch(event, arguments):
    if event in WAYS_OUT:
        raise SystemExit(f"WAY OUT: {event} {arguments}")

sys.addaudithook(watch)
"""

VERBS = """
from annotator.cli import main

for arguments in ARGUMENTS:
    sys.argv = ["annotator", *arguments]
    try:
        main()
    except SystemExit as ended:
        if isinstance(ended.code, str):
            raise
        print("ENDED", "|".join(arguments), int(ended.code or 0), flush=True)
"""

SCREENS = """
import asyncio
from pathlib import Path
from annotator.tui.app import AnnotatorApp
from annotator.workflow.project import open_project

async def label():
    project = open_project(Path.cwd())
    app = AnnotatorApp(project, "miriam", "en-1")
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("a", "down", "x", "i", "question_mark", "escape", "slash", *"men", "enter", "q")
        await pilot.pause()
    project.close()

asyncio.run(label())
print("labelled")
"""

NOWHERE = """
import socket
with socket.socket() as out:
    out.connect(("127.0.0.1", 9))
"""


def watched(script: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", WATCHED + script], cwd=folder, capture_output=True, text=True, timeout=300, check=False
    )


def test_no_verb_opens_a_connection_or_starts_a_program(released: Path) -> None:
    workspace = released.parents[1]
    calls = [
        ("status",),
        ("import",),
        ("suggest", "--out", "said.jsonl"),
        ("score", "gold/1.0.0", "said.jsonl", "--allow", "extra-articles"),
        ("predictions", "check", "said.jsonl"),
        ("compare", "gold/1.0.0", "said.jsonl", "said.jsonl", "--allow", "extra-articles"),
        ("agree", "--html", "agree.html"),
        ("check",),
        ("guidelines", "build"),
        ("gold", "verify", "gold/1.0.0"),
        ("gold", "show", "gold/1.0.0", "en-1"),
        ("export", "--to", "decisions", "--out", "log.jsonl"),
        ("release",),
        ("store", "status"),
        ("label", "--as", "miriam"),
    ]
    done = watched(f"ARGUMENTS = {calls!r}\n{VERBS}", workspace)
    assert "WAY OUT" not in done.stderr, done.stderr
    ended = [tuple(line.rsplit(" ", 1)) for line in done.stdout.splitlines() if line.startswith("ENDED ")]
    assert [named for named, _ in ended] == [f"ENDED {'|'.join(one)}" for one in calls], done.stderr
    assert {status for named, status in ended if "score" in named or "suggest" in named} == {"0"}, done.stderr


def test_no_screen_opens_a_connection_or_starts_a_program(workspace: Path) -> None:
    done = watched(SCREENS, workspace)
    assert (done.stdout, "WAY OUT" in done.stderr) == ("labelled\n", False), done.stderr


def test_a_way_out_would_be_seen(tmp_path: Path) -> None:
    assert "WAY OUT: socket.connect" in watched(NOWHERE, tmp_path).stderr


def test_only_what_serves_or_asks_a_service_knows_the_network() -> None:
    networks = {"socket", "ssl", "urllib", "http", "aiohttp", "requests", "httpx", "smtplib", "ftplib", "socketserver"}
    offline = {"urllib.parse"}  # takes addresses apart, and goes to none
    knowing = set()
    for path in (ROOT / "annotator").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if networks & {name.partition(".")[0] for name in names if name not in offline}:
                knowing.add(path.relative_to(ROOT / "annotator").as_posix())
    assert {name for name in knowing if not name.startswith("cli/")} <= {"workflow/elsewhere/service.py"}
    assert knowing


@pytest.mark.parametrize("package", ["sentry_sdk", "posthog", "opentelemetry", "segment", "mixpanel", "scarf"])
def test_no_dependency_is_one_that_tells(package: str) -> None:
    assert package not in (ROOT / ".ci" / "constraints.txt").read_text().lower().replace("-", "_")
