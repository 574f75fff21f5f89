"""The words that finders look for: triggers, number words, time words, boilerplate. Read from `lexicon/*.toml`.

Owns what a lexicon file may say. A new word, decoy or dual is a row in those files and never a branch in the code.
Words are written as they are read; finders fold both sides before they compare.
"""

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import Field

from annotator.model.article import RegionKind
from annotator.model.event_words import EventWords
from annotator.model.frozen import Frozen, Name, Quantity
from annotator.model.value import Precision, Qualifier, Scope

Phrases = tuple[Name, ...]
Bounds = Annotated[tuple[Quantity, ...], Field(min_length=1, max_length=2)]
"""Lowest and highest value of a vague word; without the second it is open above."""


class Unknown(Frozen):
    """How a text says that a figure is not known: a head, and a few words on a tail ("no information … casualties")."""

    heads: Phrases = ()
    whole: Phrases = ()
    """Heads that say it without a tail: "an unknown number of"."""
    figures: Phrases = ()
    """What a word of `unsaid` in the same clause makes unknown: "the death toll … is not known"."""
    unsaid: Phrases = ()
    tails: dict[Name, Phrases] = Field(default_factory=dict)
    """By unit: the words that end the phrase."""


class NumberWords(Frozen):
    """How a language writes numbers, what it puts around them, and what it counts."""

    cardinals: dict[Name, Quantity] = Field(default_factory=dict)
    """Words below a hundred, and hundreds that are one word."""
    scales: dict[Name, Quantity] = Field(default_factory=dict)
    """Words that multiply what stands before them: hundred, thousand, million."""
    fixed: dict[Name, Quantity] = Field(default_factory=dict)
    """Whole phrases with a value of their own: "a dozen", "ألفين"."""
    one: Phrases = ()
    """Articles that mean one before a scale or a measure ("a week")."""
    joiners: Phrases = ()
    """Words between the parts of one number: "and"."""
    dependent: Phrases = ()
    """Words that are numbers only together with others: "إحدى", which alone is "one of"."""
    pairs: dict[Name, Quantity] = Field(default_factory=dict)
    """Scales in a form that says two of them in front of a noun: "ألفا مقاتل"."""
    halves: dict[Name, tuple[Quantity, Quantity]] = Field(default_factory=dict)
    """Numerator and denominator of what is added behind a scale or a measure: "and a half"."""
    suffixes: dict[Name, Quantity] = Field(default_factory=dict)
    """Letters right behind digits that multiply them in front of what is counted: "2.5m people"."""
    vague: dict[Name, Bounds] = Field(default_factory=dict)
    weak: Phrases = ()
    """Words of `vague` that are numbers only in front of a known noun: "multiple"."""
    fractions: dict[Name, tuple[Quantity, Quantity]] = Field(default_factory=dict)
    """Numerator and denominator."""
    ordinal_fractions: Phrases = ()
    """Fractions that are a place in a row in front of a noun: "a third" of the men, but "a third attack"."""
    fraction_links: Phrases = ()
    """What stands behind a fraction of something: "of", "the", "were"."""
    ordinals: Phrases = ()
    """Places in a row: "first", "الثالث". A number that goes on with one, or follows one in Arabic, counts nothing."""
    before: dict[Qualifier, Phrases] = Field(default_factory=dict)
    """Modifiers in front of a number."""
    after: dict[Qualifier, Phrases] = Field(default_factory=dict)
    """Modifiers behind a number or its noun."""
    between: Phrases = ()
    """Words that open a range: "between"."""
    upto: Phrases = ()
    """Words between the two ends of a range: "to", "or". After a word of `between` joiners will do as well."""
    scopes: dict[Scope, Phrases] = Field(default_factory=dict)
    """What in front of a number says that it is a running total, or comes on top of one."""
    more: Phrases = ()
    """What behind a number, or its noun, says that it comes on top of one: "12 more", "tens of others"."""
    so_far: Phrases = ()
    """What in the same clause says of a number that it is a running total: "so far"."""
    nouns: dict[Name, Phrases] = Field(default_factory=dict)
    """By unit of the schema: the nouns that are counted in it."""
    things: Phrases = ()
    """Nouns that are counted in no unit of the schema: "houses". With `nouns`, what duals are made of by rule."""
    multiples: dict[Name, Quantity] = Field(default_factory=dict)
    """Nouns that stand for several of their unit: a week is 7 days."""
    finer: dict[Name, tuple[Quantity, Name]] = Field(default_factory=dict)
    """By unit of a measure: how many of which finer unit it is, for "half an hour" and "2.5 km"."""
    duals: dict[Name, Phrases] = Field(default_factory=dict)
    """By unit: nouns whose form says two and does not follow the rule."""
    partitives: Phrases = ()
    """Words between a number and what it counts: "of", "of the", ", the number of", "من"."""
    breaks: Phrases = ()
    """Words behind which what a number counts is not looked for: "in", "were"."""
    post: Phrases = ()
    """Numbers that follow their noun: "واحد", "عدة"."""
    tolls: Phrases = ()
    """Words beside a number without a noun that make it one of persons: "killing 12", "five were wounded"."""
    helpers: Phrases = ()
    """Words between a number and a word of `tolls`: "were", "have been"."""
    none: Phrases = ()
    """Words that say zero in front of what is counted: "no"."""
    none_of: Phrases = ()
    """Units of the schema that a word of `none` is read with."""
    nobody: Phrases = ()
    """Words that say zero persons where a word of `tolls` follows: "no one", "none"."""
    unknown: Unknown = Unknown()
    labels: Phrases = ()
    """Words behind which a number is a name or a label: "Article", "Brigade", "aged", "اللواء"."""
    row_labels: Phrases = ()
    """Those of them that stand in front of several: "aged 5, 7 and 9"."""
    loose_labels: Phrases = ()
    """The same, unless a noun stands right behind the number: "in the area 12 men were killed"."""
    labelled: Phrases = ()
    """What behind a number makes it no count: "mm", "p.m.", "years old"."""
    decoys: Phrases = ()
    """Phrases whose numbers count nothing: "between two fires", "one of the"."""


