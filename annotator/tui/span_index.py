"""Which spans cover a stretch of the text, found without walking all of them. Spans are kept by id in buckets."""

from annotator.text.span import Span

_BUCKET = 1024
"""Code points to a bucket: a few screen lines."""


class SpanIndex:
    """Spans by id; adding, removing and asking cost what the stretch holds, not what the text holds."""

    def __init__(self) -> None:
        """Begin empty."""
        self._spans: dict[str, Span] = {}
        self._buckets: dict[int, set[str]] = {}

    def add(self, span_id: str, span: Span) -> None:
        """Keep a span under an id that is not taken."""
        self._spans[span_id] = span
        for bucket in _buckets_of(span):
            self._buckets.setdefault(bucket, set()).add(span_id)

    def remove(self, span_id: str) -> None:
        """Let go of a span."""
        for bucket in _buckets_of(self._spans.pop(span_id)):
            self._buckets[bucket].discard(span_id)

    def query(self, stretch: Span) -> set[str]:
        """Give the ids of the spans that share a code point with `stretch`."""
        near = {span_id for bucket in _buckets_of(stretch) for span_id in self._buckets.get(bucket, ())}
        return {span_id for span_id in near if self._spans[span_id].overlaps(stretch)}


def _buckets_of(span: Span) -> range:
    return range(span.start // _BUCKET, max(span.start, span.end - 1) // _BUCKET + 1)
