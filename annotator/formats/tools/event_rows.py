"""Events as rows with ACLED's columns, in its order, and behind them what ACLED has no column for.

A row is an event that ACLED has a type for and that the text says happened. Who acts stands in the columns of actor 1,
whom it is done to in those of actor 2. What is known of nothing stays empty; no cell is made up but the figure of
fatalities, whose bounds stand beside it.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from annotator.finders.sentences import Sentences
from annotator.formats.csv_table import Cell
from annotator.formats.tools.document import Document, Frame, Loss, Marked, Wanted
from annotator.formats.tools.plain_losses import plain_losses
from annotator.formats.tools.toll import KILLED, toll
from annotator.model.registry import ActorType, Place
from annotator.model.value import Precision, TimeValue

ACLED = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso",
    "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source",
    "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
"""ACLED's columns in its order."""
OURS = (
    "fatalities_low", "fatalities_high", "article_id", "event_id", "type", "realis", "certainty", "background", "hub",
)  # fmt: skip
COLUMNS = ACLED + OURS
INTEGERS = frozenset(
    {"year", "time_precision", "iso", "geo_precision", "fatalities", "fatalities_low", "fatalities_high"}
)
FLOATS = frozenset({"latitude", "longitude"})

ACTS = ("attacker", "side_a", "gainer", "captor", "mover", "builder", "operator", "breacher")
"""Roles of who acts, those that ACLED would name first."""
SUFFERS = ("target", "side_b", "loser", "captive", "victim", "counterparty")
BESIDE = ("ally", "backer")
"""Roles of who is on the side of actor 1."""

_INTER: Mapping[ActorType, str] = {
    "state_forces": "State forces", "rebel_group": "Rebel group", "political_militia": "Political militia",
    "identity_militia": "Identity militia", "rioters": "Rioters", "protesters": "Protesters", "civilians": "Civilians",
    "external_forces": "External/Other forces",
}  # fmt: skip
_DISORDER = {
    "Battles": "Political violence", "Explosions/Remote violence": "Political violence",
    "Violence against civilians": "Political violence", "Strategic developments": "Strategic developments",
    "Protests": "Demonstrations", "Riots": "Political violence; Demonstrations",
}  # fmt: skip
_SHARPNESS: Mapping[Precision, int] = {
    "day": 1,
    "part_of_day": 1,
    "hour": 1,
    "minute": 1,
    "week": 2,
    "month": 3,
    "year": 3,
}
_HELD = ("attribute", "hub", "language")
_LIST = "; "
_TYPED = ": "
"""Between a type of ACLED and its sub-type; what maps to words without it is no event there."""
_ON_CIVILIANS = "on civilians "
_STATES = ("state_forces", "external_forces")

Row = dict[str, Cell]


def rows_of(documents: Sequence[Document], wanted: Wanted, losses: list[Loss]) -> Iterator[Row]:
    """Give the rows of documents in order, by column; what they do not hold is added to `losses`."""
    for document in documents:
        yield from _Rows(document, wanted, losses).rows()


class _Party(NamedTuple):
    name: str
    kind: ActorType | None