class TimeWords(Frozen):
    """How a language writes dates and times."""

    months: dict[Name, Quantity] = Field(default_factory=dict)
    weekdays: dict[Name, Quantity] = Field(default_factory=dict)
    """Monday is 1, Sunday 7."""
    relative: dict[Name, Quantity] = Field(default_factory=dict)
    """Words for a day, by distance in days: "yesterday"."""
    parts: Phrases = ()
    """Parts of a day: "morning", "midnight"."""
    openings: Phrases = ()
    """Words that belong to a part of a day in front of it: "after", "before"."""
    fillers: Phrases = ()
    """Words between the parts of one time expression: "of", "the"."""
    past_day: Phrases = ()
    """Words that say that a date lies behind: "last", "الماضي"."""
    next_day: Phrases = ()
    """Words that say that a date lies ahead: "next", "المقبل"."""
    ago_before: Phrases = ()
    """In front of a duration, away from now: "قبل"."""
    ago_after: Phrases = ()
    """Behind a duration, away from now: "ago"."""
    later_before: Phrases = ()
    """In front of a duration, away from another event: "بعد"."""
    later_after: Phrases = ()
    """Behind a duration, away from another event: "after"."""
    earlier_after: Phrases = ()
    """Behind a duration, back from another event: "before"."""
    event_links: Phrases = ()
    """What must follow when a duration counts from an event: "من"."""
    years: Phrases = ()
    """Words in front of a year that stands alone: "in", "عام"."""
    then: Phrases = ()
    """What only points back to a time and is none itself: "at the time", "حينها". It may date a report told again."""
    loose: dict[Name, Precision] = Field(default_factory=dict)
    """Expressions that are no point in time: "in recent days"."""
    reporting: Phrases = ()
    """Verbs of saying; with a time of their own and a `that`, times behind it count from the report."""
    that: Phrases = ()
    nearby: dict[Precision, dict[Name, Quantity]] = Field(default_factory=dict)
    """By precision: expressions by distance in units of it from publication: "last month" is -1, "tonight" 0."""
    from_event: dict[Precision, dict[Name, Quantity]] = Field(default_factory=dict)
    """The same from what was told before: "the next day"."""
    current: Phrases = ()
    """Words behind a date that say that it is of this month or year: "الجاري"."""
    stages: Phrases = ()
    """Words in front of a month, a year or a `nearby`: "early", "summer of", "مطلع"."""
    early_late: Phrases = ()
    """Words in front of a day that make a part of it: "late on"."""
    before_part: Phrases = ()
    """Words behind which every part of a day is a time: "at", "in the"."""
    alone: Phrases = ()
    """Parts of a day that are a time without any such word: "overnight", "ليلا"."""
    hours: Phrases = ()
    """Hours that may stand in front of a part of a day: "السابعة"."""
    before_month: Phrases = ()
    """Words behind which a month may stand alone: "in"; none of them stands between day and month."""
    month_words: Phrases = ()
    """Words in front of a month that belong to it: "شهر"."""
    weak_years: Phrases = ()
    """Words in front of a year that stands alone, unless it counts something: "of"."""
    links: Phrases = ()
    """Words between two days or two years: "and", "to"."""
    day_ordinals: dict[Name, Quantity] = Field(default_factory=dict)
    """Days of a month in words: "first", "الحادي عشر"."""
    past_before: Phrases = ()
    """In front of a duration that ends now: "the past 24 hours"."""
    past_after: Phrases = ()
    """Behind a duration that ends now: "الأخيرة"."""
    every: Phrases = ()
    """Words that make no day but all such days of a weekday or part of a day: "every"."""
    decoys: Phrases = ()
    """Names and phrases with words of time that are none: "Russia Today", "Bloody Sunday"."""
    hijri_months: Phrases = ()
    hijri_marks: Phrases = ()
    """Behind a year of the Islamic calendar: "هـ"."""
    midnights: Phrases = ()
    """Parts of a day of which it is not certain which day they belong to: "midnight"."""
    plurals: Phrases = ()
    """Nouns of time that say nothing without a number: "أيام"."""
    same_as: Phrases = ()
    """Between a day and its date, or its date in another calendar: "الموافق"."""
    loose_event: dict[Name, Precision] = Field(default_factory=dict)
    """Vague distances from what was told before: "hours later"."""


