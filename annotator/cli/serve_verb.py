"""`annotator serve`: the same screens in a browser, for one person or for a team.

Owns what is said before: under whose name, at which address, and who can open it. The pages themselves are `browser`'s
and `team_page`'s, which are loaded here alone, because they need the extra `serve`.
"""

import shlex
import socket
import sys
from contextlib import redirect_stdout
from ipaddress import ip_address
from urllib.parse import urlsplit

import click

from annotator.cli.open_for_work import open_for_work
from annotator.cli.options import as_option
from annotator.cli.talk import talk
from annotator.errors import Refusal
from annotator.store.membership import membership
from annotator.workflow.person import required_here
from annotator.workflow.project import Project
from annotator.workflow.tokens import Tokens

_MINUTE, _HOUR = 60.0, 3600.0
_IDLE, _LONGEST, _WINDOWS = 60, 12, 40


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address or host name to open the page at.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to open it at.")
@as_option
@click.option("--team", is_flag=True, help="Ask for a token (`annotator token add`), and show each their own work.")
@click.option(
    "--behind", metavar="URL", help="Where people open it: the address of a reverse proxy before a --team page."
)
@click.option(
    "--idle", type=click.IntRange(1), metavar="MINUTES", help=f"Log a --team's people out after such a rest; {_IDLE}."
)
@click.option(
    "--longest", type=click.IntRange(1), metavar="HOURS", help=f"Log them out after so long in any case; {_LONGEST}."
)
@click.option(
    "--windows", type=click.IntRange(1), metavar="N", help=f"Open no more windows than these for a --team; {_WINDOWS}."
)
def command(
    host: str,
    port: int,
    name: str | None,
    team: bool,
    behind: str | None,
    idle: int | None,
    longest: int | None,
    windows: int | None,
) -> None:
    """Show the screens in a browser: to NAME without a login, or with --team to whoever has a token.

    Every window is a program of its own, as if `annotator label` ran in a terminal. Ctrl-C ends all of them.

    Example: annotator serve --as miriam
    """
    try:
        from annotator.cli.browser import serve_page
        from annotator.cli.team_page.page import House, serve_team
    except ModuleNotFoundError as error:
        raise Refusal(
            "extra.missing",
            f"`annotator serve` needs {error.name}, which is not installed.",
            "Install it: pip install 'annotator[serve]'",
        ) from None

    _refuse_what_does_not_go_together(team, name, (behind, idle, longest, windows))
    private = is_private(host, port)
    project = open_for_work()  # what is wrong with the workspace is said here, not in the page
    try:
        tokens = _tokens_of_team(project, private) if team else None
        person = "" if team else required_here(project, name)
    finally:
        project.close()
    with redirect_stdout(sys.stderr):  # what a served program complains of is talk
        if tokens is not None:
            house = House(
                checked_address(behind) if behind else None,
                (idle or _IDLE) * _MINUTE,
                (longest or _LONGEST) * _HOUR,
                windows or _WINDOWS,
            )
            serve_team(tokens, served_command, host, port, house, lambda own: _say_who_can_log_in(own, behind), talk)
        else:
            serve_page(served_command(person), host, port, private, lambda own: _say_who_can_open(own, person, private))


def _refuse_what_does_not_go_together(team: bool, name: str | None, only_for_team: tuple[object, ...]) -> None:
    if team and name is not None:
        raise Refusal("usage", "--as does not go with --team.", "There, who logs in says by a token who they are.")
    if not team and any(given is not None for given in only_for_team):
        raise Refusal("usage", "--behind, --idle, --longest and --windows are for a team.", "Add --team.")


def _tokens_of_team(project: Project, private: bool) -> Tokens:
    """Give the tokens.

    Raises `Refusal` where nobody has one, they would go over a network for all to read, or the store would let the
    programs work under one name alone.
    """
    if not private:
        raise Refusal(
            "usage",
            "With --team, --host is an address of this machine: else tokens would go over the network unencrypted.",
            "Put a reverse proxy with https before it (--behind, the README has one), or lead the port through ssh.",
        )
    if member := membership(project.engine):
        raise Refusal(
            "store.rights",
            f"The store is opened as {member.name!r}, one of its team, who works under no other name.",
            "Connect as who looks after the store: programs of all people are to work with it.",
        )
    tokens = Tokens(project.workspace)
    if not tokens.now():
        raise Refusal("token.unknown", "Nobody has a token yet.", "Make one: annotator token add NAME")
    return tokens


def checked_address(url: str) -> str:
    """Give the address of a reverse proxy as it is. Raises `Refusal` for what cannot be one, or is not encrypted."""
    try:
        found = urlsplit(url)
        whole = bool(found.hostname) and (found.port is None or found.port > 0)
    except ValueError:
        whole = False
    if not whole or found.scheme not in ("http", "https") or found.username or found.query or found.fragment:
        raise Refusal(
            "usage",
            f"--behind: {url!r} is no address of a page.",
            "Write one such as https://db.example.org/annotator.",
        )
    if found.scheme == "http" and not is_private(found.hostname or "", 80):
        raise Refusal(
            "usage",
            f"--behind: {url} is not encrypted, so tokens could be read on the way.",
            "Let the proxy speak https.",
        )
    return url


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


def _say_who_can_log_in(address: str, behind: str | None) -> None:
    talk(f"annotator: open {behind or address} in a browser. Whoever has a token can log in. Ctrl-C ends it.")
    if behind:
        talk(f"  The proxy is to ask for it at {address}, and to hand on the name that it was asked for by itself.")


def _say_who_can_open(address: str, person: str, private: bool) -> None:
    talk(f"annotator: open {address} in a browser. Whoever opens it labels as {person}. Ctrl-C ends it.")
    if private:
        talk("  There is no login: every user of this machine can open it. Other machines cannot.")
    else:
        talk(
            "  WARNING: there is no login and no encryption. Everybody who can reach this address over the network "
            f"can read the articles and all work on them, and decides as {person}."
        )