class _Rows:
    """The rows of one article."""

    def __init__(self, document: Document, wanted: Wanted, losses: list[Loss]) -> None:
        self._document, self._wanted, self._losses = document, wanted, losses
        self._marks = {mark.id: mark for mark in document.marks}
        self._sentences = Sentences(document.text)
        self._held: set[str] = set()

    def rows(self) -> Iterator[Row]:
        """Give the rows."""
        self._losses += plain_losses(self._document, _HELD)
        self._lose("", "text", "but for the sentences of events")
        self._lose("", "span", "where anything stands")
        for frame in self._document.frames:
            called = self._wanted.schema.types.get(frame.type)
            acled = "" if called is None else called.maps.get("acled", "")
            if _TYPED not in acled or frame.realis not in (None, "actual"):
                told = (
                    "ACLED has no type for it"
                    if _TYPED not in acled
                    else f"it is {frame.realis}, and ACLED has what happened"
                )
                self._lose(frame.id, "event", told)
            else:
                yield self._row(frame, acled)
        for mark in self._document.marks:
            if mark.id not in self._held:
                self._lose(mark.id, "mention", "it is in no row")

    def _lose(self, item: str, what: str, told: str, part: str = "") -> None:
        self._losses.append(Loss(self._document.article_id, item, what, told, part))

    def _row(self, frame: Frame, acled: str) -> Row:
        first, beside_first = self._parties(frame, ACTS, BESIDE)
        second, beside_second = self._parties(frame, SUFFERS, ())
        kind, _, sub_type = _called(acled, first, second).partition(_TYPED)
        dead = toll(frame.arguments, self._marks, self._wanted.registry)
        self._say_arguments(frame)
        row: Row = dict.fromkeys(COLUMNS)
        row |= self._date(frame) | self._place(frame)
        row |= {
            "event_id_cnty": f"{self._document.article_id}-{frame.id}",
            "disorder_type": _DISORDER.get(kind),
            "event_type": kind,
            "sub_event_type": sub_type or None,
            "actor1": first.name or None,
            "assoc_actor_1": beside_first,
            "inter1": _INTER.get(first.kind) if first.kind else None,
            "actor2": second.name or None,
            "assoc_actor_2": beside_second,
            "inter2": _INTER.get(second.kind) if second.kind else None,
            "civilian_targeting": "Civilian targeting" if second.kind == "civilians" else None,
            "source": self._sources(frame),
            "notes": self._notes(frame),
            "fatalities": dead.figure or 0,
            "fatalities_low": dead.low,
            "fatalities_high": dead.high,
        }
        inter = [one for one in (row["inter1"], row["inter2"]) if one]
        row["interaction"] = "-".join(map(str, inter)) if inter else None
        return row | {
            "article_id": self._document.article_id,
            "event_id": frame.id,
            "type": frame.type,
            "realis": frame.realis,
            "certainty": frame.certainty,
            "background": None if frame.background is None else str(frame.background).lower(),
            "hub": frame.hub,
        }

    def _fillers(self, frame: Frame, *roles: str) -> list[Marked]:
        """Give what fills roles, in the order of the roles and then of the text."""
        found = {
            one.target: self._marks[one.target]
            for role in roles
            for one in sorted(frame.arguments, key=lambda one: self._start(one.target))
            if one.role == role and one.target in self._marks
        }
        return list(found.values())

    def _start(self, target: str) -> int:
        mark = self._marks.get(target)
        return mark.covers.start if mark is not None else 0

    # --- who

    def _parties(self, frame: Frame, roles: Sequence[str], beside: Sequence[str]) -> tuple[_Party, str | None]:
        parties = [self._party(one) for one in self._fillers(frame, *roles) if one.type == "actor"]
        others = [self._party(one).name for one in self._fillers(frame, *beside)]
        if not parties:
            return _Party("", None), _LIST.join(dict.fromkeys(others)) or None
        names = dict.fromkeys([*(one.name for one in parties[1:]), *others])
        names.pop(parties[0].name, None)
        return parties[0], _LIST.join(names) or None

    def _party(self, mark: Marked) -> _Party:
        known = self._wanted.registry.actors.get(mark.ref or "")
        return _Party(self._name(mark), None if known is None or known.type == "organization" else known.type)

    def _name(self, mark: Marked) -> str:
        ref = mark.ref
        known = ref is not None and (ref in self._wanted.registry.actors or ref in self._wanted.registry.places)
        return self._wanted.registry.name_of(ref) if ref is not None and known else mark.covers.of(self._document.text)

    def _sources(self, frame: Frame) -> str | None:
        about = self._wanted.articles.get(self._document.article_id)
        said = [self._name(one) for one in self._fillers(frame, "source", "claimed_by")]
        outlet = [about.outlet] if about is not None and about.outlet else []
        return _LIST.join(dict.fromkeys([*outlet, *said])) or None

    def _notes(self, frame: Frame) -> str | None:
        there = [self._sentences.around(self._start(name)) for name in frame.triggers if name in self._marks]
        said = (" ".join(one.of(self._document.text).split()) for one in sorted(set(there)))
        return " ".join(said) or None

    # --- when and where

    def _date(self, frame: Frame) -> Row:
        about = self._wanted.articles.get(self._document.article_id)
        published = about.published if about is not None else None
        for mark in self._fillers(frame, "time"):
            if not isinstance(mark.value, TimeValue):
                continue
            said = mark.value.value
            if said is None and mark.value.anchor == "publication" and mark.value.offset is not None and published:
                said = _days_after(published, mark.value.offset)
            if said and not said.startswith("--"):
                sharpness = _SHARPNESS.get(mark.value.precision)
                return {"event_date": said, "year": int(said[:4]), "time_precision": sharpness}
        return {}

    def _place(self, frame: Frame) -> Row:
        places = self._fillers(frame, "place", "target")
        known = [(one, self._wanted.registry.places.get(one.ref or "")) for one in places if one.type == "place"]
        if not known:
            return {}
        mark, entry = next(((one, there) for one, there in known if there is not None), known[0])
        above = {one.type: name for name, one in self._above(mark.ref)}
        names = {kind: self._wanted.registry.name_of(name) for kind, name in above.items()}
        latitude, longitude = entry.coordinates if entry is not None and entry.coordinates else (None, None)
        return {
            "country": names.get("country"),
            "admin1": names.get("province"),
            "location": self._name(mark),
            "latitude": latitude,
            "longitude": longitude,
            "geo_precision": None if entry is None else {"country": 3, "province": 3, "region": 2}.get(entry.type, 1),
        }

    def _above(self, ref: str | None) -> Iterator[tuple[str, Place]]:
        """Give a place and those that it lies in; each once, whatever a registry says."""
        seen: set[str] = set()
        while ref is not None and ref not in seen and ref in self._wanted.registry.places:
            seen.add(ref)
            yield ref, self._wanted.registry.places[ref]
            ref = self._wanted.registry.places[ref].part_of

    # --- what is lost

    def _say_arguments(self, frame: Frame) -> None:
        for place in range(1, len(frame.triggers)):
            self._lose(frame.id, "trigger", "it is not the first", str(place))
        self._held.update(frame.triggers)
        for place, one in enumerate(frame.arguments):
            mark = self._marks.get(one.target)
            if mark is not None and _has_column(one.role, mark):
                self._held.add(one.target)
            else:
                self._lose(frame.id, "argument", f"{one.role}: no column has it", str(place))


