"""`annotator gold show`: an article of a release with mentions and frames: in a pipe, on a terminal, as a page."""

import os
import pty
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import orjson
import pytest

from annotator.model.canonical import sha256

HOSTILE = 'Planes\x1b[31m shelled <script>alert(1)</script> \u202eRaqqa & "more".\nقصف الرقة.\n'


@pytest.fixture
def hostile(tmp_path: Path) -> tuple[Path, Path]:
    """A plain gold of an article that tries everything, with the folder of its text under another name."""
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "other.txt").write_text(HOSTILE.replace("\x1b", "\u2028"), encoding="utf-8")
    stored = HOSTILE.replace("\x1b", "\u2028")

    def mention(name: str, kind: str, words: str, **said: Any) -> dict[str, Any]:
        start = stored.index(words)
        return {"id": name, "kind": kind, "start": start, "end": start + len(words), "quote": words, **said}

    record = {
        "article_id": "evil",
        "language": "en",
        "text_sha256": sha256(stored.encode()),
        "regions": [],
        "mentions": [
            mention("m1", "actor", "Planes\u2028[31m shelled <script>", ref="<b>"),
            mention("m2", "trigger", "shelled <script>alert", label="strike.air"),
            mention("m3", "place", "\u202eRaqqa & \"more\".\nقصف"),
        ],
        "events": [
            {
                "id": "e1", "type": "strike.air", "triggers": ["m2"], "hub": "\"><i>",
                "arguments": [{"role": "place", "mention": "m3"}],
            }
        ],
        "complete": True,
        "provenance": {"annotators": ["a1"], "adjudicator": "j1", "decisions_sha256": "0" * 64},
    }  # fmt: skip
    gold = tmp_path / "evil.jsonl"
    gold.write_bytes(orjson.dumps(record) + b"\n")
    return gold, texts


