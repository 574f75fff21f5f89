"""Releases on disk: published once, listed by version, read only when every byte verifies."""

import shutil
from pathlib import Path

import pytest

from annotator.errors import Refusal
from annotator.gold.manifest import Facts
from annotator.gold.release import Release, build_release
from annotator.model.canonical import sha256
from annotator.model.record import GoldRecord, Provenance
from annotator.store.releases import (
    latest_release,
    list_releases,
    load_release,
    publish,
    release_before,
    verify_release,
)

SCHEMA_TOML = b"""
version = "1.0.0"
realis = ["actual"]
certainty = ["asserted"]
[types]
[rejection_reasons]
"""


def record(article_id: str) -> GoldRecord:
    made = Provenance(annotators=("a1", "a2"), adjudicator="j1", decisions_sha256=sha256(b""))
    return GoldRecord(
        article_id=article_id,
        language="en",
        text_sha256=sha256(b"text"),
        regions=(),
        mentions=(),
        events=(),
        complete=True,
        provenance=made,
    )


def release_of(*article_ids: str, previous: Release | None = None) -> Release:
    facts = Facts(guidelines_sha256=sha256(b"guidelines"), tool_version="0.1.0")
    return build_release([record(name) for name in article_ids], SCHEMA_TOML, previous, facts)


@pytest.fixture
def published(tmp_path: Path) -> Path:
    return publish(tmp_path / "gold", release_of("001", "002"))


def rewrite(path: Path, data: bytes) -> None:
    path.chmod(0o644)
    path.write_bytes(data)


def test_what_was_published_is_read(published: Path) -> None:
    loaded = load_release(str(published))
    assert loaded.path == published
    assert published.name == "1.0.0"
    assert loaded.release == release_of("001", "002")
    assert loaded.warnings == ()


def test_a_release_is_read_by_the_pin_that_it_prints(published: Path) -> None:
    loaded = load_release(str(published))
    assert load_release(loaded.pinned) == loaded


def test_another_release_than_the_pinned_one_is_refused(published: Path) -> None:
    with pytest.raises(Refusal, match="is not the release that was pinned") as refusal:
        load_release(f"{published}#sha256:00000000")
    assert refusal.value.code == "gold.pin"


def test_publishing_a_version_twice_is_refused(published: Path) -> None:
    with pytest.raises(Refusal) as refusal:
        publish(published.parent, release_of("003"))
    assert refusal.value.code == "gold.exists"
    assert load_release(str(published)).release == release_of("001", "002")


def refused(folder: Path, release: Release) -> str:
    before = sorted(path.name for path in folder.iterdir())
    with pytest.raises(Refusal) as refusal:
        publish(folder, release)
    assert refusal.value.code == "release.refused"
    assert sorted(path.name for path in folder.iterdir()) == before
    return refusal.value.what


@pytest.mark.parametrize("newest", ["1.0.1", "2.0.0", "10.0.0"])
@pytest.mark.parametrize("kind", ["folder", "file", "dangling link"])
def test_a_version_never_goes_back_whatever_bears_the_higher_one(kind: str, newest: str, published: Path) -> None:
    first = load_release(str(published)).release
    there = published.with_name(newest)
    if kind == "folder":
        there.mkdir()
    elif kind == "file":
        there.touch()
    else:
        there.symlink_to("nowhere")
    next_one = release_of("001", "002", "003", previous=first)
    assert f"1.1.0 follows 1.0.0, but the newest in {published.parent} is {newest}" in refused(
        published.parent, next_one
    )


def test_no_two_releases_follow_the_same_one(published: Path) -> None:
    first = load_release(str(published)).release
    publish(published.parent, release_of("001", "002", "003", previous=first))
    late = release_of("003", previous=first)
    assert str(late.version) == "2.0.0"
    assert "2.0.0 follows 1.0.0, but the newest" in refused(published.parent, late)


def test_a_release_whose_forerunner_is_gone_is_refused(published: Path) -> None:
    first = load_release(str(published)).release
    shutil.rmtree(published)
    assert "1.1.0 follows 1.0.0, but the newest" in refused(
        published.parent, release_of("001", "002", "003", previous=first)
    )


def test_a_version_that_the_changelog_names_is_not_given_again(published: Path) -> None:
    first = load_release(str(published)).release
    changelog = published.parent / "CHANGELOG.md"
    changelog.write_text("# Changes\n\n## 2.0.0\n\n## 1.0.0\n", encoding="utf-8")
    assert "CHANGELOG.md names 2.0.0, but there is no such release" in refused(
        published.parent, release_of("001", previous=first)
    )
    changelog.write_text("# Changes\n\n## Not released\n\n## 1.0.0\n", encoding="utf-8")
    assert publish(published.parent, release_of("001", previous=first)).name == "2.0.0"


