"""The application over a workspace: who is there, which article is open, the first time, and that all is saved."""

from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager
from typing import get_args

from textual import events

from annotator.errors import Refusal
from annotator.model.decision import Stage
from annotator.store.log import count_finished
from annotator.store.people import find_pseudonym
from annotator.text.counted import counted
from annotator.tui.keys import keys_in_force, shown_keys
from annotator.tui.layout import BidiMode
from annotator.tui.screens.adjudicate import AdjudicateScreen
from annotator.tui.screens.card import Card
from annotator.tui.screens.feedback import FeedbackScreen
from annotator.tui.screens.label import LabelScreen
from annotator.tui.screens.queue import Purpose, QueueScreen
from annotator.tui.screens.tour_offer import TourOffer
from annotator.tui.screens.tour_screen import TourScreen
from annotator.tui.screens.who import WhoScreen
from annotator.tui.screens.writing_card import WritingCard
from annotator.tui.terminal_app import TerminalApp
from annotator.workflow.feedback import feedback
from annotator.workflow.first_time import asks_for_writing, offers_tour, remember_welcome, remember_writing
from annotator.workflow.labelling import adjudicating, labelling
from annotator.workflow.person import remember_person
from annotator.workflow.project import Project
from annotator.workflow.session import Session
from annotator.workflow.status import next_waiting
from annotator.workflow.touring import touring


