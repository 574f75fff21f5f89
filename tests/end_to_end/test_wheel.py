"""What is installed from a wheel alone, without the checkout around it, can begin a workspace."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]


def test_the_wheel_alone_makes_a_workspace_with_our_guidelines(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", str(tmp_path / "dist"), str(REPOSITORY)],
        check=True,
        capture_output=True,
    )
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    installed = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(installed)
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "one.txt").write_text("Five soldiers were killed in Homs.\n", encoding="utf-8")

    made = subprocess.run(
        [sys.executable, "-P", "-m", "annotator", "init", "here", "--from", "texts"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
    )

    assert made.returncode == 0, made.stderr
    assert "1 article." in made.stdout
    for shipped in (REPOSITORY / "guidelines").rglob("*"):
        if shipped.is_file():
            assert (tmp_path / "here" / shipped.relative_to(REPOSITORY)).read_bytes() == shipped.read_bytes()
    assert (installed / "annotator" / "py.typed").is_file()
