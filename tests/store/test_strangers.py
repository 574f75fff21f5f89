"""Pseudonyms from another store: kept with nobody behind them, and named once."""

from sqlalchemy import Engine

from annotator.store.people import names, pseudonym_of
from annotator.store.strangers import is_stranger, take_pseudonyms


def test_a_stranger_gets_a_name_once_and_a_known_name_is_not_changed(engine: Engine) -> None:
    assert pseudonym_of(engine, "Ann", "label") == "a1"
    take_pseudonyms(engine, {"a1": ("label", "Eve"), "a2": ("label", None)})
    assert names(engine)["a1"] == "Ann"
    assert is_stranger(names(engine)["a2"])
    assert pseudonym_of(engine, "Bob", "label") == "a3"
    for name in ("Cy", None, "Eve"):
        take_pseudonyms(engine, {"a2": ("label", name)})
        assert names(engine)["a2"] == "Cy"
