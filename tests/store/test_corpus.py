"""Article files whose names and metadata fit everywhere; one that does not is named, and stops no other."""

import os
import unicodedata
from pathlib import Path

import pytest

from annotator.errors import Exit, Refusal
from annotator.model.article import Article
from annotator.store.corpus import article_files, read_article, read_corpus, refuse_bad_id

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.mark.parametrize(
    "article_id", ["003_f9e0462914e4000a", "a", "2018-05-24", "v1.2+x", "_x", "خبر_1", "a" * 200, "console", "com10"]
)
def test_ids_that_can_be_file_names(article_id: str) -> None:
    refuse_bad_id(article_id, "here")


@pytest.mark.parametrize(
    "article_id",
    [
        *(
            "",
            ".",
            "..",
            ".hidden",
            "-x",
            "a.",
            "a b",
            " a",
            "a\n",
            "a\t",
            "a\0",
            "a/b",
            "..\\b",
            "a:b",
            "a*",
            'a"',
            "a|b",
        ),
        *("CON", "con", "nul.x", "Aux", "COM1", "lpt9.x.y", "com²", "a" * 201, "خ" * 101, "\udcff", "a\x1b[31m", "‮a"),
    ],
)
def test_ids_that_cannot_be_file_names_everywhere(article_id: str) -> None:
    with pytest.raises(Refusal, match="cannot be an article id") as refusal:
        refuse_bad_id(article_id, "here")
    assert (refusal.value.code, refusal.value.exit) == ("article.id", Exit.BAD_INPUT)
    assert refusal.value.what.isprintable()


def corpus(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def test_files_come_by_name(tmp_path: Path) -> None:
    corpus(tmp_path, b="Two.", a="One.", c="Three.")
    (tmp_path / "notes.md").write_text("not an article")
    assert [(file.article_id, file.path.name) for file in article_files(tmp_path)] == [
        ("a", "a.txt"),
        ("b", "b.txt"),
        ("c", "c.txt"),
    ]


def test_a_corpus_that_is_missing(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refusal:
        article_files(tmp_path / "no")
    assert refusal.value.code == "workspace.missing"
    with pytest.raises(Refusal):
        list(read_corpus(tmp_path / "no"))


@pytest.mark.parametrize(
    ("one", "other"), [("Story", "story"), ("STRASSE", "straße"), ("각", unicodedata.normalize("NFD", "각"))]
)
def test_two_names_that_some_disks_take_for_one(one: str, other: str, tmp_path: Path) -> None:
    corpus(tmp_path, **{one: "One.", other: "Two.", "third": "Three."})
    if len(list(tmp_path.iterdir())) < 3:
        pytest.skip("this disk is one of them")
    with pytest.raises(Refusal, match="differ only by case or normal form") as refusal:
        article_files(tmp_path)
    assert refusal.value.code == "article.id"
    assert one in refusal.value.what
    assert other in refusal.value.what
    found = list(read_corpus(tmp_path))
    assert [type(each) for each in found].count(Refusal) == 1
    assert "Three." in [each.text for each in found if isinstance(each, Article)]


def test_one_bad_file_does_not_stop_the_rest(tmp_path: Path) -> None:
    corpus(tmp_path, a="One.", c="Three.", **{"bad name": "Two."}, e=" \n", g="Seven\x1b.", z="Last.")
    (tmp_path / "b.txt").write_bytes(b"\xff\xfe")
    (tmp_path / "d.txt").mkdir()
    (tmp_path / "f.txt").symlink_to("nowhere")
    (tmp_path / os.fsdecode(b"\xff.txt")).write_text("Bytes that are no name.")
    found = list(read_corpus(tmp_path))
    assert [each.article_id for each in found if isinstance(each, Article)] == ["a", "c", "z"]
    refusals = [each for each in found if isinstance(each, Refusal)]
    assert sorted(refusal.code for refusal in refusals) == [
        *("article.id", "article.id", "file.missing", "file.missing"),
        *("intake.control-character", "intake.empty", "intake.encoding"),
    ]
    for refusal in refusals:
        str(refusal).encode()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Six were killed.", "en"),
        ("قتل ستة", "ar"),
        ("قتل ستة في ISIS", "ar"),
        ("ISIS in الرقة today", "en"),
        ("12", "en"),
    ],
)
def test_the_language_is_told_by_the_letters(text: str, language: str, tmp_path: Path) -> None:
    (file,) = article_files(corpus(tmp_path, a=text))
    assert read_article(file).language == language


def test_metadata_goes_before_the_guess(tmp_path: Path) -> None:
    corpus(tmp_path, a="Six.", b="Seven.")
    (tmp_path / "articles.toml").write_text('[a]\nlanguage = "ar"\noutlet = "Orient News"\npublished = "2018-05-24"\n')
    first, second = read_corpus(tmp_path)
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.language, first.metadata.outlet, first.metadata.published) == ("ar", "Orient News", "2018-05-24")
    assert second.language == "en"


