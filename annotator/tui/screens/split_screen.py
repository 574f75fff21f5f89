"""What a new version of the schema asks on both screens: which of several names a label has now, one key an answer."""

from collections.abc import Iterator

from annotator.model.mention import Mention
from annotator.model.migrating import Question
from annotator.text.counted import counted
from annotator.text.display import display
from annotator.tui.facts import quote
from annotator.tui.layout import BidiMode
from annotator.tui.screens.margin_screen import MarginScreen
from annotator.tui.widgets.picker import Option
from annotator.workflow.answering import Asked
from annotator.workflow.session import Session


class SplitScreen(MarginScreen):
    """An article in which names may have been split."""

    def __init__(self, session: Session, mode: BidiMode) -> None:
        """Show the article of `session`."""
        super().__init__(session, mode)
        self.split_names = Asked(session)
        """What a person has to say, because names were split."""

    def remarks(self) -> list[str]:
        """Give how many questions wait."""
        left = len(self.split_names.left)
        return [*super().remarks(), *([f"{left} to answer"] if left else [])]

    def waiting_questions(self) -> Iterator[str]:
        """Say that questions wait, for whoever comes to the article."""
        if left := len(self.split_names.left):
            yield f"A new schema asks {counted(left, 'question')} about these labels: M answers."

    def action_answer(self) -> None:
        """Show the first label that a new schema splits, and ask what it is now; then the next one."""
        left = self.split_names.left
        if not left:
            self.panel.tell("No label waits to be told anew.")
            return
        question = left[0]
        self.look_at(question)
        options = [Option(name, self._called(question, name), key) for key, name in question.split.answers.items()]
        self.panel.choose(display(question.split.question), options, lambda name: self._answer(question, name))
        words = quote(self.asked_about(question).quote, self.mode)
        self.say(f"{words}: until now {question.old}. {counted(len(left), 'question')} left; Esc leaves them.")

    def _called(self, question: Question, name: str) -> str:
        known = self.session.schema.types.get(name) if question.sort == "types" else None
        return f"{display(name)}  {display(known.title)}" if known else display(name)

    def _answer(self, question: Question, name: str) -> None:
        if self.attempt(lambda: self.split_names.answer(question, name)):
            if self.split_names.left:
                self.action_answer()
            else:
                self.say("Every label has its new name. u takes answers back.")

    def asked_about(self, question: Question) -> Mention:
        """Give the mention that a question is about."""
        return self.session.annotation.settled[question.mention].mention

    def look_at(self, question: Question) -> None:
        """Show what is asked about."""
        self.jump_to(self.asked_about(question).start)
