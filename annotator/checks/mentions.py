"""Rules over the mentions, rejections and regions of one article. Owns what a stretch and its value must be."""

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise

from annotator.checks.labels import Labels, repeated
from annotator.checks.rule import Found, RuleBook, unknown
from annotator.model.annotation import reading_order
from annotator.model.article import READ_REGIONS
from annotator.model.date import is_date
from annotator.model.mention import Mention
from annotator.model.value import NumberValue, Qualifier, TimeValue

MENTIONS: RuleBook[Labels] = RuleBook("records")
"""Rules over mentions, rejections and regions."""


@MENTIONS.rule("mention.id", "error", "Two mentions of an article carry the same id.")
def _ids_twice(labels: Labels) -> Iterator[Found]:
    for mention in repeated((mention.id, mention) for mention in labels.mentions):
        yield Found(labels.at(mention), f"The id {mention.id!r} is taken by an earlier mention. Give this one its own.")


@MENTIONS.rule("mention.offsets", "error", "A mention reaches beyond the end of the text.")
def _outside_the_text(labels: Labels) -> Iterator[Found]:
    if labels.text is None:
        return
    for mention in labels.mentions:
        if mention.end > len(labels.text):
            message = f"The {mention.kind} ends behind the text, which has {len(labels.text)} code points."
            yield Found(labels.at(mention), message)


@MENTIONS.rule("mention.quote", "error", "A mention's quote differs from the characters that it stands on.")
def _quote_differs(labels: Labels) -> Iterator[Found]:
    if labels.text is None:
        return
    for mention in labels.mentions:
        stands = mention.span.of(labels.text)
        if mention.end <= len(labels.text) and stands != mention.quote:
            yield Found(labels.at(mention), f"The quote is {mention.quote!r}, but the text says {stands!r}.")


@MENTIONS.rule("mention.duplicate", "error", "Two mentions of an article have the same kind and the same span.")
def _same_mention_twice(labels: Labels) -> Iterator[Found]:
    for mention in repeated(((mention.kind, mention.span), mention) for mention in labels.mentions):
        yield Found(labels.at(mention), f"An earlier mention is a {mention.kind} here too. Keep one of them.")


@MENTIONS.rule("mention.order", "warning", "Mentions do not stand in reading order.")
def _out_of_order(labels: Labels) -> Iterator[Found]:
    for before, after in pairwise(labels.mentions):
        if reading_order(after)[:3] < reading_order(before)[:3]:
            yield Found(labels.at(after), f"The mention {after.id!r} belongs before {before.id!r}.")


@MENTIONS.rule("mention.label", "error", "A trigger is labelled with something that is no event type of the schema.")
def _label_unknown(labels: Labels) -> Iterator[Found]:
    for mention in labels.mentions:
        if mention.kind == "trigger" and mention.label is not None and mention.label not in labels.schema.types:
            yield Found(labels.at(mention), unknown(mention.label, "an event type of the schema", labels.schema.types))


@MENTIONS.rule("mention.ref", "error", "A mention refers to an entry that the registry of its kind does not have.")
def _ref_unknown(labels: Labels) -> Iterator[Found]:
    if labels.registry is None:
        return
    known: Mapping[str, Mapping[str, object]] = {"actor": labels.registry.actors, "place": labels.registry.places}
    for mention in labels.mentions:
        entries = known.get(mention.kind, {})
        if mention.ref is not None and mention.ref not in entries:
            yield Found(labels.at(mention), unknown(mention.ref, f"the id of a known {mention.kind}", entries))


@MENTIONS.rule("mention.boilerplate", "warning", "A mention stands in boilerplate, where nothing should be labelled.")
def _in_boilerplate(labels: Labels) -> Iterator[Found]:
    boilerplate = [region for region in labels.regions if region.kind not in READ_REGIONS]
    for mention in labels.mentions:
        for region in boilerplate:
            if mention.span.overlaps(region.span):
                message = f"The {mention.kind} {mention.quote!r} stands in the {region.kind}. Is the region right?"
                yield Found(labels.at(mention), message)


@MENTIONS.rule("region.offsets", "error", "A region is empty, or reaches beyond the end of the text.")
def _region_outside(labels: Labels) -> Iterator[Found]:
    for region in labels.regions:
        if region.start >= region.end:
            yield Found(labels.at(region), f"The region {region.kind} is empty.")
        elif labels.text is not None and region.end > len(labels.text):
            message = f"The region {region.kind} ends behind the text, which has {len(labels.text)} code points."
            yield Found(labels.at(region), message)


@MENTIONS.rule("region.overlap", "error", "Two regions of an article overlap.")
def _regions_overlap(labels: Labels) -> Iterator[Found]:
    for before, after in pairwise(sorted(labels.regions, key=lambda region: region.span)):
        if before.span.overlaps(after.span):
            yield Found(labels.at(after), f"The region {after.kind} overlaps the {before.kind} before it.")


def _numbers(labels: Labels) -> Iterator[tuple[Mention, NumberValue]]:
    for mention in labels.mentions:
        if isinstance(mention.value, NumberValue):
            yield mention, mention.value


@MENTIONS.rule("number.missing", "warning", "A number has no value.")
def _no_value(labels: Labels) -> Iterator[Found]:
    for mention in labels.mentions:
        if mention.kind == "number" and mention.value is None:
            message = f"The number {mention.quote!r} has no value. Say what it means, or that it is unknown."
            yield Found(labels.at(mention), message)


