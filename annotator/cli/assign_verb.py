"""`annotator assign`: who is to label what, and in which order."""

import click

from annotator.cli.open_for_work import open_for_work
from annotator.cli.options import RealRange, json_option, print_json
from annotator.cli.progress import progress
from annotator.cli.talk import talk
from annotator.text.counted import counted
from annotator.workflow.assigning import ORDERS, SEED, Wish, carry_out, plan, take_back
from annotator.workflow.overlap import NEEDED


@click.command()
@click.argument("articles", nargs=-1)
@click.option("--to", "people", multiple=True, metavar="NAME", help="Who is to label them, in turns. May be repeated.")
@click.option(
    "--overlap",
    type=click.IntRange(min=1, max=100),
    default=NEEDED,
    show_default=True,
    metavar="N",
    help="How many people label each article.",
)
@click.option(
    "--adjudicate",
    type=RealRange(0, 1),
    default=1.0,
    show_default=True,
    metavar="SHARE",
    help="The share of articles, drawn by --seed, that an adjudicator settles afterwards.",
)
@click.option("--order", type=click.Choice(list(ORDERS)), default="given", show_default=True, help="What comes first.")
@click.option("--seed", type=click.IntRange(min=0), default=SEED, show_default=True, help="What draws follow from.")
@click.option("--take-back", "back", is_flag=True, help="Take back what nobody took yet, instead.")
@click.option("--dry-run", is_flag=True, help="Only say what would be assigned.")
@json_option
def command(
    articles: tuple[str, ...],
    people: tuple[str, ...],
    overlap: int,
    adjudicate: float,
    order: str,
    seed: int,
    back: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Assign ARTICLES (all, where none is named) to whoever comes next, or to people by name.

    From then on the queue hands out articles one by one: each to as many people as it wants, to nobody twice, and to an
    adjudicator when all have labelled it. Assigning again adds what is missing. Where nothing was ever assigned,
    everybody labels what they open.

    Order: as given here or by id; random; by language; or first those on which systems that propose candidates
    differ most (disagreement).

    Example: annotator assign --overlap 2 --order random --seed 7
    """
    project = open_for_work()
    try:
        if back:
            click.echo(f"{counted(take_back(project, articles), 'slot')} taken back; what somebody has stays theirs.")
            return
        planned = plan(project, Wish(articles, people, overlap, adjudicate, order, seed))
        with progress("assigning", planned.articles) as step:
            made = 0 if dry_run else carry_out(project, planned, step)
    finally:
        project.close()
    if as_json:
        slots = [one._asdict() for one in planned.wanted]
        print_json({"articles": planned.articles, "slots": slots, "made": made})
        return
    click.echo(
        f"{counted(planned.articles, 'article')}: {counted(planned.labelling, 'slot')} to label, "
        f"{planned.adjudicating} to adjudicate"
    )
    talk("annotator: nothing was assigned." if dry_run else f"annotator: {made} of them are new.")