class ActorWords(Frozen):
    """How a language describes those who act or suffer, and how it names those that no registry knows."""

    heads: Phrases = ()
    """Nouns of fighters that are a description on their own: "gunmen", "مسلحون"."""
    trades: Phrases = ()
    """Nouns of people by what they do, which are a description on their own: "fishermen"."""
    singles: Phrases = ()
    """Nouns that are one behind a determiner or an adjective, or with the article: "sniper" in "a sniper", "الجيش"."""
    weak: Phrases = ()
    """Nouns that are one only with something that describes them: "forces", "عناصر"."""
    annexed: Phrases = ()
    """Nouns that take the name right behind them in: "فلول" in "فلول داعش"."""
    determiners: Phrases = ()
    """Words in front that do not belong to the description: "a", "the"."""
    before: Phrases = ()
    """What describes a noun from in front: "armed"."""
    after: Phrases = ()
    """What describes a noun from behind: "مجهولون"."""
    peoples: Phrases = ()
    """Adjectives of peoples and states. In front of `deeds` they are the actor: "Israeli" in "Israeli air strike"."""
    deeds: Phrases = ()
    """Nouns of what those did whose adjective stands in front."""
    prefixes: Phrases = ()
    """First parts of adjectives with a hyphen: "pro"."""
    suffixes: Phrases = ()
    """Last parts of adjectives with a hyphen: "backed"."""
    groups: Phrases = ()
    """What makes one of many and does not belong to the description: "group of", "مجموعة من"."""
    portions: Phrases = ()
    """Nouns that only portion out the party behind them: "members", "عناصر"."""
    possessives: Phrases = ()
    """Words in front that belong to a description, as they say whose it is: "their"."""
    bare: Phrases = ()
    """Words behind which a name that has lost its article ("the organization") is still that name: "of", "by"."""
    links: Phrases = ()
    """Words behind a noun that lead to a name, to another description or to one of `others`: "loyal to"."""
    partitives: Phrases = ()
    """The same, but behind nouns of fighters only: "of", "from"."""
    others: Phrases = ()
    """What a link may lead to without a name: "them", "the regime"."""
    endings: Phrases = ()
    """Whole descriptions from behind: "مجهولو الهوية"."""
    manners: Phrases = ()
    """Whole descriptions from behind that do not say whose they are and stay outside: "on motorcycles"."""
    compounds: Phrases = ()
    """Nouns that make an adjective of the noun beside them: "positions" in "rebel positions", "هجوم", "تفجير"."""
    name_openings: Phrases = ()
    """Words that the name of a group begins with: "Liwa", "حركة"."""
    name_endings: Phrases = ()
    """Words that the name of a group or an institution ends with: "Brigade"."""
    name_followers: Phrases = ()
    """Common nouns behind the name of a group: "militia" in "Zintan militia"."""
    titles: Phrases = ()
    """Words in front of the name of a person who acts: "commander"."""
    saying: Phrases = ()
    """Verbs behind an institution that reports: "reported"."""
    acting: Phrases = ()
    """Verbs that a state does: a name beside one that is an actor and a place is the actor ("Turkey deployed")."""


