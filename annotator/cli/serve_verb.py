"""`annotator serve`: the same screens in a browser.

Owns what is said before: under whose name, at which address, and who can open it. The page itself is `browser`'s,
which is loaded here alone, because it needs the extra `serve`.
"""

import shlex
import socket
import sys
from contextlib import redirect_stdout
from ipaddress import ip_address
from pathlib import Path

import click

from annotator.cli.options import as_option
from annotator.cli.talk import talk
from annotator.errors import Refusal
from annotator.workflow.person import required_person
from annotator.workflow.project import open_project


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address or host name to open the page at.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to open it at.")
@as_option
def command(host: str, port: int, name: str | None) -> None:
    """Show the screens in a browser. Whoever opens the page labels as NAME: there is no login.

    Every window is a program of its own, as if `annotator label` ran in a terminal. Ctrl-C ends all of them.

    Example: annotator serve --as miriam
    """
    try:
        from annotator.cli.browser import serve_page
    except ModuleNotFoundError as error:
        raise Refusal(
            "extra.missing",
            f"`annotator serve` needs {error.name}, which is not installed.",
            "Install it: pip install 'annotator[serve]'",
        ) from None

    project = open_project(Path.cwd())  # what is wrong with the workspace is said here, not in the page
    project.close()
    person = required_person(project.workspace, name)
    private = is_private(host, port)
    with redirect_stdout(sys.stderr):  # what a served program complains of is talk
        serve_page(
            served_command(person), host, port, private, lambda address: _say_who_can_open(address, person, private)
        )


def served_command(person: str) -> str:
    """Give the shell's words for this same program, labelling under the name of `person`.

    The workspace's folder is kept off the path of Python's modules (-P): it holds data.
    """
    return "exec " + shlex.join([sys.executable, "-P", "-m", "annotator", "label", "--as", person])


def is_private(host: str, port: int) -> bool:
    """Say whether nobody but this machine reaches `host`.

    Raises `Refusal` for a host that is not known, and for one that stands for every address of the machine: then no
    request could be told from one that a foreign page sends under a name of its own.
    """
    try:
        found = {ip_address(found[4][0]) for found in socket.getaddrinfo(host or "::", port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError) as error:
        raise Refusal("usage", f"--host: {host!r} is not known: {error}.", "Name an address of this machine.") from None
    if any(address.is_unspecified for address in found):
        raise Refusal(
            "usage",
            f"--host: {host!r} stands for every address of this machine.",
            "Name the one address or host name that people will open.",
        )
    return all(address.is_loopback for address in found)


def _say_who_can_open(address: str, person: str, private: bool) -> None:
    talk(f"annotator: open {address} in a browser. Whoever opens it labels as {person}. Ctrl-C ends it.")
    if private:
        talk("  There is no login: every user of this machine can open it. Other machines cannot.")
    else:
        talk(
            "  WARNING: there is no login and no encryption. Everybody who can reach this address over the network "
            f"can read the articles and all work on them, and decides as {person}."
        )
