"""A release signed by a real key, and who finds out when the signature is not what it should be."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.errors import Refusal
from annotator.store.signing import refuse_bad_signature, sign, signed_by

MANIFEST = b'{"version":"1.0.0"}\n'

pytestmark = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="no ssh-keygen to sign with")

NewKey = Callable[..., Path]


@pytest.fixture
def new_key(tmp_path: Path) -> NewKey:
    def make(name: str, passphrase: str = "") -> Path:
        path = tmp_path / name
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-C", name, "-f", path], check=True)
        return path

    return make


@pytest.fixture
def key(new_key: NewKey) -> Path:
    return new_key("publisher")


@pytest.fixture
def signers(key: Path, new_key: NewKey, tmp_path: Path) -> Path:
    other = new_key("other")
    file = tmp_path / "allowed_signers"
    file.write_text(f"pub@example.org {public(key)}\nother@example.org {public(other)}\n", encoding="utf-8")
    return file


def public(key: Path) -> str:
    return key.with_suffix(".pub").read_text(encoding="utf-8").strip()


def refused(code: str, act: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refusal:
        act()
    assert refusal.value.code == code
    return refusal.value.what


def test_a_signature_says_whose_it_is(key: Path, signers: Path) -> None:
    signature = sign(MANIFEST, key)
    refuse_bad_signature(MANIFEST, signature)
    assert signed_by(MANIFEST, signature, signers) == "pub@example.org"
    assert signed_by(MANIFEST, signature, signers, "pub@example.org") == "pub@example.org"


def test_ssh_keygen_takes_it_without_this_tool(key: Path, signers: Path, tmp_path: Path) -> None:
    signature = tmp_path / "manifest.json.sig"
    signature.write_bytes(sign(MANIFEST, key))
    options = ["-f", signers, "-I", "pub@example.org", "-n", "file", "-s", signature]
    done = subprocess.run(["ssh-keygen", "-Y", "verify", *options], input=MANIFEST, capture_output=True)
    assert done.returncode == 0, done.stderr


def test_another_manifest_is_found(key: Path, signers: Path) -> None:
    signature = sign(MANIFEST, key)
    other = MANIFEST.replace(b"1.0.0", b"1.0.1")
    for act in (lambda: refuse_bad_signature(other, signature), lambda: signed_by(other, signature, signers)):
        assert "is none of this manifest" in refused("gold.signature", act)


@pytest.mark.parametrize("signature", [b"", b"junk", b"-----BEGIN SSH SIGNATURE-----\n", b"\x00\xff" * 50])
def test_what_is_no_signature_is_found(signature: bytes, signers: Path) -> None:
    told = refused("gold.signature", lambda: signed_by(MANIFEST, signature, signers))
    assert "is none of this manifest" in told


def test_a_flipped_bit_in_the_signature_itself_is_found(key: Path, signers: Path) -> None:
    lines = sign(MANIFEST, key).split(b"\n")
    for line in (1, 2, 3):
        flipped = list(lines)
        flipped[line] = bytes([flipped[line][0] ^ 1]) + flipped[line][1:]
        refused("gold.signature", lambda flipped=flipped: signed_by(MANIFEST, b"\n".join(flipped), signers))


def test_somebody_whom_nobody_knows(new_key: NewKey, signers: Path) -> None:
    signature = sign(MANIFEST, new_key("stranger"))
    told = refused("gold.signature", lambda: signed_by(MANIFEST, signature, signers))
    assert f"signed by somebody whom {signers} does not name" in told


def test_somebody_else_than_was_asked_for(key: Path, signers: Path) -> None:
    signature = sign(MANIFEST, key)
    told = refused("gold.signature", lambda: signed_by(MANIFEST, signature, signers, "other@example.org"))
    assert "not signed by other@example.org but by pub@example.org" in told


def test_a_signature_for_something_else_than_a_file(key: Path, signers: Path) -> None:
    command = ["ssh-keygen", "-Y", "sign", "-n", "git", "-f", key]
    signature = subprocess.run(command, input=MANIFEST, capture_output=True, check=True).stdout
    assert "namespace" in refused("gold.signature", lambda: signed_by(MANIFEST, signature, signers))


def test_a_key_that_has_run_out(key: Path, tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.write_text(f'pub@example.org valid-before="20010101" {public(key)}\n', encoding="utf-8")
    refused("gold.signature", lambda: signed_by(MANIFEST, sign(MANIFEST, key), old))


def test_a_key_with_a_passphrase_and_nobody_to_ask(new_key: NewKey, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSH_ASKPASS", "/bin/false")
    monkeypatch.setenv("SSH_ASKPASS_REQUIRE", "force")
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    locked = new_key("locked", "secret")
    told = refused("release.not-signed", lambda: sign(MANIFEST, locked))
    assert "did not sign" in told
    assert "passphrase" in told


def test_a_file_that_is_no_key(tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("x", encoding="utf-8")
    refused("release.not-signed", lambda: sign(MANIFEST, tmp_path / "notes"))
    refused("file.missing", lambda: sign(MANIFEST, tmp_path / "nowhere"))


def test_a_file_of_signers_that_is_not_there(key: Path, tmp_path: Path) -> None:
    signature = sign(MANIFEST, key)
    refused("file.missing", lambda: signed_by(MANIFEST, signature, tmp_path / "nowhere"))


def test_without_the_program(key: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    signature = sign(MANIFEST, key)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "ssh-keygen is not installed" in refused("extra.missing", lambda: sign(MANIFEST, key))
    refused("extra.missing", lambda: refuse_bad_signature(MANIFEST, signature))
