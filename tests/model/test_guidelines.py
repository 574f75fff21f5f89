"""The guidelines are read whole and hash by meaning; a slip is told by file, line, field and nearest name."""

from pathlib import Path

import pytest

from annotator.errors import Refusal
from annotator.model.cues import Cues
from annotator.model.guidelines import Guidelines, read_guidelines

FOLDER = Path(__file__).parents[2] / "guidelines"


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return {str(path.relative_to(FOLDER)): path.read_bytes() for path in sorted(FOLDER.rglob("*.toml"))}


@pytest.fixture(scope="module")
def guidelines(files: dict[str, bytes]) -> Guidelines:
    return read_guidelines(files)


def changed(files: dict[str, bytes], name: str, old: str, new: str) -> dict[str, bytes]:
    text = files[name].decode()
    assert old in text
    return files | {name: text.replace(old, new, 1).encode()}


DOMAIN_TYPES = [
    "strike.air",
    "strike.artillery",
    "strike.explosion",
    "strike.suicide",
    "clash.armed",
    "attack.ground",
    "control.gain",
    "control.withdraw",
    "detain.capture",
    "move.deploy",
    "move.reinforce",
    "move.alert",
    "move.overflight",
    "build.base",
    "build.infrastructure",
    "agreement.breach",
    "operation.campaign",
    "toll.aggregate",
]

DOMAIN_ROLES = [
    "attacker",
    "target",
    "victim",
    "side_a",
    "side_b",
    "captor",
    "captive",
    "mover",
    "gainer",
    "loser",
    "builder",
    "operator",
    "breacher",
    "counterparty",
    "ally",
    "backer",
    "place",
    "time",
    "instrument",
    "claimed_by",
    "source",
]

NUMBER_ROLES = [
    "killed",
    "wounded",
    "casualties",
    "captured",
    "missing",
    "losses_unspecified",
    "personnel",
    "strikes",
    "explosions",
    "attacks",
    "vehicles_destroyed",
    "villages",
    "areas",
    "distance",
    "duration",
    "ordinal",
]


def test_every_event_type_of_the_domain_is_there(guidelines: Guidelines) -> None:
    assert list(guidelines.schema.types) == DOMAIN_TYPES


def test_every_role_of_the_domain_is_taken_by_some_type(guidelines: Guidelines) -> None:
    schema = guidelines.schema
    taken = {role: spec for name in schema.types for role, spec in schema.roles_of(name).items()}
    assert set(taken) == {*DOMAIN_ROLES, *NUMBER_ROLES}
    assert {role for role, spec in taken.items() if spec.kinds == ("number",)} == set(NUMBER_ROLES)


def test_every_type_has_a_key_of_its_own_and_a_sentence(guidelines: Guidelines) -> None:
    types = guidelines.schema.types.values()
    assert len({event_type.key for event_type in types}) == len(types)
    assert all(event_type.description.endswith(".") for event_type in types)
    assert all("acled" in event_type.maps for event_type in types)


def test_a_measure_is_told_from_a_count(guidelines: Guidelines) -> None:
    units = guidelines.schema.units
    assert units["km"].measure
    assert units["days"].measure
    assert not units["persons"].measure


def test_the_digest_follows_the_meaning_and_not_the_layout(files: dict[str, bytes], guidelines: Guidelines) -> None:
    commented = files | {"schema.toml": b"# a remark\n" + files["schema.toml"]}
    assert read_guidelines(commented).digest == guidelines.digest
    renamed = changed(files, "actors.toml", '"Daesh"', '"Daish"')
    assert read_guidelines(renamed).digest != guidelines.digest


