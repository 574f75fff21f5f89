"""WebAnno TSV 3: the sentences' text counts, layers become marks, roles and links, parts of tokens have right edges."""

import io
import zipfile

import pytest

from annotator.formats.tools import webanno_tsv
from annotator.formats.tools.document import Document, Read, Source
from annotator.formats.tools.webanno_lines import Value, plain, slots, values
from tests.formats.tools.examples import example

PATH = "hama_2016.txt/anna.tsv"


def _read(old: str = "", new: str = "", **texts: str) -> Read:
    data = example("webanno-tsv")[PATH].decode()
    assert old in data
    return webanno_tsv.read(Source(files={PATH: data.replace(old, new).encode()}, texts=texts))


def _words(document: Document) -> dict[str, str]:
    return {mark.id: mark.covers.of(document.text) for mark in document.marks}


def test_layers_slots_and_relations_are_read():
    read = _read()
    assert read.problems == ()
    (found,) = read.documents
    assert (found.article_id, found.person) == ("hama_2016", "anna")
    words = _words(found)
    marks = {(mark.type, mark.label, words[mark.id]) for mark in found.marks}
    assert {("PER", None, "١٢ مدنيًّا"), ("LOC", None, "حماة"), ("PER", None, "12 civilians")} <= marks
    assert ("ConflictEvent", "strike.air", "قُتِلَ") in marks, "a part of its token, which has a و before it"
    strike = found.frames[0]
    assert [(one.role, words[one.target]) for one in strike.arguments] == [("victim", "١٢ مدنيًّا"), ("place", "حماة")]
    assert [(one.type, words[one.source], words[one.target]) for one in found.links] == [
        ("translation", "حماة", "Hama")
    ]
    assert [mark.ref for mark in found.marks if mark.ref] == ["http://www.wikidata.org/entity/Q173545"]


def test_stacked_annotations_are_two_and_escapes_are_undone():
    (found,) = _read().documents
    words = _words(found)
    assert [mark.label for mark in found.marks if words[mark.id] == "raid"] == ["strike_air", "strike.drone"]


def test_the_text_that_is_here_counts_whatever_offsets_say():
    text = "وقُتِلَ ١٢ مدنيًّا 🔥 في حماة.\n\n\n\nThe raid on Hama killed 12 civilians.\n"
    read = _read("55-57\t12", "5-7\t12", hama_2016=text)
    assert read.problems == ()
    assert _words(read.documents[0])["m4"] == "12 civilians"
    read = _read(hama_2016="Another text.\n")
    assert [one.rule for one in read.problems] == ["format.text-differs"]


def test_an_exported_project_is_read_as_it_is():
    data = example("webanno-tsv")[PATH]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in ("anna", "bert", "INITIAL_CAS"):
            archive.writestr(f"annotation/hama_2016.txt/{name}.tsv", data)
        archive.writestr("source/hama_2016.tsv", "no annotation")
    read = webanno_tsv.read(Source(files={"project.zip": packed.getvalue()}))
    assert read.problems == ()
    assert [(one.article_id, one.person) for one in read.documents] == [("hama_2016", "anna"), ("hama_2016", "bert")]


def test_a_file_in_no_folder_is_named_as_the_article():
    data = example("webanno-tsv")[PATH]
    (found,) = webanno_tsv.read(Source(files={"hama_2016.tsv": data})).documents
    assert (found.article_id, found.person) == ("hama_2016", None)


def test_chains_are_links_to_their_first():
    data = (
        "#FORMAT=WebAnno TSV 3.3\n#T_CH=de.x.CoreferenceLink|referenceRelation|referenceType\n\n\n#Text=He saw him\n"
        "1-1\t0-2\tHe\t*->1-1\tperson\n1-2\t3-6\tsaw\t_\t_\n1-3\t7-10\thim\tanaphoric->1-2\tperson\n"
    )
    (found,) = webanno_tsv.read(Source(files={"x.tsv": data.encode()})).documents
    words = _words(found)
    assert [(one.type, words[one.source], words[one.target]) for one in found.links] == [("anaphoric", "He", "him")]
    assert {dict(mark.attributes)["referenceType"] for mark in found.marks} == {"person"}


def test_columns_and_escapes():
    assert list(values("_")) == []
    assert list(values("*[3]|a\\|b")) == [Value(None, 3), Value("a\\|b", 0)]
    assert list(values("2-1[4_5]")) == [Value("2-1", 4, 5)]
    assert plain("a\\|b\\_c\\->d\\te\\\\") == "a|b_c->d\te\\"
    assert slots("1-2[1];1-6") == ["1-2[1]", "1-6"]


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("#FORMAT=WebAnno TSV 3.3", "#FORMAT=WebAnno TSV 2", "unknown-line"),
        ("1-5\t22-24\tفي", "1-5\tfrom-to\tفي", "unknown-line"),
        ("1-5\t22-24\tفي", "1-5\t22-24\tعلى", "text-differs"),
        ("1-1.1\t1-7\tقُتِلَ", "1-1.1\t1-70\tقُتِلَ", "out-of-range"),
        ("1-1.1\t1-7\tقُتِلَ", "1-1.1\t2-7\tقُتِلَ", "quote-differs"),
        ("1-1.1\t1-7", "9-9.1\t1-7", "out-of-range"),
        ("1-4\t19-21\t🔥\t_", "1-4\t19-21\t🔥\t_\n1-4.1\t20-21\t🔥\t_", "inside-character"),
    ],
)
def test_what_is_wrong_is_an_error(old: str, new: str, rule: str):
    problems = _read(old, new).problems
    assert (f"format.{rule}", "error") in [(one.rule, one.level) for one in problems]


def test_slots_and_relations_of_nothing_are_passed_over_and_said():
    for old, new in (("1-2[1];1-6", "1-2[9];1-6"), ("translation\t1-6", "translation\t1-5")):
        assert [(one.rule, one.level) for one in _read(old, new).problems] == [("format.unknown-id", "warning")]
