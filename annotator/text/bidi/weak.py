"""Rules W1 to W7: marks, numbers and what stands beside numbers, within one isolating run sequence.

Works on a list of classes and returns or changes that list; it must never look at a character.
"""

from annotator.text.bidi.classes import ISOLATE_INITIATORS


def resolve_weak(classes: list[str], before: str) -> list[str]:
    """Apply W1 to W7 to the classes of a sequence whose left edge has the direction `before` (`L` or `R`)."""
    classes = list(classes)
    if "NSM" in classes:
        _marks_follow_their_base(classes, before)
    present = set(classes)
    if "AL" in present:
        if "EN" in present:
            _numbers_after_arabic(classes, before)
        classes = ["R" if name == "AL" else name for name in classes]
    if "ES" in present or "CS" in present:
        _separators_between_numbers(classes)
    if "ET" in present:
        _terminators_beside_numbers(classes)
    classes = ["ON" if name in ("ES", "ET", "CS") else name for name in classes]
    if "EN" in present:
        _numbers_after_latin(classes, before)
    return classes


def _marks_follow_their_base(classes: list[str], before: str) -> None:
    """W1."""
    previous = before
    for k, name in enumerate(classes):
        if name == "NSM":
            classes[k] = "ON" if previous in ISOLATE_INITIATORS or previous == "PDI" else previous
        previous = classes[k]


def _numbers_after_arabic(classes: list[str], before: str) -> None:
    """W2; W3, by which AL becomes R, is left to the caller."""
    strong = before
    for k, name in enumerate(classes):
        if name in ("L", "R", "AL"):
            strong = name
        elif name == "EN" and strong == "AL":
            classes[k] = "AN"


def _separators_between_numbers(classes: list[str]) -> None:
    """W4."""
    for k in range(1, len(classes) - 1):
        left, name, right = classes[k - 1 : k + 2]
        if left == right and ((name == "CS" and left in ("EN", "AN")) or (name == "ES" and left == "EN")):
            classes[k] = left


def _terminators_beside_numbers(classes: list[str]) -> None:
    """W5."""
    end = len(classes)
    k = 0
    while k < end:
        if classes[k] != "ET":
            k += 1
            continue
        start = k
        while k < end and classes[k] == "ET":
            k += 1
        if (start and classes[start - 1] == "EN") or (k < end and classes[k] == "EN"):
            classes[start:k] = ["EN"] * (k - start)


def _numbers_after_latin(classes: list[str], before: str) -> None:
    """W7."""
    strong = before
    for k, name in enumerate(classes):
        if name in ("L", "R"):
            strong = name
        elif name == "EN" and strong == "L":
            classes[k] = "L"
