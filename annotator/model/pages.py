"""The prose of the guidelines: Markdown pages by name, from the bytes of their files. It never reads the disk."""

from collections.abc import Mapping

from annotator.errors import Refusal

PAGE = ".md"
"""How the name of a page ends."""


def read_pages(files: Mapping[str, bytes]) -> dict[str, str]:
    """Give the text of each page by its name, with lines ending at LF.

    Raises `Refusal` `guidelines.syntax` naming file and line of what is not UTF-8.
    """
    return {name: _text(name, files[name]) for name in sorted(files)}


def _text(name: str, data: bytes) -> str:
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Refusal(
            "guidelines.syntax", f"guidelines/{name}, line {line} is not UTF-8.", "Save it as UTF-8."
        ) from None
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
