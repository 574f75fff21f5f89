"""What is different in a checkout: whose it is, what is not done there, and how much of it the server does not have."""

from collections.abc import Mapping

from annotator.errors import Refusal
from annotator.store.checkouts import Checkout, read_checkout
from annotator.store.log import standings
from annotator.store.workspace import Workspace
from annotator.text.counted import counted
from annotator.workflow.project import Project


def refuse_in_checkout(workspace: Workspace, what: str) -> None:
    """Raise `Refusal` `checkout.not-here` in a checkout; `what` is what is not done there, as a sentence begins."""
    if workspace.is_checkout:
        raise Refusal(
            "checkout.not-here",
            f"{what} in a checkout: it holds one person's own work, and nobody else's.",
            "Do it in the workspace that it was taken from.",
        )


def required_checkout(workspace: Workspace) -> Checkout:
    """Give what a checkout remembers. Raises `Refusal`: `checkout.missing` for a workspace that is none."""
    checkout = read_checkout(workspace)
    if checkout is None:
        raise Refusal(
            "checkout.missing",
            f"{workspace.root} was not checked out of a store: what is decided here is saved where it belongs.",
            "Go into the folder that `annotator checkout` made.",
        )
    return checkout


def unsent(project: Project, checkout: Checkout) -> Mapping[str, int]:
    """Give how many decisions the server is not known to have, by article. Asks no server."""
    made = {
        (one.article_id, one.text_sha256): one.decisions
        for one in standings(project.engine)
        if one.person == checkout.person
    }
    return {
        one.article_id: max(0, made.get((one.article_id, one.text_sha256), 0) - one.sent) for one in checkout.articles
    }


def told_of_checkout(project: Project) -> str:
    """Give a line on how far a checkout was sent; nothing for a workspace that is none."""
    checkout = read_checkout(project.workspace)
    if checkout is None:
        return ""
    waiting = unsent(project, checkout)
    left, where = sum(waiting.values()), sum(map(bool, waiting.values()))
    said = f"{counted(left, 'decision')} on {counted(where, 'article')} not sent yet" if left else "all is sent"
    return f"Checked out of {checkout.server}: {said}{' (annotator sync)' if left else ''}."
