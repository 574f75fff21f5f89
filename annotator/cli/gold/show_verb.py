"""`annotator gold show`: what a version of gold says of an article, in the terminal, through a pipe, or as a page."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator.cli.gold.article_text import bracketed, frame_lines, head_lines
from annotator.cli.gold.terminal_here import printer_here
from annotator.cli.options import json_option, print_json, refuse_missing_folder
from annotator.cli.talk import talk
from annotator.gold.find_record import find_record
from annotator.gold.telling import Telling
from annotator.model.article import READ_REGIONS
from annotator.model.record import GoldRecord
from annotator.store.atomic import write_file
from annotator.text.display import display
from annotator.workflow.gold_diff import GoldSide, read_side
from annotator.workflow.gold_showing import ShownArticle, show_gold

if TYPE_CHECKING:
    from annotator.tui.printed import Printer


@click.command()
@click.argument("gold")
@click.argument("article", required=False)
@click.option("--html", metavar="FILE", type=click.Path(path_type=Path), help="Write one page without network there.")
@click.option(
    "--texts",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="Where the articles' texts lie; without it, in the workspace around GOLD. They are known by their hashes.",
)
@json_option
def command(gold: str, article: str | None, html: Path | None, texts: Path | None, as_json: bool) -> None:
    """Show ARTICLE (an id, or how one begins) as GOLD has it: its mentions in the text, its events as frames.

    Without ARTICLE: list the articles; with --html: all of them on one page.

    Example: annotator gold show gold/1.0.0 003 --html article.html
    """
    if html is not None:
        _write_page(gold, article, html, texts)
    elif article is None:
        _list(gold, as_json)
    elif as_json:
        print_json(_as_said(read_side(gold), article))
    else:
        shown = show_gold(gold, article, texts)
        _print(shown.articles[0], shown.gold.records)


def _as_said(gold: GoldSide, article: str) -> dict[str, Any]:
    """Give the record of an article with the fields that it has: a line of a plain file may lack some."""
    record = find_record(gold.records, article, gold.written)
    said = gold.said.get(record.article_id)
    return {name: item for name, item in record.plain().items() if said is None or name in said}


def _list(gold: str, as_json: bool) -> None:
    records = read_side(gold).records
    if as_json:
        print_json(
            [
                {
                    "article_id": record.article_id,
                    "language": record.language,
                    "events": len(record.events),
                    "mentions": len(record.mentions),
                    "rejected": len(record.rejected),
                    "complete": record.complete,
                }
                for record in records
            ]
        )
        return
    width = max(len(record.article_id) for record in records)
    for record in records:
        click.echo(display(f"{record.article_id:<{width}}  {record.language}  {Telling(record).all()}"))


def _write_page(gold: str, article: str | None, html: Path, texts: Path | None) -> None:
    refuse_missing_folder(html)
    from annotator.cli.gold.article_page import gold_page

    write_file(html, gold_page(show_gold(gold, article, texts)).encode())
    talk(f"The page is in {html}.")


def _print(article: ShownArticle, records: Sequence[GoldRecord]) -> None:
    with printer_here() as printer:
        title, *head = head_lines(article)
        if printer is None:
            lines = [title, *head, "", bracketed(article).rstrip("\n"), *frame_lines(article, records)]
        else:
            text = _in_colours(article, printer) if printer.tells_kinds else printer.article(bracketed(article), [], [])
            lines = [printer.title(title), *head, "", *text, *map(printer.line, frame_lines(article, records))]
        click.echo("\n".join(lines))


def _in_colours(article: ShownArticle, printer: "Printer") -> Iterator[str]:
    from annotator.tui.printed import Mark

    marks = [Mark(mention.span, mention.kind) for mention in article.record.mentions]
    unread = [region.span for region in article.record.regions if region.kind not in READ_REGIONS]
    yield printer.kinds()
    yield ""
    yield from printer.article(article.text, marks, unread)
