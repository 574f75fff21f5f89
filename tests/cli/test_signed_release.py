"""`annotator release --sign` and `annotator gold verify --signers`: who published a release, and whether they did."""

import shutil
import subprocess

import pytest

pytestmark = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="no ssh-keygen to sign with")


@pytest.fixture
def key(tmp_path):
    path = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", path], check=True)
    return path


@pytest.fixture
def signers(key, tmp_path):
    path = tmp_path / "allowed_signers"
    path.write_text(f"pub@example.org {key.with_suffix('.pub').read_text(encoding='utf-8')}", encoding="utf-8")
    return path


def test_a_signed_release(run, adjudicated, key, signers):
    assert run("release", "--sign", key).status == 0
    folder = adjudicated / "gold" / "1.0.0"
    assert (folder / "manifest.json.sig").stat().st_mode & 0o777 == 0o444
    verified = run("gold", "verify", "--signers", signers)
    assert (verified.status, verified.out.strip()) == (0, f"{folder}: verifies, signed by pub@example.org")
    (told,) = run("gold", "verify", "gold/1.0.0", "--signers", signers, "--json").json
    assert (told["verifies"], told["signed_by"], told["problems"]) == (True, "pub@example.org", [])
    wrong = run("gold", "verify", "--signers", signers, "--identity", "me@example.org")
    assert wrong.status == 1
    assert "not signed by me@example.org" in wrong.out
    assert run("gold", "verify").status == 0


def test_a_signature_of_something_else_is_found_whoever_asks(run, adjudicated, key, signers):
    run("release", "--sign", key)
    signature = adjudicated / "gold" / "1.0.0" / "manifest.json.sig"
    other = subprocess.run(
        ["ssh-keygen", "-Y", "sign", "-n", "file", "-f", key], input=b"x", capture_output=True, check=True
    ).stdout
    signature.chmod(0o644)
    signature.write_bytes(other)
    for options in ((), ("--signers", signers)):
        outcome = run("gold", "verify", *options)
        assert outcome.status == 1
        assert "manifest.json.sig: The signature is none of this manifest" in outcome.out


def test_a_release_that_nobody_signed(run, released, signers):
    outcome = run("gold", "verify", "--signers", signers)
    assert outcome.status == 1
    assert "is not signed: there is no manifest.json.sig" in outcome.out


def test_what_cannot_be_signed_is_not_released(run, adjudicated, tmp_path):
    outcome = run("release", "--sign", tmp_path / "nowhere")
    assert outcome.status == 2
    assert not list((adjudicated / "gold").glob("*.0.0"))


def test_wrong_use(run, released, tmp_path):
    assert "--identity is for --signers" in run("gold", "verify", "--identity", "me").err
    missing = run("gold", "verify", "--signers", tmp_path / "nowhere")
    assert missing.status == 1
    assert "is not signed" in missing.out


def test_a_file_of_signers_that_is_not_there(run, adjudicated, key, tmp_path):
    run("release", "--sign", key)
    outcome = run("gold", "verify", "--signers", tmp_path / "nowhere")
    assert outcome.status == 2
    assert "There is no file of signers" in outcome.err
