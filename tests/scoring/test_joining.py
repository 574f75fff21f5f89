"""What was counted in parts says what one count of everything says."""

import pickle

from hypothesis import given
from hypothesis import strategies as st

from annotator.scoring.articles import count_documents, reported, score_documents
from tests.scoring.test_properties import corpora


@given(corpora(), corpora(), st.lists(st.sampled_from("abc"), min_size=3, max_size=3), st.permutations("abc"))
def test_no_way_to_part_articles_and_join_them_changes_a_byte(gold, predicted, parts, order):
    # A prediction may be missing.
    predicted = predicted[1:]
    whole = score_documents(gold, predicted, boot=20)
    joined = count_documents([], [], boot=20)
    for part in order:
        mine = {document.article_id for document, where in zip(gold, parts, strict=True) if where == part}
        counted = count_documents(
            *([one for one in side if one.article_id in mine] for side in (gold, predicted)), boot=20
        )
        # As it would come from another process.
        joined.join(pickle.loads(pickle.dumps(counted)))
    report = reported(joined)
    assert report.to_json() == whole.to_json()
    assert report.table() == whole.table()
    for name in whole:
        assert report.intervals_by(name, "language") == whole.intervals_by(name, "language")