def test_releases_are_listed_by_version_and_nothing_else_is(tmp_path: Path) -> None:
    for name in ("10.0.0", "9.1.0", "9.0.0", ".unpublished-00", "drafts", "1.0"):
        (tmp_path / name).mkdir()
    (tmp_path / "2.0.0").touch()
    assert [path.name for path in list_releases(tmp_path)] == ["9.0.0", "9.1.0", "10.0.0"]
    assert list_releases(tmp_path / "nowhere") == ()


def test_the_latest_release(tmp_path: Path) -> None:
    assert latest_release(tmp_path) is None
    first = release_of("001")
    publish(tmp_path, first)
    publish(tmp_path, release_of("001", "002", previous=first))
    latest = latest_release(tmp_path)
    assert latest is not None
    assert str(latest.release.version) == "1.1.0"
    assert verify_release(latest.path, first)[1] == ()


def test_the_release_before_is_the_one_that_lies_beside(published: Path) -> None:
    first = load_release(str(published)).release
    second = release_of("001", "002", "003", previous=first)
    publish(published.parent, second)
    assert release_before(published.with_name("1.1.0"), second) == first
    assert release_before(published, first) is None
    rewrite(published / "SHA256SUMS", b"")
    assert release_before(published.with_name("1.1.0"), second) is None
    shutil.rmtree(published)
    assert release_before(published.with_name("1.1.0"), second) is None


@pytest.mark.parametrize("name", ["gold.jsonl", "manifest.json", "schema.toml", "SHA256SUMS"])
def test_a_changed_file_is_refused_and_named(name: str, published: Path) -> None:
    rewrite(published / name, (published / name).read_bytes().replace(b"0", b"1", 1))
    with pytest.raises(Refusal, match=name) as refusal:
        load_release(str(published))
    assert refusal.value.code == "gold.invalid"


def test_a_changed_record_is_refused_and_its_article_named(published: Path) -> None:
    rewrite(published / "gold.jsonl", (published / "gold.jsonl").read_bytes().replace(b'"a1"', b'"a9"', 1))
    with pytest.raises(Refusal, match=r"gold\.jsonl 001"):
        load_release(str(published))


@pytest.mark.parametrize("stranger", ["notes.txt", "folder", ".hidden"])
def test_a_file_that_does_not_belong_is_refused(stranger: str, published: Path) -> None:
    if stranger == "folder":
        (published / stranger).mkdir()
    else:
        (published / stranger).touch()
    with pytest.raises(Refusal, match=f"{stranger}: The file does not belong"):
        load_release(str(published))


def test_a_signature_may_lie_beside(published: Path) -> None:
    (published / "manifest.json.sig").write_text("signed")
    assert load_release(str(published)).release == release_of("001", "002")


def test_a_missing_file_is_refused_and_named(published: Path) -> None:
    (published / "schema.toml").unlink()
    with pytest.raises(Refusal, match=r"schema.toml: The file is missing") as refusal:
        load_release(str(published))
    assert refusal.value.code == "gold.invalid"


@pytest.mark.parametrize("missing", ["gold/9.9.9", "gold", ""])
def test_what_is_no_release(missing: str, published: Path) -> None:
    with pytest.raises(Refusal, match="is no release") as refusal:
        load_release(str(published.parent.parent / missing))
    assert refusal.value.code == "file.missing"


def test_a_folder_with_the_name_of_a_version_and_no_release_in_it(published: Path) -> None:
    empty = published.with_name("1.1.0")
    empty.mkdir()
    release, (problem,) = verify_release(empty)
    assert release is None
    assert (problem.rule, problem.where, problem.level) == ("gold.files", "manifest.json", "error")
    with pytest.raises(Refusal, match=r"1\.1\.0 does not verify"):
        latest_release(published.parent)


def test_a_release_under_another_version_is_refused(published: Path) -> None:
    shutil.copytree(published, published.with_name("2.0.0"))
    with pytest.raises(Refusal, match=r"The folder is called 2\.0\.0, but the release is 1\.0\.0"):
        load_release(str(published.with_name("2.0.0")))


def test_a_release_may_be_copied_under_any_other_name(published: Path) -> None:
    shutil.copytree(published, published.with_name("for the paper"))
    assert load_release(str(published.with_name("for the paper"))).release == release_of("001", "002")


def test_only_the_first_problems_are_told(published: Path) -> None:
    for number in range(9):
        (published / f"x{number}").touch()
    with pytest.raises(Refusal, match="And 6 more"):
        load_release(str(published))
