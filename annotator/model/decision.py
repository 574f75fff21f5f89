"""One thing that one person did. The log of decisions is the truth; everything else about an annotation is derived.

A decision carries whole values (a mention, an event frame), never differences, so that the log can be read without
the candidates that it was made on. Several changes in one decision are done, and undone, together.
"""

from typing import Annotated, Literal

from pydantic import Field, StrictBool, StrictInt

from annotator.model.article import Region, Sha256
from annotator.model.challenge import Challenge, Outcome, Said
from annotator.model.event import Event
from annotator.model.frozen import Frozen, Name, Offset, Quantity
from annotator.model.mention import Kind, Mention
from annotator.model.note import Note

Disposition = Literal["confirmed", "corrected", "rejected", "unsure", "added"]
"""What was said of a mention. A candidate without one is untouched; `added`: no finder proposed it."""

Stage = Literal["label", "adjudicate"]


class SettleMention(Frozen):
    """A mention is confirmed, corrected, rejected, left unsure, or added; later settlings of an id win."""

    change: Literal["mention"] = "mention"
    disposition: Disposition
    mention: Mention
    """What holds from now on; for a rejected one, what was rejected."""
    reason: Name | None = None
    """For a rejection: why, as one of the schema's `rejection_reasons`."""


class RemoveMention(Frozen):
    """An added mention is taken away again."""

    change: Literal["remove_mention"] = "remove_mention"
    mention: Name


class SetEvent(Frozen):
    """An event frame is made, or replaced whole."""

    change: Literal["event"] = "event"
    event: Event


class RemoveEvent(Frozen):
    """An event frame is taken away."""

    change: Literal["remove_event"] = "remove_event"
    event: Name


class Finish(Frozen):
    """The article is marked done, or opened again."""

    change: Literal["finish"] = "finish"
    finished: StrictBool
    read_to_end: StrictBool | None = None
    """Whether the whole article was read for what nobody proposed; None leaves what was said of that before."""


class SetNote(Frozen):
    """A note or question is written, or written anew."""

    change: Literal["note"] = "note"
    note: Note


class RemoveNote(Frozen):
    """A note or question is taken away."""

    change: Literal["remove_note"] = "remove_note"
    note: Name


class Flag(Frozen):
    """The article is flagged for somebody to look at, or no longer."""

    change: Literal["flag"] = "flag"
    flagged: StrictBool


class Skip(Frozen):
    """The person leaves the article to others, or takes it up after all."""

    change: Literal["skip"] = "skip"
    skipped: StrictBool


class SetRegions(Frozen):
    """The article falls into these regions, whatever the finders made of it."""

    change: Literal["regions"] = "regions"
    regions: tuple[Region, ...]


class Undo(Frozen):
    """A decision of the same person on the same article no longer counts."""

    change: Literal["undo"] = "undo"
    of: Name
    """Id of the decision."""


class Redo(Frozen):
    """An undone decision counts again."""

    change: Literal["redo"] = "redo"
    of: Name
    """Id of the decision."""


class About(Frozen):
    """What a ruling is about, so that it is known again when annotators change something and the ids with it."""

    kind: Kind | Literal["event"]
    start: Offset
    end: Offset
    answers: Name
    """Digest of the answers that the adjudicator saw."""


WhyWrong = Literal["ambiguous", "guideline_gap", "slip", "wrong_fact"]
"""What led annotators astray: the text can be read in two ways, the guidelines do not say, a slip of the hand, or they
took the text to say what it does not."""


class Rule(Frozen):
    """An adjudicator settles a disagreement: by one annotator's answer, by none, or by an answer of the own."""

    change: Literal["rule"] = "rule"
    item: Name
    """Id of the disagreement; for one slot of an event with `/` and the slot behind it."""
    choice: Literal["pick", "none", "edited"]
    annotator: Name | None = None
    """For `pick`: whose answer, as pseudonym."""
    about: About | None = None
    """Absent in rulings of versions before 0.2."""
    wholesale: StrictBool = False
    """Whether it was made with all that were left in the article, by taking one annotator's answers."""
    follows: Literal[True] | None = None
    """Of an event: nobody was asked, since by other rulings all answers came to the same."""


class Reason(Frozen):
    """Why a disagreement was settled as it was. A later reason takes the place of an earlier one."""

    change: Literal["reason"] = "reason"
    item: Name
    """Id of the disagreement."""
    why: WhyWrong
    confidence: Annotated[StrictInt, Field(ge=1, le=3)]
    """How sure the adjudicator is: 1 a guess, 2 fairly, 3 certain."""
    note: Name | None = None


class Reveal(Frozen):
    """An adjudicator asked who gave which answer to a disagreement."""

    change: Literal["reveal"] = "reveal"
    item: Name
    """Id of the disagreement."""


class AnswerChallenge(Frozen):
    """An adjudicator answers a challenge. It is told whole, so that the log alone says what came of it."""

    change: Literal["challenge"] = "challenge"
    challenge: Challenge
    outcome: Outcome
    why: Said


Change = Annotated[
    SettleMention
    | RemoveMention
    | SetEvent
    | RemoveEvent
    | SetNote
    | RemoveNote
    | SetRegions
    | Flag
    | Skip
    | Finish
    | Undo
    | Redo
    | Rule
    | Reason
    | Reveal
    | AnswerChallenge,
    Field(discriminator="change"),
]


class Imported(Frozen):
    """Where a decision came from that nobody took here: a file of another tool."""

    format: Name
    """What `annotator import --from` calls it."""
    file: Name
    """The name of the file, or of the folder of files."""
    sha256: Sha256
    """Of the file; of a folder, of its files' names and hashes."""
    said_sha256: Sha256
    """Of what it says of the article in our words: what says the same is not taken in again."""


class Decision(Frozen):
    """One step of one person on one article, as it stands in the log."""

    id: Name
    """Made by the client, so that a decision sent twice counts once."""
    person: Name
    """Who decided, by pseudonym."""
    article_id: Name
    text_sha256: Sha256
    """The text that was on the screen."""
    stage: Stage
    made_at: Quantity
    """Milliseconds since 1970 by the client's clock. Order follows the log, never this."""
    changes: tuple[Change, ...] = Field(min_length=1)
    migration: Name | None = None
    """The migration of the schema that made this under the person's name, who did not decide anew. It is not undone."""
    imported: Imported | None = None
    """The file of another tool that this was taken out of. It is not undone: nobody did it here."""

    @property
    def is_lasting(self) -> bool:
        """Whether it is not undone, since no key was pressed for it."""
        return self.migration is not None or self.imported is not None


ALWAYS_POSSIBLE: tuple[type[Frozen], ...] = (Finish, SetNote, RemoveNote, Flag, Skip, AnswerChallenge)
"""Changes that no label depends on: they can be made of an article that is marked done."""
