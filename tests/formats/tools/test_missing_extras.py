"""Where an extra is not installed, its formats say which one is missing, and all others work."""

import sys

import pytest

from annotator.errors import Refusal
from annotator.formats.tools import uima_types
from annotator.formats.tools.document import Document, Source, Wanted
from annotator.formats.tools.registry import FORMATS, Format
from annotator.gold.release import read_schema
from tests.formats.tools.examples import SCHEMA, example

LIBRARIES = {"cas": ("cassis",), "spacy": ("spacy", "spacy.tokens"), "parquet": ("pyarrow",)}
DOCUMENT = Document(article_id="a", text="Two died.\n")


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch):
    for library in (name for names in LIBRARIES.values() for name in names):
        monkeypatch.setitem(sys.modules, library, None)
    uima_types.library.cache_clear()
    uima_types.type_system.cache_clear()
    yield
    uima_types.library.cache_clear()
    uima_types.type_system.cache_clear()


@pytest.mark.parametrize("row", FORMATS, ids=lambda row: row.name)
def test_a_format_without_its_extra_is_refused_by_the_extra_s_name(row: Format, bare: None):
    if row.extra is None:
        if row.writes:
            assert row.write([DOCUMENT], Wanted(read_schema(SCHEMA.read_bytes()))).files
        return
    assert row.extra in LIBRARIES
    for use in ("write", "read") if row.reads else ("write",):
        with pytest.raises(Refusal) as refused:
            if use == "write":
                row.write([DOCUMENT], Wanted(read_schema(SCHEMA.read_bytes())))
            else:
                row.read(Source(files=example(row.name)))
        assert refused.value.code == "extra.missing"
        assert f"annotator[{row.extra}]" in str(refused.value)