class Page(HTMLParser):
    """What a page consists of."""

    def __init__(self, written: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(written)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in {"meta", "br", "li"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def with_name(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag == name]


def test_without_an_article_they_are_listed(run: Any, released: Path):
    assert run("gold", "show", "gold/1.0.0").out.startswith("en-1  en  1 event, ")
    (row,) = run("gold", "show", "gold/1.0.0", "--json").json
    assert (row["article_id"], row["events"], row["complete"]) == ("en-1", 1, True)


def test_through_a_pipe_mentions_stand_in_brackets_and_events_as_frames(run: Any, released: Path):
    out = run("gold", "show", "gold/1.0.0", "en").out
    assert out.startswith("Airstrikes kill 12 civilians near Idlib\nen-1, en: 1 event, ")
    found = re.search(
        r"\[actor m\d+ (\d+)-\d+ \(\w+\): Regime forces\] \[trigger m\d+ \d+-\d+ [\w.]+: shelled\] the", out
    )
    assert found
    text = (released.parents[1] / "seeds" / "en-1.txt").read_text(encoding="utf-8")
    assert int(found[1]) == text.index("Regime forces")
    assert re.search(r"\[number m\d+ \d+-\d+ \(12 persons\): 12[^]]*\]", out)
    assert "\x1b" not in out
    (frame,) = re.findall(
        r"^e1 \S+: actual, asserted, foreground\n  trigger   “shelled” \d+-\d+\n  attacker  “Regime forces” .*$",
        out,
        re.M,
    )
    assert frame
    assert "mentions in no event\n" in out


def test_the_record_itself_is_there_for_programs(run: Any, released: Path):
    (released.parents[1] / "seeds" / "en-1.txt").unlink()
    record = orjson.loads((released / "gold.jsonl").read_bytes())
    assert run("gold", "show", "gold/1.0.0", "en-1", "--json").json == record


def test_a_text_that_is_not_at_hand_is_asked_for(run: Any, released: Path, tmp_path: Path):
    alone = Path(shutil.copytree(released, tmp_path / "alone" / "1.0.0"))
    refused = run("gold", "show", alone, "en-1", at=tmp_path)
    assert refused.status == 2
    assert "Name the folder of the articles with --texts." in refused.err
    seeds = released.parents[1] / "seeds"
    assert "shelled" in run("gold", "show", alone, "en-1", "--texts", seeds, at=tmp_path).out
    (seeds / "en-1.txt").write_text("Something else.\n", encoding="utf-8")
    assert run("gold", "show", alone, "en-1", "--texts", seeds, at=tmp_path).status == 2


def test_an_article_that_is_not_in_it_is_refused(run: Any, released: Path):
    refused = run("gold", "show", "gold/1.0.0", "xx")
    assert refused.status == 2
    assert "has no article 'xx'" in refused.err


def test_on_a_page_every_mention_and_event_can_be_linked_to(run: Any, released: Path, tmp_path: Path):
    assert run("gold", "show", "gold/1.0.0", "--html", tmp_path / "page.html").status == 0
    page = Page((tmp_path / "page.html").read_text(encoding="utf-8"))
    assert page.open == []
    record = orjson.loads((released / "gold.jsonl").read_bytes())
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {f"001-{one['id']}" for one in (*record["mentions"], *record["events"])} <= set(ids)
    assert {link["href"] for link in page.with_name("a")} <= {f"#{one}" for one in ids}
    assert any("number 12 persons" in (mark["title"] or "") for mark in page.with_name("mark"))
    assert page.with_name("meta")[1]["content"] == "default-src 'none'; style-src 'unsafe-inline'"


def test_what_an_article_says_does_nothing_on_a_page(run: Any, hostile: tuple[Path, Path], tmp_path: Path):
    gold, texts = hostile
    assert run("gold", "show", gold, "--texts", texts, "--html", tmp_path / "page.html").status == 0
    written = (tmp_path / "page.html").read_text(encoding="utf-8")
    page = Page(written)
    assert page.open == []
    assert not {"script", "b", "i", "img"} & {tag for tag, _ in page.tags}
    assert not {"\u202e", "\u2028"} & set(written)
    assert {attribute for _, attributes in page.tags for attribute in attributes if attribute.startswith("on")} == set()
    assert [paragraph["dir"] for paragraph in page.with_name("p") if "dir" in paragraph] == ["ltr", "rtl"]
    across = [mark for mark in page.with_name("mark") if (mark["title"] or "").startswith("m3 ")]
    assert [("id" in mark) for mark in across] == [True, False]


def test_what_an_article_says_does_nothing_in_a_pipe(run: Any, hostile: tuple[Path, Path]):
    gold, texts = hostile
    out = run("gold", "show", gold, "evil", "--texts", texts).out
    assert not {"\x1b", "\u202e", "\u2028"} & set(out)
    assert "0  [actor m1 0-28 (<b>): Planes" in out
    assert "[trigger m2 12-33 strike.air: shelled <script>]][… m2: alert]" in out
    second = HOSTILE.index("\n") + 1
    assert f"\n{second}  قصف] الرقة." in out
    assert re.search(r"^  place +“.*” \d+-\d+ \(no entry\)$", out, re.MULTILINE)


def test_a_frame_names_the_other_events_of_its_hub_by_article_id_and_trigger(run: Any, hostile: tuple[Path, Path]):
    gold, texts = hostile
    one = orjson.loads(gold.read_bytes())
    (event,) = one["events"]
    event |= {"hub": "h1", "realis": "future", "background": True}
    other = {**one, "article_id": "other", "events": [{**event, "id": "e7"}, {**event, "id": "e8", "hub": "h2"}]}
    gold.write_bytes(orjson.dumps(one) + b"\n" + orjson.dumps(other) + b"\n")
    out = run("gold", "show", gold, "evil", "--texts", texts).out
    assert "\ne1 strike.air: future, asserted, background\n" in out
    assert re.findall(r"^  hub (h\d) +(.*)$", out, re.MULTILINE) == [
        ("h1", "other e7 strike.air on “shelled <script>alert” 12-33")
    ]
    assert "hub h2   shared with no other event\n" in run("gold", "show", gold, "other", "--texts", texts).out


def test_every_line_in_a_pipe_begins_with_the_place_where_its_text_stands(run: Any, released: Path):
    text = (released.parents[1] / "seeds" / "en-1.txt").read_text(encoding="utf-8")
    out = run("gold", "show", "gold/1.0.0", "en-1").out
    begins = [int(found) for found in re.findall(r"^ *(\d+)[ ~] \S", out, re.MULTILINE)]
    assert begins == [0, *(place + 1 for place, letter in enumerate(text[:-1]) if letter == "\n" != text[place + 1])]


def test_lines_with_boilerplate_are_marked_in_a_pipe_and_its_stretches_listed(run: Any, hostile: tuple[Path, Path]):
    gold, texts = hostile
    record = orjson.loads(gold.read_bytes())
    second = HOSTILE.index("\n") + 1
    record["regions"] = [
        {"kind": "body", "start": 0, "end": second},
        {"kind": "navigation", "start": second, "end": len(HOSTILE)},
    ]
    gold.write_bytes(orjson.dumps(record) + b"\n")
    out = run("gold", "show", gold, "evil", "--texts", texts).out
    assert f"\n{second}~ قصف" in out
    assert "\n 0  [actor" in out
    assert f"\nboilerplate, in which nothing is read\n  navigation {second}-{len(HOSTILE)}\n" in out
    assert "body" not in out


def in_a_terminal(at: Path, *arguments: str, **variables: str) -> str:
    """Run `annotator ARGUMENTS` with a terminal as its standard output and give what it wrote there."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "ANNOTATOR_BIDI": "visual", "COLORTERM": "truecolor"}
    environment.pop("NO_COLOR", None)
    environment |= variables
    command = [sys.executable, "-m", "annotator", *arguments]
    with subprocess.Popen(command, stdout=theirs, stdin=subprocess.DEVNULL, cwd=at, env=environment) as running:
        os.close(theirs)
        written = b"".join(iter(lambda: _read(ours), b""))
        assert running.wait() == 0
    os.close(ours)
    return written.decode().replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # the other end is closed
        return b""


def test_on_a_terminal_there_are_colours_and_no_brackets(released: Path):
    written = in_a_terminal(released.parents[1], "gold", "show", "gold/1.0.0", "en-1")
    assert re.search(r"\x1b\[[\d;]*mshelled\x1b\[0m", written)
    assert "[trigger" not in written
    assert "  trigger   “shelled” " in written


@pytest.mark.parametrize("variables", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_where_kinds_cannot_be_told_by_colours_they_stand_in_brackets(released: Path, variables: dict[str, str]):
    written = in_a_terminal(released.parents[1], "gold", "show", "gold/1.0.0", "en-1", **variables)
    assert re.search(r"\[trigger\s+m\d+\s+\d+-\d+\s+[\w.]+:\s+shelled\]", written)
    assert ("\x1b" in written) == ("NO_COLOR" in variables)


def test_a_pipe_loads_no_screens(released: Path):
    code = (
        "import sys; sys.argv[1:] = ['gold', 'show', 'gold/1.0.0', 'en-1']\n"
        "import annotator.cli as cli\n"
        "try: cli.main()\n"
        "except SystemExit: pass\n"
        "print({'textual', 'rich', 'sqlalchemy'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=released.parents[1], capture_output=True, text=True, check=True
    )
    assert done.stdout.endswith("\nset()\n")


def test_the_readmes_examples_do_what_they_say(run: Any, released: Path, tmp_path: Path):
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    examples = re.findall(r"^annotator (gold (?:show|diff) .*?)(?: +#.*)?$", readme, re.MULTILINE)
    assert len(examples) >= 5
    stand_in = {"gold/2.0.0": "gold/1.0.0", "003": "en", "predictions.jsonl": "gold/1.0.0/gold.jsonl"}
    for example in examples:
        outcome = run(*(stand_in.get(word, word) for word in example.split()))
        assert outcome.status == 0, outcome.err


def test_a_plain_line_that_does_not_say_its_text_is_not_guessed_at(run: Any, released: Path, tmp_path: Path):
    plain = tmp_path / "plain.jsonl"
    plain.write_text('{"article_id": "en-1", "mentions": [{"kind": "actor", "start": 0, "end": 3}]}\n')
    refused = run("gold", "show", plain, "en-1", "--texts", "seeds")
    assert refused.status == 2
    assert "does not say by a text_sha256 which text" in refused.err
    assert run("gold", "show", plain, "en-1", "--json").json["mentions"][0]["start"] == 0
    assert run("gold", "show", plain, "en-1", "--json").json.keys() == {"article_id", "mentions"}
    assert run("gold", "show", plain).out == "en-1  unknown  0 events, 1 mention, not read to the end\n"