@MENTIONS.rule("number.bounds", "error", "A number is negative, or its best value lies outside its bounds.")
def _bounds_wrong(labels: Labels) -> Iterator[Found]:
    for mention, value in _numbers(labels):
        low = 0 if value.low is None else value.low
        if min(bound for bound in (low, value.high, value.best) if bound is not None) < 0:
            yield Found(labels.at(mention), f"The number {mention.quote!r} has a negative value.")
        elif value.best is not None and (value.best < low or (value.high is not None and value.best > value.high)):
            message = f"The best value {value.best} lies outside {_interval(value)}."
            yield Found(labels.at(mention), message)


def _interval(value: NumberValue) -> str:
    low, high = ("" if bound is None else str(bound) for bound in (value.low, value.high))
    return f"{low}..{high}"


_QUALIFIED: Mapping[Qualifier, tuple[str, Callable[[NumberValue], bool]]] = {
    "exact": ("one value as both bounds", lambda v: v.low is not None and v.low == v.high),
    "at_least": ("a low bound and no high one", lambda v: v.low is not None and v.high is None),
    "more_than": ("a low bound and no high one", lambda v: v.low is not None and v.high is None),
    "at_most": ("a high bound", lambda v: v.high is not None),
    "less_than": ("a high bound", lambda v: v.high is not None),
    "about": ("a best value", lambda v: v.best is not None),
    "range": ("two different bounds", lambda v: v.low is not None and v.high is not None and v.low < v.high),
    "vague": ("a bound", lambda v: v.low is not None or v.high is not None),
    "unknown": ("no value at all", lambda v: v.low is None and v.high is None and v.best is None),
}
"""What each qualifier needs of a value, in words and as a test."""


@MENTIONS.rule("number.qualifier", "warning", "A number's bounds do not fit its qualifier.")
def _qualifier_unfit(labels: Labels) -> Iterator[Found]:
    for mention, value in _numbers(labels):
        needs, fits = _QUALIFIED[value.qualifier]
        if value.num is None and not fits(value):
            message = f"{mention.quote!r} is {value.qualifier!r}, which needs {needs}; it has {_interval(value)}."
            yield Found(labels.at(mention), message)


@MENTIONS.rule("number.unit", "error", "A number has a unit that the schema does not know.")
def _unit_unknown(labels: Labels) -> Iterator[Found]:
    for mention, value in _numbers(labels):
        if value.unit is not None and value.unit not in labels.schema.units:
            yield Found(labels.at(mention), unknown(value.unit, "a unit of the schema", labels.schema.units))


@MENTIONS.rule("number.of", "error", "A fraction is taken of something that is no other number of the article.")
def _fraction_of_nothing(labels: Labels) -> Iterator[Found]:
    for mention, value in _numbers(labels):
        whole = None if value.of is None else labels.by_id.get(value.of)
        if value.of is not None and (whole is None or whole.kind != "number" or whole.id == mention.id):
            yield Found(labels.at(mention), f"{mention.quote!r} is a part of {value.of!r}, which is no other number.")


@MENTIONS.rule("time.date", "error", "A time's date is no date, or part of one, that a calendar has.")
def _no_date(labels: Labels) -> Iterator[Found]:
    for mention in labels.mentions:
        said = mention.value.value if isinstance(mention.value, TimeValue) else None
        if said is not None and not is_date(said):
            message = f"The date of {mention.quote!r} is {said!r}. Write it as 2018-05-21, 2018-05, 2018 or --02-07."
            yield Found(labels.at(mention), message)


@MENTIONS.rule("rejected.quote", "error", "A rejection does not stand on the characters that it quotes.")
def _rejected_quote(labels: Labels) -> Iterator[Found]:
    for item in labels.rejected:
        if item.start >= item.end:
            yield Found(labels.at(item), f"The rejected {item.kind} is empty.")
        elif labels.text is not None and labels.text[item.start : item.end] != item.quote:
            stands = labels.text[item.start : item.end]
            yield Found(labels.at(item), f"The rejected quote is {item.quote!r}, but the text says {stands!r}.")


@MENTIONS.rule("rejected.accepted", "error", "The same kind and span is both accepted and rejected.")
def _rejected_and_accepted(labels: Labels) -> Iterator[Found]:
    accepted = {(mention.kind, mention.start, mention.end) for mention in labels.mentions}
    for item in labels.rejected:
        if (item.kind, item.start, item.end) in accepted:
            yield Found(labels.at(item), f"The {item.kind} {item.quote!r} is a mention as well. Keep one of the two.")


@MENTIONS.rule("rejected.duplicate", "error", "The same kind and span is rejected twice.")
def _rejected_twice(labels: Labels) -> Iterator[Found]:
    for item in repeated(((item.kind, item.start, item.end), item) for item in labels.rejected):
        yield Found(labels.at(item), f"The {item.kind} {item.quote!r} was rejected already. Keep one of them.")


@MENTIONS.rule("rejected.reason", "error", "A rejection gives a reason that the schema does not know.")
def _reason_unknown(labels: Labels) -> Iterator[Found]:
    known = labels.schema.rejection_reasons.values()
    for item in labels.rejected:
        if item.reason is not None and item.reason not in known:
            yield Found(labels.at(item), unknown(item.reason, "a reason for rejection of the schema", known))