@pytest.mark.parametrize("day", ['"2019-03-14"', "2019-03-14", "2019-03-14T23:30:00", "2019-03-14T23:30:00-08:00"])
def test_a_day_of_publication_may_stand_alone_and_be_a_date_of_toml(day: str, tmp_path: Path) -> None:
    corpus(tmp_path, a="Six were killed.", b="قتل ستة")
    (tmp_path / "articles.toml").write_text(f"[a]\npublished = {day}\n[b]\npublished = {day}\n")
    described = [article.metadata for article in read_corpus(tmp_path) if isinstance(article, Article)]
    assert [(one.language, one.published) for one in described] == [("en", "2019-03-14"), ("ar", "2019-03-14")]


BAD = [
    ('[a]\nlanguage = "fr"\n', "language", "Correct"),
    ('[a]\npublished = "24.5.2018"\n', "published", "Write it as 2018-05-24."),
    ('[a]\npublished = "14.03.2019"\n', "published", "Write it as 2019-03-14."),
    ('[a]\npublished = "2019-14-45"\n', "published is '2019-14-45'", "Write it as year, month and day: 2019-03-14."),
    ('[a]\npublished = "31.02.2019"\n', "published", "year, month and day"),
    ('[a]\npublished = "03/04/2019"\n', "published", "year, month and day"),
    ('[a]\npublished = "2019-03"\n', "published", "year, month and day"),
    ("[a]\npublished = 20190314\n", "published", "year, month and day"),
    ('[a]\nlanguage = "en"\noutlet = ""\n', "outlet", "Correct"),
    ('[a]\nlanguage = "en"\noutlet = nan\n', "outlet", "Correct"),
    ('[a]\nlanguage = "en"\nouttlet = "x"\n', "outtlet", "'outlet'"),
    ('a = "en"\n', "[a]", "Correct"),
]


@pytest.mark.parametrize(("toml", "field", "do"), BAD)
def test_metadata_that_does_not_fit_names_the_field_and_stops_no_other(
    toml: str, field: str, do: str, tmp_path: Path
) -> None:
    corpus(tmp_path, a="One.", b="Two.")
    (tmp_path / "articles.toml").write_text(toml)
    refusal, article = read_corpus(tmp_path)
    assert isinstance(refusal, Refusal)
    assert isinstance(article, Article)
    assert "articles.toml, [a]" in refusal.what
    assert (refusal.code, field in refusal.what, do in refusal.do) == ("article.metadata", True, True)


@pytest.mark.parametrize("toml", [b"[a\n", b'[a]\nx = "\xff"\n', b'[a]\nx = "1"\nx = "2"\n', b"x = " + b"[" * 100_000])
def test_metadata_that_is_no_toml(toml: bytes, tmp_path: Path) -> None:
    (tmp_path / "articles.toml").write_bytes(toml)
    with pytest.raises(Refusal, match=r"articles\.toml") as refusal:
        list(read_corpus(tmp_path))
    assert refusal.value.code == "article.metadata"


def test_metadata_of_an_article_that_is_not_there(tmp_path: Path) -> None:
    corpus(tmp_path, a="One.")
    (tmp_path / "articles.toml").write_text('[a]\nlanguage = "en"\n[aa]\nlanguage = "en"\n')
    article, refusal = read_corpus(tmp_path)
    assert isinstance(article, Article)
    assert isinstance(refusal, Refusal)
    assert (refusal.code, "'aa'" in refusal.what) == ("article.metadata", True)


@pytest.mark.parametrize("name", ["a" * 5000, "../beside", "a/b", "a\\u0000", ""])
def test_metadata_under_what_can_be_no_name_is_told_and_names_no_file(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    corpus(folder, a="One.")
    (tmp_path / "beside.txt").write_text("Not of the corpus.")
    (folder / "articles.toml").write_text(f'["{name}"]\nlanguage = "en"\n')
    _, refusal = read_corpus(folder)
    assert isinstance(refusal, Refusal)
    assert "of which there is no file" in refusal.what


def test_the_seeds_are_taken_in_with_their_metadata() -> None:
    found = list(read_corpus(SEEDS))
    assert len(found) == 5
    described = {article.article_id[:3]: article.metadata for article in found if isinstance(article, Article)}
    assert described["003"].published == "2018-05-24"
    assert described["000"].translation_of == "001_342caec395be2361"


def test_the_readmes_articles_toml_says_what_the_readme_says(tmp_path: Path) -> None:
    readme = (SEEDS.parent / "README.md").read_text(encoding="utf-8")
    _, _, behind = readme.partition("<!-- articles -->\n```toml\n")
    corpus(tmp_path, raid="Jets raided Raqqa on Tuesday.", siege="Deir ez-Zor: قتل ستة")
    (tmp_path / "articles.toml").write_text(behind.partition("```")[0], encoding="utf-8")
    raid, siege = read_corpus(tmp_path)
    assert isinstance(raid, Article)
    assert isinstance(siege, Article)
    assert raid.metadata.plain() == {
        "language": "en",
        "outlet": "Orient News",
        "published": "2018-05-24",
        "published_from": "the line under the title",
    }
    assert siege.metadata.plain() == {"language": "ar", "translation_of": "raid"}
