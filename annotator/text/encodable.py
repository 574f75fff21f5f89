"""Names as text that can be written: what a file is called on disk are bytes, and need not be UTF-8."""


def encodable(name: str) -> str:
    """Give a name with `?` in place of every byte of it that is no UTF-8; JSON could not hold it."""
    return name.encode(errors="replace").decode()
