"""The command line: one file a verb, loaded only when it is asked for.

Standard output is data, standard error is talk. A refusal is one or two lines and an exit status; a bug is a traceback,
because it must be seen.
"""

import errno
import os
import sys

import click

from annotator.cli.lazy_verbs import LazyVerbs
from annotator.errors import Exit, Refusal
from annotator.version import __version__

VERBS: tuple[tuple[str, str], ...] = (
    ("init", "make a new workspace"),
    ("status", "who has done what, what is left"),
    ("import", "take in articles, or work from another store or tool"),
    ("export", "write work or gold as files, for a store or a tool"),
    ("formats", "the formats of other tools: what each holds and loses"),
    ("suggest", "run the finders: the baseline extractor"),
    ("assign", "who is to label what, and in which order"),
    ("label", "label articles in the terminal"),
    ("checkout", "take assigned articles along, to label without a network"),
    ("sync", "send what was labelled so"),
    ("agree", "how far annotators agree, and what audits say of them"),
    ("adjudicate", "settle what annotators disagree on"),
    ("guidelines", "write the guidelines as a page, see their gaps, migrate labels"),
    ("release", "cut the next gold version"),
    ("gold", "list, show, compare and verify gold versions"),
    ("challenge", "say that released gold is wrong, see what came of it"),
    ("predictions", "check predictions before they are scored"),
    ("score", "score predictions against gold"),
    ("errors", "what is wrong with predictions, one by one and in groups"),
    ("compare", "whether one system scores better than another beyond chance"),
    ("leaderboard", "score many systems, and say which may be the best"),
    ("templates", "score filled templates (MUC-4, GTT) against gold"),
    ("check", "run every rule over articles, guidelines, work and gold"),
    ("store", "look at the work store, upgrade, copy or recover it"),
    ("team", "who may work in a store on PostgreSQL, and how far"),
    ("serve", "show the same screens in a browser"),
    ("token", "who of a team may log in to them there"),
)
"""Every verb with its one line of help, in the order of the work; each is `annotator.cli.VERB.command`."""


@click.group(
    cls=LazyVerbs,
    verbs=VERBS,
    package="annotator.cli",
    called="annotator",
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="annotator")
@click.option("--as", "name", metavar="NAME", help="Who is at the keyboard.")
@click.pass_context
def command(context: click.Context, name: str | None) -> None:
    """Label conflict news, settle disagreements, freeze versioned gold, score extractors against it.

    Without a verb it opens the workspace that the current folder lies in.

    Example: annotator score gold/1.0.0 predictions.jsonl
    """
    if context.invoked_subcommand is None:
        from annotator.cli.open_screens import open_screens

        open_screens(None, "label", name)
    elif name is not None:
        raise Refusal(
            "usage", "--as stands before the verb.", "Write it behind the verb; label, adjudicate and serve take it."
        )


def main() -> None:
    """Run the command line and leave with the exit status that the outcome has."""
    sys.exit(_run())


def _run() -> int:
    try:
        outcome = command(standalone_mode=False)
        return outcome if isinstance(outcome, int) else Exit.DONE
    except Refusal as refusal:
        _complain(refusal.what, refusal.do)
        return refusal.exit
    except click.exceptions.NoArgsIsHelpError as help_instead:
        help_instead.show()
        return Exit.BAD_INPUT
    except click.UsageError as error:
        asked = error.ctx.command_path if error.ctx else "annotator"
        _complain(error.format_message(), f"`{asked} --help` shows how it is used.")
        return Exit.BAD_INPUT
    except click.ClickException as error:
        _complain(error.format_message(), "")
        return Exit.BAD_INPUT
    except (click.Abort, KeyboardInterrupt):
        click.echo("annotator: interrupted; everything that was said to be saved is saved.", err=True)
        return 130
    except BrokenPipeError:  # whoever read our output has gone
        _drop_what_is_not_out()
        return Exit.DONE
    except OSError as error:
        # A file that we name is refused where it is written; what has no name is what we were started with.
        if error.errno not in _NO_ROOM or error.filename is not None:
            raise
        _drop_what_is_not_out()
        _complain(f"The output could not be written: {error.strerror}.", "Make room, and run it again.")
        return Exit.ENVIRONMENT


_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS)


def _drop_what_is_not_out() -> None:
    """Keep the interpreter from writing the rest of standard output as it ends, and complaining that it cannot."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _complain(what: str, do: str) -> None:
    from annotator.cli.talk import talk

    talk(f"annotator: {what}")
    if do:
        talk(f"  {do}")
