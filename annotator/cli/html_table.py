"""Tables of our HTML reports: each scrolls in its own box, has its headings marked as such, and can say what it is.

Cells are HTML already: whoever makes one has put what an article or a file says through `safe`.
"""

from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, words: int = 1, caption: str = "") -> str:
    """Give a table; all but the first `words` columns are figures. Nothing where there are no rows."""
    body = "".join(_row(row, words) for row in rows)
    return _boxed(f"<thead>{_head(head, words)}</thead><tbody>{body}</tbody>", caption) if body else ""


def heat_table(
    head: Sequence[str],
    rows: Iterable[tuple[str, Sequence[str]]],
    *,
    caption: str = "",
    corner: str = "",
    kind: str = "",
) -> str:
    """Give a table of `heat_cell`s under the names of their columns, each row behind its name."""
    columns = "".join(f'<th scope="col"><span>{name}</span></th>' for name in head)
    first = f'<th scope="col">{corner}</th>' if corner else "<td></td>"
    body = "".join(f'<tr><th scope="row">{name}</th>{"".join(cells)}</tr>' for name, cells in rows)
    inside = f"<thead><tr>{first}{columns}</tr></thead><tbody>{body}</tbody>"
    return _boxed(inside, caption, f' class="heat{" " * bool(kind)}{kind}"') if body else ""


def heat_cell(share: float | None, told: str, kind: str = "") -> str:
    """Give a cell that says something and is shaded by a share; without one it is bare."""
    if share is None:
        return f'<td class="none">{told}</td>'
    sort = f' class="{kind}"' if kind else ""
    return f'<td{sort} style="--v:{share:.3f}">{told}</td>'


def _row(cells: Sequence[str], words: int) -> str:
    sides = [""] * words + [' class="n"'] * (len(cells) - words)
    first, *others = (f"{side}>{cell}" for side, cell in zip(sides, cells, strict=True))
    return f'<tr><th scope="row"{first}</th>{"".join(f"<td{other}</td>" for other in others)}</tr>'


def _head(cells: Sequence[str], words: int) -> str:
    sides = [""] * words + [' class="n"'] * (len(cells) - words)
    told = (f'<th scope="col"{side}>{cell}</th>' for side, cell in zip(sides, cells, strict=True))
    return f"<tr>{''.join(told)}</tr>"


def _boxed(inside: str, caption: str, sort: str = "") -> str:
    """Give a table in a box that scrolls, which the keyboard must be able to reach."""
    told = f"<caption>{caption}</caption>" if caption else ""
    return f'<div class="wide" tabindex="0"><table{sort}>{told}{inside}</table></div>'