def test_other_files_in_the_folder_are_left_alone(files: dict[str, bytes], guidelines: Guidelines) -> None:
    assert read_guidelines(files | {"README.md": b"\xff"}).digest == guidelines.digest


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("schema.toml", 'key = "a"', 'kee = "a"', ["types.strike.air.kee", "Did you mean 'key'?"]),
        ("schema.toml", 'key = "s"', 'key = "a"', ["strike.air and strike.artillery share the key 'a'"]),
        ("schema.toml", '"actor|place*"', '"actr*"', ["roles.target", "'actr' is no kind of mention"]),
        ("schema.toml", '["setting", "report"', '["seting", "report"', ["'seting'", "Did you mean 'setting'?"]),
        (
            "actors.toml",
            'type = "rebel_group"',
            'type = "rebels"',
            ["sdf.type", "'rebels' is not known", "rebel_group"],
        ),
        ("actors.toml", 'en = ["Turkey"', 'enn = ["Turkey"', ["turkey.enn", "Did you mean 'en'?"]),
        ("actors.toml", 'part_of = "russia"', 'part_of = "rusia"', ["'rusia'", "Did you mean 'russia'?"]),
        ("places.toml", "coordinates = [", 'coordinates = ["x", ', ["coordinates"]),
        ("lexicon/en.toml", '"clash.armed"', '"clash.armd"', ["'clash.armd'", "Did you mean 'clash.armed'?"]),
        ("lexicon/ar.toml", "parts =", "partz =", ["times.partz", "Did you mean 'parts'?"]),
        ("lexicon/en.toml", "\nkm = [", "\nkmm = [", ["'kmm'", "Did you mean 'km'?"]),
    ],
)
def test_a_slip_is_told_by_file_line_field_and_nearest_name(
    files: dict[str, bytes], name: str, old: str, new: str, said: list[str]
) -> None:
    slipped = changed(files, name, old, new)
    with pytest.raises(Refusal) as refused:
        read_guidelines(slipped)
    assert refused.value.code == "guidelines.content"
    assert f"guidelines/{name}" in refused.value.what
    for words in said:
        assert words in str(refused.value)


def test_the_line_of_a_slip_is_told(files: dict[str, bytes]) -> None:
    slipped = changed(files, "actors.toml", 'en = ["Turkey"', 'enn = ["Turkey"')
    before, _, _ = slipped["actors.toml"].decode().partition('enn = ["Turkey"')
    line = before.count("\n") + 1
    with pytest.raises(Refusal, match=f"line {line},"):
        read_guidelines(slipped)


def test_what_is_no_toml_is_refused_with_its_line(files: dict[str, bytes]) -> None:
    with pytest.raises(Refusal) as refused:
        read_guidelines(changed(files, "places.toml", "[iraq]", "[iraq"))
    assert refused.value.code == "guidelines.syntax"
    assert "guidelines/places.toml" in refused.value.what
    assert "line" in refused.value.what


def test_what_is_not_utf_8_is_refused(files: dict[str, bytes]) -> None:
    with pytest.raises(Refusal) as refused:
        read_guidelines(files | {"actors.toml": b"# ok\n# \xff\n"})
    assert (refused.value.code, "line 2" in refused.value.what) == ("guidelines.syntax", True)


def test_a_missing_file_is_named(files: dict[str, bytes]) -> None:
    without = {name: data for name, data in files.items() if name != "places.toml"}
    with pytest.raises(Refusal, match=r"^guidelines/places\.toml: It is missing\. Put"):
        read_guidelines(without)


def test_a_workspace_may_do_without_cues(files):
    without = read_guidelines({name: data for name, data in files.items() if name != "cues.toml"})
    assert without.cues == Cues()
    assert without.digest == read_guidelines(files).digest, "no candidate hangs on them"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('doer = ["attacker"', 'doer = ["atacker"', "'atacker' is not known. Did you mean 'attacker'?"),
        ("[counts.killed]", "[counts.kiled]", "'kiled' is not known. Did you mean 'killed'?"),
        ('units = ["vehicles"]', 'units = ["vehicle"]', "'vehicle' is not known. Did you mean 'vehicles'?"),
    ],
)
def test_a_cue_names_roles_and_units_of_the_schema(files, old, new, told):
    with pytest.raises(Refusal, match=r"guidelines/cues\.toml, line") as caught:
        read_guidelines(changed(files, "cues.toml", old, new))
    assert told in str(caught.value)
