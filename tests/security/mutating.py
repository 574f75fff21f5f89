"""Damaged copies of real files, many and fast: what a crash, a hostile hand or a careless program makes of them.

Not hypothesis: ten thousand inputs a reader have to fit into seconds, and what fails here is short enough to be read.
"""

import os
import random
import re
from collections.abc import Iterator, Sequence

HOW_MANY = 10_000
"""Inputs that each reader is given."""

SEED = 8 if "CI" in os.environ else random.SystemRandom().randrange(2**32)
"""What lands must not hang on luck: CI tries the same each time, everybody else others."""

_TOKEN = re.compile(rb'"(?:[^"\\\n]|\\.)*"|-?[0-9][0-9.eE+-]*|[A-Za-z_]+|[^\sA-Za-z0-9]')
_VALUE = re.compile(
    rb'"(?:[^"\\\n]|\\.)*"|-?[0-9][0-9.eE+-]*|true|false|null|nan|-?inf|\[\]|\{\}|[0-9]{4}-.*', re.DOTALL
)

COMMON = (
    b"NaN", b"Infinity", b"-Infinity", b"null", b"true", b"false", b"1.0", b"-1", b"-0", b"0", b"1e999", b"1E400",
    b"9007199254740992", b"-9007199254740993", b"9" * 400, b"9" * 5000, b"[]", b"{}", b'""', b'"\\ud800"',
    b'"\\udc00\\ud800"', b'"\\u0000"', b"\x00", b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xef\xbb\xbf",
    "\u2028".encode(), "\x85".encode(), b"\x0c", b"\r", b"\n", b"\r\n", "\u202e".encode(), b"\x1b[31m",
    b'"../../x"', b'"\\u0022:"', b'"a" :', b"{", b"}", b"[", b"]", b",", b":", b'"', b"'", b"\\", b"#",
    "\U0001f469\u200d\U0001f4bb".encode(), "e\u0301".encode(),
)  # fmt: skip
"""What breaks readers of text, each as a token."""

TOML = (
    b"1979-05-27T07:32:00Z", b"1979-13-40", b"nan", b"inf", b"-inf", b"0x", b"0xffffffffffffffffff", b"1_0", b"'''",
    b'"""', b"[[x]]", b"[x]\n", b"a.b.c = 1\n", b"=", b"{ a = 1 }", b"[ 1, 'a' ]", b"07:32:00", b".", b'"x"',
)  # fmt: skip
"""What TOML has besides."""


def mutants(seeds: Sequence[bytes], count: int = HOW_MANY, words: Sequence[bytes] = COMMON) -> Iterator[bytes]:
    """Give `count` damaged copies of `seeds`: half of them with other values that may be read, half broken anywhere."""
    chance = random.Random(SEED)
    parts = [[found.span() for found in _TOKEN.finditer(seed)] for seed in seeds]
    held = [[span for span in spans if _holds(seed, span)] for seed, spans in zip(seeds, parts, strict=True)]
    tokens = [seed[start:end] for seed, spans in zip(seeds, parts, strict=True) for start, end in spans]
    values = [seed[start:end] for seed, spans in zip(seeds, held, strict=True) for start, end in spans]
    values += [word for word in words if _VALUE.fullmatch(word)]
    for number in range(count):
        which = int(chance.random() * len(seeds))
        if number % 2 and held[which]:
            yield _other_values(seeds[which], held[which], chance, values)
        else:
            yield _damaged(seeds[which], parts[which], chance, tokens, words)


def _holds(seed: bytes, span: tuple[int, int]) -> bool:
    """Tell whether a token is a whole value or a key, not a mark between them."""
    return _VALUE.fullmatch(seed, *span) is not None


