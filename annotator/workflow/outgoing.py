"""What waits on this machine for a server that did not answer: sent by opening each article as its person once more."""

from annotator.errors import Refusal
from annotator.store.outbox import Waiting, all_waiting
from annotator.store.people import names
from annotator.text.counted import counted
from annotator.workflow.labelling import adjudicating, labelling
from annotator.workflow.project import Project


def waiting_to_go(project: Project) -> list[Waiting]:
    """Give what was decided in this workspace and the store does not have yet."""
    return all_waiting(project.workspace.work, project.workspace.store_url)


def send_waiting(project: Project) -> str:
    """Send all that waits, and say in lines what became of it; what is refused goes on waiting."""
    told = []
    before = waiting_to_go(project)
    for one in before:
        try:
            _send(project, one)
        except Refusal as refusal:
            told.append(f"{counted(one.decisions, 'decision')} on {one.article_id} still wait to be sent: {refusal}")
    sent = sum(one.decisions for one in before) - sum(one.decisions for one in waiting_to_go(project))
    if sent:
        told.insert(0, f"Sent from this machine, where the store had not answered: {counted(sent, 'decision')}.")
    return "\n".join(told)


def _send(project: Project, one: Waiting) -> None:
    """Open the article as whoever decided: opening takes over what waits, and closing ends when it is saved."""
    name = names(project.engine).get(one.person)
    if name is None:
        raise Refusal("person.unknown", f"Nobody in the store is called {one.person}.", "Restore what names people.")
    if one.stage == "adjudicate":
        with adjudicating(project, one.article_id, name):
            return
    with labelling(project, one.article_id, name):
        return
