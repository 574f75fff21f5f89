"""What a file is called that holds a whole export: its title in letters that every disk takes."""

import re

_OTHERS = re.compile(r"[^\w.+-]+")


def file_name(title: str, ending: str) -> str:
    """Give the name of a file for a title, as `gold-1.0.0.jsonl` for "gold 1.0.0"."""
    return f"{_OTHERS.sub('-', title).strip('-.') or 'annotations'}{ending}"