def _other_values(seed: bytes, spans: "_Spans", chance: random.Random, values: "_Tokens") -> bytes:
    """Put other values in the place of one to three; the last first, so that the places of the others still hold."""
    chosen = {spans[int(chance.random() * len(spans))] for _ in range(1 + int(chance.expovariate(1.5)))}
    for start, end in sorted(chosen, reverse=True):
        seed = seed[:start] + values[int(chance.random() * len(values))] + seed[end:]
    return seed


def _damaged(seed: bytes, spans: "_Spans", chance: random.Random, tokens: "_Tokens", words: "_Tokens") -> bytes:
    data = _WAYS[int(chance.random() * len(_WAYS))](seed, spans, chance, tokens, words)
    while chance.random() < 0.4:
        data = _WAYS[int(chance.random() * len(_WAYS))](data, spans, chance, tokens, words)
    return data


_Spans = Sequence[tuple[int, int]]
_Tokens = Sequence[bytes]


def _place(data: bytes, chance: random.Random) -> int:
    return int(chance.random() * (len(data) + 1))


def _span(data: bytes, spans: _Spans, chance: random.Random) -> tuple[int, int]:
    """Give where a token of the undamaged file was: mostly it still is."""
    start, end = spans[int(chance.random() * len(spans))]
    return min(start, len(data)), min(end, len(data))


def _flip(data: bytes, spans: _Spans, chance: random.Random, tokens: _Tokens, words: _Tokens) -> bytes:
    at = _place(data, chance)
    return data[:at] + bytes([int(chance.random() * 256)]) + data[at + 1 :]


def _cut(data: bytes, spans: _Spans, chance: random.Random, tokens: _Tokens, words: _Tokens) -> bytes:
    return data[: _place(data, chance)]


def _drop(data: bytes, spans: _Spans, chance: random.Random, tokens: _Tokens, words: _Tokens) -> bytes:
    at = _place(data, chance)
    return data[:at] + data[at + 1 + int(chance.random() * 20) :]


def _double(data: bytes, spans: _Spans, chance: random.Random, tokens: _Tokens, words: _Tokens) -> bytes:
    at, to = sorted((_place(data, chance), _place(data, chance)))
    return data[:to] + data[at:to] + data[to:]


def _splice(data: bytes, spans: _Spans, chance: random.Random, tokens: _Tokens, words: _Tokens) -> bytes:
    start, end = _span(data, spans, chance)
    at = _place(data, chance)
    return data[:at] + data[start:end] + data[at:]


def _swap(data: bytes, spans: _Spans, chance: random.Random, tokens: _Tokens, words: _Tokens) -> bytes:
    """Put something that breaks readers, or a token from elsewhere, in the place of a token."""
    start, end = _span(data, spans, chance)
    other = words if chance.random() < 0.5 else tokens
    return data[:start] + other[int(chance.random() * len(other))] + data[end:]


def _nest(data: bytes, spans: _Spans, chance: random.Random, tokens: _Tokens, words: _Tokens) -> bytes:
    """Put a token into brackets; rarely into a hundred thousand of them, or into some that nobody closes."""
    start, end = _span(data, spans, chance)
    depth = (1, 2, 60, 260, 1100, 100_000)[min(int(chance.expovariate(0.7)), 5)]
    opening, closing = ((b"[", b"]"), (b'{"a":', b"}"), (b'{"a" : [', b"]}"))[int(chance.random() * 3)]
    closed = closing * depth if chance.random() < 0.8 else b""
    return data[:start] + opening * depth + data[start:end] + closed + data[end:]


def _grow(data: bytes, spans: _Spans, chance: random.Random, tokens: _Tokens, words: _Tokens) -> bytes:
    """Write a token many times over: a name of thousands of letters, a number of thousands of digits."""
    start, end = _span(data, spans, chance)
    times = (10, 310, 5000)[int(chance.random() * 3)]
    inside = data[start:end].strip(b'"')[:4] or b"9"
    return data[: end - 1] + inside * times + data[end - 1 :]


_WAYS = (_flip, _cut, _drop, _double, _splice, _swap, _swap, _swap, _nest, _grow)
