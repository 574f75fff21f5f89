"""Signatures of a release's manifest, made and checked by `ssh-keygen -Y`: the manifest commits to every other byte.

Knows how that program is called and what its answers mean. Keys and passphrases are its business: nothing here reads a
key, and a passphrase is asked for by it, on the terminal or by an agent.
"""

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from annotator.errors import Refusal

PROGRAM = "ssh-keygen"
NAMESPACE = "file"
"""What the signature is for, as ssh-keygen has it: one made for e-mail or Git is none of a file."""


def is_installed() -> bool:
    """Tell whether signatures can be made and checked here."""
    return shutil.which(PROGRAM) is not None


def sign(manifest: bytes, key: Path) -> bytes:
    """Give the signature of a manifest by the private key in the file `key`, or by the agent that holds it.

    Raises `Refusal`: `file.missing` for no such key, `extra.missing` without ssh-keygen, `release.not-signed` when it
    does not sign: the key is none, or has a passphrase and there is nobody to ask.
    """
    if not key.is_file():
        raise Refusal(
            "file.missing", f"There is no key {key}.", "Name a private key, as `ssh-keygen -t ed25519` makes."
        )
    done = _call(["-Y", "sign", "-n", NAMESPACE, "-f", str(key.resolve())], manifest)
    if done.returncode != 0:
        what = f"{key} did not sign, so nothing was released: {_said(done)}."
        do = "If it has a passphrase, release in a terminal or hand it to ssh-agent first (`ssh-add`)."
        raise Refusal("release.not-signed", what, do)
    return done.stdout


def refuse_bad_signature(manifest: bytes, signature: bytes) -> None:
    """Raise `Refusal` `gold.signature` when `signature` is none of this manifest, whoever may have made it.

    `extra.missing` when ssh-keygen is missing.
    """
    done = _check("check-novalidate", ["-n", NAMESPACE], manifest, signature)
    if done.returncode != 0:
        what = f"The signature is none of this manifest: {_said(done)}."
        raise Refusal("gold.signature", what, "Get the release again, signature and all.")


def signed_by(manifest: bytes, signature: bytes, signers: Path, identity: str | None = None) -> str:
    """Give who signed a manifest, as the file `signers` (of ssh-keygen's ALLOWED SIGNERS) calls them.

    Raises `Refusal`: `file.missing` for no such file, `gold.signature` when it is not the signature of this manifest,
    by somebody whom the file names, and by `identity` where one is asked for.
    """
    if not signers.is_file():
        raise Refusal("file.missing", f"There is no file of signers {signers}.", "`man ssh-keygen`: ALLOWED SIGNERS.")
    refuse_bad_signature(manifest, signature)
    found = _check("find-principals", ["-f", str(signers.resolve())], manifest, signature)
    names = found.stdout.decode("utf-8", "replace").split("\n")[0]
    if found.returncode != 0 or not names:
        what = f"It is signed by somebody whom {signers} does not name: {_said(found)}."
        raise Refusal("gold.signature", what, "Ask whoever published it for their line of that file.")
    name = identity or names.split(",")[0]
    options = ["-n", NAMESPACE, "-f", str(signers.resolve()), "-I", name]
    checked = _check("verify", options, manifest, signature)
    if checked.returncode != 0:
        told = f"It is not signed by {name} but by {names}" if identity else f"The signature of {name} does not hold"
        raise Refusal("gold.signature", f"{told}: {_said(checked)}.", "Do not rely on it before that is cleared up.")
    return name


def _check(
    what: str, options: Sequence[str], manifest: bytes, signature: bytes
) -> "subprocess.CompletedProcess[bytes]":
    """Check the signature that was read, not the file that it was read from: that one may be another by now."""
    with tempfile.NamedTemporaryFile(prefix="annotator-", suffix=".sig") as file:
        file.write(signature)
        file.flush()
        return _call(["-Y", what, *options, "-s", file.name], manifest)


def _call(arguments: Sequence[str], given: bytes) -> "subprocess.CompletedProcess[bytes]":
    try:
        return subprocess.run([PROGRAM, *arguments], input=given, capture_output=True, check=False)
    except FileNotFoundError:
        what = f"{PROGRAM} is not installed, and signatures are made and checked by it."
        raise Refusal("extra.missing", what, "Install OpenSSH's client, or do without signatures.") from None


def _said(done: "subprocess.CompletedProcess[bytes]") -> str:
    """Give the first line of what the program complained of; the last ones only repeat that it failed."""
    lines = [line.strip(" .\r") for line in done.stderr.decode("utf-8", "replace").split("\n")]
    told = [line for line in lines if line and line != "Signing data on standard input"]
    return told[0] if told else f"{PROGRAM} ended with {done.returncode}"
