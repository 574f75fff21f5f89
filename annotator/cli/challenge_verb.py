"""`annotator challenge`: say that released gold is wrong at a place, and see what came of what was said."""

import re
from typing import Any, Literal

import click

from annotator.cli.open_for_work import open_for_work
from annotator.cli.options import as_option, json_option, print_json
from annotator.cli.talk import shown, talk
from annotator.errors import Refusal
from annotator.model.mention import KINDS, Kind
from annotator.text.span import Span, span
from annotator.workflow.challenging import Challenged, There, challenged, file_challenge, there, withdraw
from annotator.workflow.person import required_here
from annotator.workflow.project import Project

_TOLD = 12
"""How many lines of what gold has at a place are told."""

_ENDS = 40
"""How many letters are told of the beginning and of the end of a long quote."""

_PLACE = re.compile(r"(\d{1,9})-(\d{1,9})")


@click.command()
@click.argument("gold", required=False)
@click.argument("article", required=False)
@click.argument("place", metavar="[START-END]", required=False)
@click.option("--reason", metavar="TEXT", help="What is wrong there.")
@click.option(
    "--kind", type=click.Choice((*KINDS, "event")), help="What is wrong there; event: that of the trigger, as a whole."
)
@click.option("--withdraw", "mine", metavar="ID", help="Take back one of yours that waits; how its id begins will do.")
@as_option
@json_option
def command(
    gold: str | None,
    article: str | None,
    place: str | None,
    reason: str | None,
    kind: Kind | Literal["event"] | None,
    mine: str | None,
    name: str | None,
    as_json: bool,
) -> None:
    """Challenge the release GOLD at START-END (code points, as scores and `gold show` print them) of ARTICLE.

    It waits for an adjudicator (c on the adjudication screen), who mends the gold or says why not. What came of it
    stands in the next version's changelog. Without arguments: list all challenges and what came of them.
    The id on standard output is what --withdraw takes.

    Example: annotator challenge gold/1.0.0 003 3409-3427 --reason "The text says at least."

    Example: annotator challenge --json
    """
    project = open_for_work()
    try:
        if mine is not None:
            if not (gold is article is place is reason is kind is None):
                raise Refusal("usage", "--withdraw ID says all.", "Leave the rest out.")
            _withdraw(project, mine, name, as_json)
        elif gold is None and reason is None and kind is None:
            _list(challenged(project), as_json)
        else:
            _file(project, gold, article, place, reason, kind, name, as_json)
    finally:
        project.close()


def _file(
    project: Project,
    gold: str | None,
    article: str | None,
    place: str | None,
    reason: str | None,
    kind: Kind | Literal["event"] | None,
    name: str | None,
    as_json: bool,
) -> None:
    if gold is None or article is None or place is None or reason is None:
        raise Refusal(
            "usage", "A challenge names GOLD, ARTICLE, START-END and --reason.", "Leave all out to list them."
        )
    who = required_here(project, name)
    filed = file_challenge(project, gold, article, _span(place), reason, who, kind)
    found = there(project, gold, filed)
    if as_json:
        print_json({**_plain(Challenged(filed)), "there": list(found.gold), "odd": list(found.odd)})
    else:
        click.echo(filed.id)
        talk(f"“{_brief(filed.quote)}” in {filed.article_id} waits for an adjudicator: c on the adjudication screen.")
        _tell(found)


def _withdraw(project: Project, mine: str, name: str | None, as_json: bool) -> None:
    gone = withdraw(project, mine, required_here(project, name))
    if as_json:
        print_json(_plain(Challenged(gone)))
    else:
        talk(f"Withdrawn: “{_brief(gone.quote)}” in {gone.article_id}, {gone.reason}")


def _tell(found: There) -> None:
    if found.gold:
        talk("Gold has there:")
    for line in found.gold[:_TOLD]:
        talk(f"  {' '.join(line.split())}")
    if len(found.gold) > _TOLD:
        talk(f"  and {len(found.gold) - _TOLD} more")
    for line in found.odd:
        talk(f"Note: {line}")


def _span(place: str) -> Span:
    found = _PLACE.fullmatch(place)
    if found is None or int(found[1]) >= int(found[2]):
        raise Refusal("usage", f"{place!r} is no stretch of a text.", "Write START-END, as 3409-3427.")
    return span(int(found[1]), int(found[2]))


def _list(found: list[Challenged], as_json: bool) -> None:
    if as_json:
        print_json([_plain(one) for one in found])
    elif not found:
        talk("Nothing was challenged.")
    for one in [] if as_json else found:
        said = one.challenge
        kind = f"  {said.kind}" if said.kind else ""
        click.echo(
            f"{said.article_id} {said.start}-{said.end}{kind}  {one.state}  gold {said.gold}: "
            f"{shown(_brief(said.quote))}"
        )
        click.echo(f"  {said.filed_by}: {shown(said.reason)}")
        if one.state == "waits":
            click.echo(f"  {said.id}")
        if one.answer is not None:
            click.echo(f"  {one.answered_by}: {shown(one.answer.why)}")


def _brief(quote: str) -> str:
    """Give a quote on one line; of a long one its beginning and its end."""
    line = " ".join(quote.split())
    return line if len(line) <= 2 * _ENDS else f"{line[:_ENDS].rstrip()} … {line[-_ENDS:].lstrip()}"


def _plain(one: Challenged) -> dict[str, Any]:
    answer = {"outcome": one.answer.outcome, "why": one.answer.why, "by": one.answered_by} if one.answer else None
    return {**one.challenge.plain(), "answer": answer}