def _called(acled: str, first: _Party, second: _Party) -> str:
    """Give the one of several types that the guidelines name: some are for what is done to civilians.

    Of others the first is what a state does, the second what anybody else does; who is unknown may be either.
    """
    one, *others = acled.split("; ")
    on_civilians = next((other for other in others if other.startswith(_ON_CIVILIANS)), None)
    if on_civilians is not None:
        return on_civilians.removeprefix(_ON_CIVILIANS) if second.kind == "civilians" else one
    if first.kind in (None, *_STATES):
        others = []
    kind, _, sub_type = (others or [one])[0].partition(_TYPED)
    either = sub_type.split(" / ")
    if len(either) == 2 and first.kind is not None:
        sub_type = either[first.kind not in _STATES]
    return f"{kind}{_TYPED}{sub_type}"


def _has_column(role: str, mark: Marked) -> bool:
    if mark.type == "actor":
        return role in (*ACTS, *SUFFERS, *BESIDE, "source", "claimed_by")
    if mark.type == "number":
        return role == KILLED
    return role in {"place": ("place", "target"), "time": ("time",)}.get(mark.type, ())


def _days_after(day: str, offset: int) -> str | None:
    try:
        return (date.fromisoformat(day) + timedelta(days=offset)).isoformat()
    except (ValueError, OverflowError):
        return None
