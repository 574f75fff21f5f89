"""What in a text hints at the role of a mention: words in front of it, its side of the trigger, what a number counts.

Read from `cues.toml`, which a workspace may do without. Owns what that file may say; proposing is the workflow's.
"""

from pydantic import Field

from annotator.model.frozen import Frozen, Name

Names = tuple[Name, ...]


class RoleCues(Frozen):
    """Which roles are alike in where they are looked for. A role in none of these is never proposed."""

    doer: Names = ()
    """Who does it: in front of a verb, or behind a word like "by"."""
    done_to: Names = ()
    """To whom or what it is done: behind a verb, or behind a word like "on"."""
    itself: Names = ()
    """Doers that a passive is about as well: forces "are stationed"."""
    sides: Names = Field(default=(), max_length=2)
    """The two sides of a fight, in their order."""
    counted: Names = ()
    """Whose losses a number counts: right behind it."""
    setting: Names = ()
    """Where and when: near."""
    reports: Names = ()
    """Who only says so."""


class WordCues(Frozen):
    """Words of all languages, as the lexicon writes them."""

    by: Names = ()
    """In front of the doer: "by", "من قبل"."""
    of: Names = ()
    """Right between a trigger and the doer: "of"."""
    possessive: Names = ()
    """Right behind the doer, who stands right in front of the trigger: "'s"."""
    on: Names = ()
    """In front of what it is done to: "on", "على"."""
    between: Names = ()
    """In front of the two sides."""
    against: Names = ()
    """In front of the other side."""
    joins: Names = ()
    """What alone may stand between mentions that go together: "and", "the"."""
    passive: Names = ()
    """In front of a verb that is done to what stands in front of it: "were"."""
    reporting: Names = ()
    """Behind who only reports: "said"; in front of one where the verb comes first."""
    according: Names = ()
    """In front of who only reports: "according to"."""
    prepositions: Names = ()
    """What stands behind one of these does nothing itself, and no doer is sought across one."""
    weak_prepositions: Names = ()
    """What stands right behind one of these does nothing itself; further off they say nothing: "of", "to"."""
    breaks: Names = ()
    """Where another clause begins: "which", "where"."""
    elsewhere: Names = ()
    """Those behind which something else is told, however near: "where". Its place, time and people are its own."""


class CountCues(Frozen):
    """What says that a number fills a role."""

    units: Names
    """What it counts, as the schema's units name it."""
    words: Names = ()
    """One of these must stand near; without any, the unit is enough beside the trigger."""


class Cues(Frozen):
    """All cues."""

    verb_first: Names = ()
    """Languages in which who does it stands right behind the verb."""
    roles: RoleCues = RoleCues()
    words: WordCues = WordCues()
    counts: dict[Name, CountCues] = Field(default_factory=dict)
    """By role."""
