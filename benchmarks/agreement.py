"""Alpha beside krippendorff's package, and what it takes to find all disagreements in a long article.

`python -m benchmarks.agreement` runs each measurement in a process of its own, so that its peak of memory is its own.
"""

import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

UNITS, PEOPLE = 1_000_000, 10
EVENTS = 200
ROUNDS = 5


def answers(units: int, people: int, values: int, *, seed: int = 1) -> Any:
    """Answers of people to units, seven in ten of them the true one, one in ten missing."""
    import numpy as np

    draw = np.random.RandomState(seed)
    true = draw.randint(0, values, units).astype(np.float64)
    said = np.empty((people, units))
    for row in said:
        row[:] = true
        slips = draw.random_sample(units) < 0.3
        row[slips] = draw.randint(0, values, int(slips.sum()))
        row[draw.random_sample(units) < 0.1] = np.nan
    return said


def ours(said: Any, level: str) -> float | None:
    from annotator.statistics.alpha import alpha

    return alpha(said, level).value  # type: ignore[arg-type]


def peer(said: Any, level: str) -> float | None:
    import krippendorff

    return float(krippendorff.alpha(said, level_of_measurement=level))


CASES: dict[str, tuple[int, int, int, str]] = {
    "nominal": (UNITS, PEOPLE, 5, "nominal"),
    "ordinal": (UNITS, PEOPLE, 5, "ordinal"),
    "200 values, ratio": (2_000, 3, 200, "ratio"),
}


def measure_alpha(case: str, who: str) -> None:
    units, people, values, level = CASES[case]
    compute = {"ours": ours, "krippendorff": peer}[who]
    compute(answers(10, 2, 3), level)  # so that loading is not measured
    said = answers(units, people, values)
    before = peak()
    wall, used = time.perf_counter(), time.process_time()
    found = compute(said, level)
    wall, used = time.perf_counter() - wall, time.process_time() - used
    more = f"{peak():5.0f} MB, {peak() - before:5.0f} of them for this"
    print(f"{case:<18} {who:<13} {wall:6.2f} s ({used:.2f} of processors)  {more}  alpha {found:.12f}")


def peak() -> float:
    """Give the most memory that this process had so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def annotation(seed: int) -> Any:
    """A long article by one person: 200 events with five arguments each, one thing in ten missing or different."""
    from annotator.model.annotation import Annotation, Settled
    from annotator.model.event import Argument, Event
    from annotator.model.mention import Mention
    from annotator.model.value import NumberValue

    common, own = random.Random(7), random.Random(seed)
    slots = (("actor", "attacker"), ("actor", "target"), ("number", "killed"), ("place", "place"), ("time", "time"))
    settled, events = {}, {}

    def put(name: str, kind: Any, start: int, size: int, **said: Any) -> None:
        end = start + size + (own.random() < 0.1)
        settled[name] = Settled(Mention(id=name, kind=kind, start=start, end=end, quote="x", **said), "confirmed")

    for number in range(EVENTS):
        label = common.choice(["clash.armed", "strike.air"]) if own.random() >= 0.1 else "attack.ground"
        put(f"t{number}", "trigger", number * 200, 6, label=label)
        held = []
        for at, (kind, role) in enumerate(slots):
            if own.random() >= 0.1:
                value = NumberValue(low=5 + (own.random() < 0.1)) if kind == "number" else None
                put(f"m{number}_{at}", kind, number * 200 + 20 + at * 20, 10, value=value)
                held.append(Argument(role=role, mention=f"m{number}_{at}"))
        events[f"e{number}"] = Event(id=f"e{number}", type=label, triggers=(f"t{number}",), arguments=tuple(held))
    return Annotation(settled=settled, events=events, finished=True, read_to_end=True)


def best_of(work: Callable[[], Any]) -> tuple[float, Any]:
    """Give the least processor time of a few rounds, whatever else the machine does, and what the work gave."""
    times = []
    for _ in range(ROUNDS):
        began = time.process_time()
        found = work()
        times.append(time.process_time() - began)
    return min(times), found


def measure_disagreements() -> None:
    from annotator.adjudication.merge import merge

    said = {person: annotation(number) for number, person in enumerate(("a1", "a2", "a3"))}
    seconds, found = best_of(lambda: merge(said))
    print(f"disagreements of {EVENTS} events by {len(said)}: {len(found.disagreements)} in {seconds:.3f} s")


def measure_report() -> None:
    from annotator.agreement.agree import agree
    from annotator.agreement.labelled import Labelled

    said = [annotation(number) for number in range(3)]
    articles = [
        Labelled(f"{number:03}", "en", dict(zip(("a1", "a2", "a3"), said, strict=True))) for number in range(10)
    ]
    began = time.process_time()
    agree(articles)
    seconds = time.process_time() - began
    print(f"report on 10 articles of {EVENTS} events by 3, {len(said[0].settled)} mentions each: {seconds:.2f} s")


def main(arguments: list[str]) -> None:
    if arguments:
        match arguments:
            case ["alpha", case, who]:
                measure_alpha(case, who)
            case ["disagreements"]:
                measure_disagreements()
            case ["report"]:
                measure_report()
        return
    runs = [["alpha", case, who] for case in CASES for who in ("ours", "krippendorff")]
    for run in (*runs, ["disagreements"], ["report"]):
        subprocess.run([sys.executable, "-m", "benchmarks.agreement", *run], check=False)


if __name__ == "__main__":
    main(sys.argv[1:])
