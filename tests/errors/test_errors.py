import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.errors import CODES, Exit, Refusal

PACKAGE = Path(__file__).parents[2] / "annotator"

NO = {
    "adjudicate.not-ready", "checkout.nothing", "feedback.not-final", "finders.failed", "gold.invalid", "gold.pin",
    "gold.signature", "release.refused",
}  # fmt: skip
ENVIRONMENT = {
    "checkout.file", "checkout.other-store",
    "extra.missing", "finder.failed", "finder.unreachable", "gold.exists", "label.open-elsewhere", "file.not-written",
    "dask.other", "dask.unreachable", "process.ended",
    "serve.address", "store.corrupt", "store.fork", "store.newer", "store.not-copied", "store.not-written",
    "store.older", "store.rights", "store.unreachable",
    "terminal.missing", "token.file", "workspace.read-only",
}  # fmt: skip


def trees() -> Iterator[tuple[str, ast.AST]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.name != "errors.py":
            yield path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def test_every_refusal_carries_a_known_code_and_every_code_is_carried() -> None:
    written, unknown = set(), []
    for name, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in CODES:
                written.add(node.value)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refusal":
                code = node.args[0]
                if isinstance(code, ast.Constant) and code.value not in CODES:
                    unknown.append(f"{name}:{node.lineno} {code.value}")
    assert unknown == []
    assert set(CODES) - written == set()


def test_every_refusal_says_what_in_a_sentence() -> None:
    for name, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refusal":
                assert 2 <= len(node.args) <= 3, f"{name}:{node.lineno}"
                if isinstance(node.args[1], ast.Constant):
                    assert str(node.args[1].value).endswith((".", "?")), f"{name}:{node.lineno}"


@pytest.mark.parametrize("code", sorted(CODES))
def test_each_code_leaves_with_its_exit(code: str) -> None:
    expected = Exit.NO if code in NO else Exit.ENVIRONMENT if code in ENVIRONMENT else Exit.BAD_INPUT
    assert Refusal(code, "It is so.").exit == CODES[code] == expected


def test_exits_are_what_the_shell_is_told() -> None:
    assert [int(one) for one in (Exit.DONE, Exit.NO, Exit.BAD_INPUT, Exit.ENVIRONMENT)] == [0, 1, 2, 3]
    assert Exit.DONE not in CODES.values()


def test_a_refusal_says_what_and_what_to_do() -> None:
    assert str(Refusal("usage", "It is so.", "Do this.")) == "It is so. Do this."
    assert str(Refusal("usage", "It is so.")) == "It is so."


def test_a_code_that_nobody_declared_is_a_bug() -> None:
    with pytest.raises(KeyError):
        Refusal("no.such-code", "It is so.")


def test_the_errors_know_nothing_of_the_project() -> None:
    tree = ast.parse((PACKAGE / "errors.py").read_text(encoding="utf-8"))
    imported = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom | ast.Import)]
    assert not [ast.unparse(node) for node in imported if "annotator" in ast.unparse(node)]


def test_what_to_do_stands_behind_a_sentence_and_under_a_list() -> None:
    assert str(Refusal("usage", "It is so.", "Do that.")) == "It is so. Do that."
    assert str(Refusal("usage", "It is so:\none\nand 9 more", "Do that.")) == "It is so:\none\nand 9 more\nDo that."
    assert str(Refusal("usage", "It is so.")) == "It is so."
