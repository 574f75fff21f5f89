"""What disks and other programs do to a store: the larger runs behind the table of faults in the README.

    python -m benchmarks.faults_disk power --times 200              # as root, on Linux: a power cut, really
    python -m benchmarks.faults_disk power --times 20 --control     # nothing is synced: must find losses
    python -m benchmarks.faults_disk failing --times 20             # as root: disks full, read-only, with errors
    python -m benchmarks.faults_disk damage --times 20              # so many damages in each of eleven ways
    python -m benchmarks.faults_disk together --times 20            # several programs on one SQLite file

Everything happens in a temporary folder. `--json` prints the counts for a program; the tests run the same, smaller.
"""

import argparse
import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from benchmarks import damaged_stores, failing_disks, power_cut, together


def _power(options: argparse.Namespace) -> None:
    try:
        counts = power_cut.run(options.times, options.seed, synced=not options.control)
    except power_cut.NoLoopDeviceError as reason:
        sys.exit(f"no power can be cut here: {reason}")
    print(json.dumps(asdict(counts)))


def _damage(options: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = damaged_stores.run(options.times, Path(folder), options.seed)
    if options.json:
        print(json.dumps({name: asdict(counts) for name, counts in found.items()}))
        return
    print("\n".join(damaged_stores.lines(found)))
    for name, counts in found.items():
        for told in counts.tracebacks:
            print(f"TRACEBACK, {name}: {told}")
        if counts.unnamed:
            print(f"{name}: {counts.unnamed} refusals do not name `store recover`")


def _together(options: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = together.try_all(Path(folder), options.times, options.decisions, options.seed, options.only)
    if options.json:
        print(json.dumps({way: asdict(counts) for way, counts in found.items()}))
    else:
        print("\n".join(together.lines(found)))


def _failing(options: argparse.Namespace) -> None:
    try:
        with tempfile.TemporaryDirectory() as folder:
            found = failing_disks.run(Path(folder), options.times, options.seed)
    except failing_disks.NoMountError as reason:
        sys.exit(f"nothing can be mounted here: {reason}")
    if options.json:
        print(json.dumps({fault: asdict(counts) for fault, counts in found.items()}))
    else:
        print("\n".join(failing_disks.lines(found)))


WAYS = {"failing": _failing, "power": _power, "damage": _damage, "together": _together}


def main() -> None:
    """Run one of the ways, and print what came of it."""
    parser = argparse.ArgumentParser(description="Faults of disks, tried.")
    parser.add_argument("way", choices=sorted(WAYS))
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--control", action="store_true", help="power: sync nothing")
    parser.add_argument("--decisions", type=int, default=100, help="together: how many each program makes at a time")
    parser.add_argument("--only", help="together: one of the ways, by its name")
    parser.add_argument("--json", action="store_true", help="print the counts as JSON")
    options = parser.parse_args()
    WAYS[options.way](options)


if __name__ == "__main__":
    main()
