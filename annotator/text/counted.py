"""Numbers in sentences: one article, two articles."""


def counted(number: int, noun: str) -> str:
    """Give a number with its English noun, which takes an s unless it is one."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
