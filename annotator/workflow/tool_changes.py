"""Another tool's annotation as the log has to say it: what finders propose is confirmed or corrected, the rest added.

Pure: the same annotation and candidates give the same changes. What is said is hashed apart from what finders propose,
so that the same file is known again.
"""

from collections.abc import Iterator, Mapping

from annotator.formats.tools.into_ours import Ours
from annotator.model.canonical import canonical_json, sha256
from annotator.model.decision import Change, Disposition, Finish, SetEvent, SetNote, SetRegions, SettleMention
from annotator.model.mention import Mention, candidate_id
from annotator.model.record import Rejected
from annotator.model.suggestions import Candidates


def said_sha256(ours: Ours, finish: Finish) -> str:
    """Give the hash of what is said, whatever is proposed here."""
    parts = [[one.plain() for one in some] for some in ours]
    return sha256(canonical_json([*parts, finish.plain()]))


def changes_of(ours: Ours, finish: Finish, candidates: Candidates, namespace: str) -> Iterator[Change]:
    """Give what the log has to say for an annotation: a mention that is proposed here confirms or corrects that.

    What names an event across its tellings gets the `namespace` of its file: another one may use the same name.
    """
    settled = {mention.id: _settled(mention, candidates) for mention in ours.mentions}
    id_of = {old: settling.mention.id for old, settling in settled.items()}
    for settling in settled.values():
        yield settling.model_copy(update={"mention": _renamed(settling.mention, id_of)})
    for event in ours.events:
        arguments = tuple(one.model_copy(update={"mention": id_of[one.mention]}) for one in event.arguments)
        triggers = tuple(id_of[one] for one in event.triggers)
        hub = event.hub and f"{event.hub}-{namespace}"
        yield SetEvent(event=event.model_copy(update={"triggers": triggers, "arguments": arguments, "hub": hub}))
    for one in ours.rejected:
        yield _said_no(one, candidates)
    if ours.regions:
        yield SetRegions(regions=ours.regions)
    for note in ours.notes:
        yield SetNote(note=note.model_copy(update={"mention": note.mention and id_of[note.mention]}))
    yield finish


def _said_no(one: Rejected, candidates: Candidates) -> SettleMention:
    said = {"kind": one.kind, "start": one.start, "end": one.end, "quote": one.quote, "label": one.label}
    name = candidate_id(one.kind, one.start, one.end)
    number = candidates.number_of(name)
    mention = Mention.model_validate({"id": name, **said})
    if number is not None:
        proposed = candidates[number].as_mention()
        mention = proposed.model_copy(update={"label": one.label or proposed.label})
    return SettleMention(disposition="rejected", mention=mention, reason=one.reason)


def _settled(mention: Mention, candidates: Candidates) -> SettleMention:
    name = candidate_id(mention.kind, mention.start, mention.end)
    number = candidates.number_of(name)
    if number is None:
        return SettleMention(disposition="added", mention=mention)
    same = candidates[number].as_mention().content == mention.content
    said: Disposition = "confirmed" if same else "corrected"
    return SettleMention(disposition=said, mention=mention.model_copy(update={"id": name}))


def _renamed(mention: Mention, id_of: Mapping[str, str]) -> Mention:
    """Give a mention whose fraction is of a mention by its id in the log."""
    of = getattr(mention.value, "of", None)
    if mention.value is None or of is None:
        return mention
    return mention.model_copy(update={"value": mention.value.model_copy(update={"of": id_of.get(of)})})