class PlaceWords(Frozen):
    """What stands around the names of places that no registry knows, and what such names are made of."""

    before: Phrases = ()
    """Words right in front of a place: "near", "the town of", "بلدة"."""
    within: Phrases = ()
    """Words in front of a name that is an actor and a place that make it the place: "inside"."""
    loose: Phrases = ()
    """Words in front of a place that stand in front of much else as well: "في"."""
    after: Phrases = ()
    """Words right behind a place: "province"."""
    openings: Phrases = ()
    """Words that names of places begin with: "Tell", "كفر"."""
    kinds: Phrases = ()
    """Words for a kind of place that belong to its name: "مطار"."""
    outside: Phrases = ()
    """Words for a kind of place that do not belong to its name: "village", "بلدة"."""
    of: Phrases = ()
    """What joins a word of `outside` to the name behind it: "of"."""
    provinces: Phrases = ()
    """The words for a province that stand at its name: "province"."""
    rows: Phrases = ()
    """Words in front of a row of names that make each a province: "provinces of"."""
    particles: Phrases = ()
    """Articles and other small words inside a name: "al"."""
    never: Phrases = ()
    """Words that no name of a place holds, even with a capital or behind one of `before`."""
    common: Phrases = ()
    """Words that are no place behind one of `loose`, though behind one of `before` they may be one."""
    doing: Phrases = ()
    """What behind a hyphen makes a name no place but one who does something: "backed" in "Turkey-backed"."""
    decoys: Phrases = ()
    """Phrases in which nothing is a place: "بواسطة", which is not in واسط, and "من المقرر"."""


class Words(Frozen):
    """One language's part of the lexicon."""

    triggers: dict[Name, Phrases] = Field(default_factory=dict)
    """By event type of the schema: words that are found as they are written."""
    casualties: Phrases = ()
    """Triggers of class `casualty`: they take the type of the violent event in their sentence."""
    events: EventWords = EventWords()
    """Words for events by their dictionary form, and what stands near them."""
    numbers: NumberWords = NumberWords()
    times: TimeWords = TimeWords()
    actors: ActorWords = ActorWords()
    places: PlaceWords = PlaceWords()


class Boilerplate(Frozen):
    """How lines that are not the article look, and the marks of a byline and a dateline."""

    lines: dict[RegionKind, Phrases] = Field(default_factory=dict)
    """By kind: whole lines."""
    openings: dict[RegionKind, Phrases] = Field(default_factory=dict)
    """By kind: how a line begins, whatever follows."""
    asides: dict[RegionKind, Phrases] = Field(default_factory=dict)
    """By kind: how a short line begins that is no sentence; the article goes on below it ("Read more: …")."""
    marks: dict[RegionKind, Phrases] = Field(default_factory=dict)
    """By kind: what stands somewhere in a short line ("all rights reserved")."""
    bars: Phrases = ()
    """Words that make a bar of buttons of a line that has no other words: "Facebook Twitter Print"."""
    closing: tuple[RegionKind, ...] = ()
    """Below a whole line of these kinds nothing is the article any more."""
    bylines: Phrases = ()
    """How a byline begins; only a short line between title and text is one."""
    byline_marks: Phrases = ()
    """What stands somewhere in such a line: "correspondent"."""
    signatures: Phrases = ()
    """How a byline below the text begins: "Reporting by"."""
    date_words: Phrases = ()
    """Words that stand with dates in a dateline: "published", "GMT"."""
    agencies: Phrases = ()
    """Who is named in a dateline in front of its dash: "Reuters", "خاص"."""


class Lexicon(Frozen):
    """All words, by language, and the boilerplate of all outlets."""

    languages: dict[Name, Words]
    boilerplate: Boilerplate = Boilerplate()

    def all_words(self) -> Words:
        """Give the words of all languages as one: scripts keep them apart, and texts mix languages."""
        tables = [words.model_dump() for words in self.languages.values()]
        return Words.model_validate(_union(tables)) if tables else Words()


def _union(parts: Sequence[Any]) -> Any:
    """Give tables with the same fields as one: lists behind each other, tables key by key, otherwise the first."""
    first = parts[0]
    if isinstance(first, dict):
        keys = dict.fromkeys(key for part in parts for key in part)
        return {key: _union([part[key] for part in parts if key in part]) for key in keys}
    if isinstance(first, tuple) and all(isinstance(item, str) for part in parts for item in part):
        return tuple(item for part in parts for item in part)
    return first