class AnnotatorApp(TerminalApp):
    """The screens over one open workspace."""

    def __init__(
        self,
        project: Project,
        name: str | None,
        article_id: str | None = None,
        stage: Stage = "label",
        news: str = "",
        mode: BidiMode = BidiMode.GUARD,
        typed_ahead: str = "",
        *,
        welcome: bool = False,
        terminal: str = "",
        stages: Collection[Stage] = get_args(Stage),
    ) -> None:
        """Open the queue, or one article at once; `name` is asked for when it is None, and may do `stages`.

        `mode` is how right-to-left text is written on this kind of `terminal`; `typed_ahead` are keys that were pressed
        while it was asked. With `welcome`, whoever opens the queue for the first time is told how things are done.
        """
        super().__init__(project.workspace.settings, mode)
        self.project = project
        self.person_name = name
        self.news = news
        self._typed_ahead = typed_ahead
        self._welcome = welcome
        self._terminal = terminal
        self._stages = stages
        self._first = (article_id, stage) if article_id else None
        self._open = ExitStack()
        self._session: Session | None = None
        self._current_events: dict[str, str] = {}
        """Which event was current when an article was left in this sitting, by the article's id."""
        self._was_done = False
        """Whether the open article was done when it was opened."""
        self.refusal: Refusal | None = None
        """Why the program ended without doing what was asked: the article cannot be opened, or not all was saved."""

    async def on_mount(self) -> None:
        """Ask who is there if nobody said it, then show what there is to do."""
        self.begin_showing()
        if self.person_name is None:
            self.push_screen(WhoScreen(), self._named)
        else:
            await self._begin()
        if isinstance(self.screen, Card):
            return  # nobody answers a question before it is asked
        for character in filter(str.isalnum, self._typed_ahead):
            self.post_message(events.Key(character, character))

    async def _named(self, name: str | None) -> None:
        if name is None:
            self.exit()
            return
        self.person_name = name
        with self._ended_by_refusals():
            remember_person(self.project.workspace, name)
            await self._begin()

    async def _begin(self) -> None:
        with self._ended_by_refusals():
            person = find_pseudonym(self.project.engine, self.person_name or "", "label")
            await self.push_screen(QueueScreen(self.project, self.person_name or "", person, self.mode, self.news))
            if self._first is not None:
                self._open_screen(*self._first)
            elif self._welcome:
                self._ask_for_writing()

    # The first time

    def _ask_for_writing(self) -> None:
        """Show the card where there is something in Arabic and nobody answered it on this kind of terminal."""
        if asks_for_writing(self.project, self._terminal):
            self.push_screen(WritingCard(self.mode), self._first_card_answered)
        else:
            self._offer_tour()

    def _first_card_answered(self, mode: BidiMode | None) -> None:
        self._use_writing(mode)
        self._offer_tour()

    def _use_writing(self, mode: BidiMode | None) -> None:
        """Write right-to-left text so from now on, here and the next time on this kind of terminal."""
        if mode is None:
            return
        self.mode = mode
        self._attempt(lambda queue: queue.use_mode(mode))
        if self._terminal:
            self._attempt(lambda _: remember_writing(self.project.workspace, self._terminal, mode))

    def _offer_tour(self) -> None:
        name = self.person_name or ""
        if offers_tour(self.project, name):
            later = keys_in_force(self.project.workspace.settings)["queue.tour"]
            self._attempt(lambda _: remember_welcome(self.project.workspace, name))
            self.push_screen(TourOffer(shown_keys(later.split(",")[0])), self._tour_answered)

    def _tour_answered(self, wanted: bool | None) -> None:
        if wanted:
            self._attempt(lambda _: self._take_tour())

    def _take_tour(self) -> None:
        self._session = self._open.enter_context(touring(self.project))
        self.push_screen(TourScreen(self._session, self.mode), self._tour_closed)

    def _tour_closed(self, _: bool | None) -> None:
        self._close_article()
        self._attempt(lambda queue: queue.use_mode(self.mode))

    def _attempt(self, step: Callable[[QueueScreen], None]) -> None:
        """Take a step; say below the queue what refuses it."""
        try:
            step(self._queue)
        except Refusal as refusal:
            self._refused(self._queue, refusal)

    @property
    def _queue(self) -> QueueScreen:
        """The queue, which lies below whatever is open."""
        return next(screen for screen in self.screen_stack if isinstance(screen, QueueScreen))

    def _refused(self, queue: QueueScreen, refusal: Refusal) -> None:
        """Say below the queue what refuses; what was typed for it is for nothing else."""
        self._early.clear()
        self._goes_on = False
        queue.opening = False
        queue.say(str(refusal))

    def on_queue_screen_tour_wanted(self, _event: QueueScreen.TourWanted) -> None:
        """Take the tour."""
        self._tour_answered(True)

    async def on_queue_screen_writing_wanted(self, _event: QueueScreen.WritingWanted) -> None:
        """Ask which line reads correctly."""
        await self.push_screen(WritingCard(self.mode), self._use_writing)
        await self.hand_over()

    @contextmanager
    def _ended_by_refusals(self) -> Iterator[None]:
        """End the program with what refused to begin."""
        try:
            yield
        except Refusal as refusal:
            self.refusal = refusal
            self.exit()

    def on_queue_screen_opened(self, event: QueueScreen.Opened) -> None:
        """Open what was chosen in the queue; say below the queue what refuses it."""
        try:
            self._open_screen(event.article_id, event.purpose)
        except Refusal as refusal:
            if isinstance(self.screen, QueueScreen):
                self._refused(self.screen, refusal)

    def _open_screen(self, article_id: str, purpose: Purpose) -> None:
        """Show an article to label, adjudicate or see what became of it. Raises `Refusal` if it cannot be opened."""
        self._refuse_other_stages(purpose)
        name, self._was_done = self.person_name or "", False
        if purpose == "label":
            self._session = self._open.enter_context(labelling(self.project, article_id, name))
            of_queue = count_finished(self.project.engine, self._session.person), self._queue.listing.articles
            screen = LabelScreen(self._session, self.mode, of_queue=of_queue, current=self._current_events)
            self.push_screen(screen, self._article_closed)
        elif purpose == "feedback":
            found = self._open.enter_context(feedback(self.project, article_id, name))
            self._session = found.session
            self.push_screen(FeedbackScreen(found, self.mode), self._article_closed)
        else:
            adjudication = self._open.enter_context(adjudicating(self.project, article_id, name))
            self._session = adjudication.session
            self.push_screen(AdjudicateScreen(adjudication, self.mode), self._article_closed)
        self._was_done = self._session.annotation.finished

    def _refuse_other_stages(self, purpose: Purpose) -> None:
        """Raise `Refusal` `label.not-allowed` for what this person may not do here; what became of work is all's."""
        if purpose != "feedback" and purpose not in self._stages:
            raise Refusal(
                "label.not-allowed",
                f"You may {' and '.join(self._stages)} here, and not {purpose}.",
                "Ask whoever leads the team if that is wrong.",
            )

    def _article_closed(self, onwards: bool | None) -> None:
        """Save what is left of the article, and go on to the next or look at the queue again."""
        labelled, done = self._session, self._was_done
        lost = self._close_article()
        if isinstance(self.screen, QueueScreen):
            if labelled is not None and labelled.stage == "label" and labelled.began:
                self.screen.person = labelled.person
            self.screen.mode = self.mode
            self.screen.left = str(lost or "")
            self.screen.show_articles(labelled.article.article_id if labelled else None)
            if labelled is not None and labelled.annotation.finished and not done:
                self.screen.go_on_from(labelled.article.article_id, labelled.stage)
            if lost is not None:
                self.screen.say(str(lost))
            elif onwards and labelled is not None:
                self._open_next(self.screen, labelled)

    def _open_next(self, queue: QueueScreen, labelled: Session) -> None:
        """Open the article that waits behind the one that was left, or say that none does."""
        article_id = next_waiting(self.project, self.person_name or "", "label", labelled.article.article_id)
        if article_id is None:
            queue.say("No other article waits for you.")
        else:
            self.goes_on()
            self.on_queue_screen_opened(QueueScreen.Opened(article_id, "label"))

    def on_queue_screen_next_wanted(self, event: QueueScreen.NextWanted) -> None:
        """Open what waits for the person next, or say that nothing does."""

        def step(queue: QueueScreen) -> None:
            self._refuse_other_stages(event.stage)  # before anything is handed out
            article_id = next_waiting(self.project, self.person_name or "", event.stage)
            if article_id is None:
                queue.opening = False
                queue.say("Nothing waits for you: others have what there is, or it is not ready.")
            else:
                self._open_screen(article_id, event.stage)

        self._attempt(step)

    def _close_article(self) -> Refusal | None:
        """Save what is left of the open article; give what could not be saved, as a refusal."""
        session, self._session = self._session, None
        self._open.close()
        if session is None or not session.save_state.pending:
            return None
        left = f"{counted(session.save_state.pending, 'decision')} on {session.article.article_id}"
        if session.save_state.all_kept:
            return Refusal(
                "store.not-written",
                f"{left} could not be sent. They are kept on this machine.",
                "They are sent when annotator is opened here and the store answers.",
            )
        return Refusal(
            "store.not-written",
            f"{left} could not be saved.",
            "Those before them are kept. Mend the store, then make them again.",
        )

    def on_unmount(self) -> None:
        """Save what is left, however the program ends."""
        self.refusal = self._close_article() or self.refusal
