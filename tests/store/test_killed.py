"""A program that is killed anywhere has lost nothing that it said was saved, and saved nothing twice."""

import subprocess
from collections.abc import Callable

from sqlalchemy import Engine

from annotator.model.article import Article
from annotator.store.log import check_log, decisions_on, standings

SCRIPT = """
import os, random, select, signal, sys, threading, time
from annotator.model.decision import Decision, Rule
from annotator.store.articles import get_article
from annotator.store.engine import open_engine
from annotator.store.log import Standing, decisions_on
from annotator.store.writer import Writer

url, rounds, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
chance = random.Random(seed)

def work(number, told):
    engine = open_engine(url)
    article = get_article(engine, "001")
    where = ("001", article.text_sha256)
    made = saved = 0
    def on_change(state):
        nonlocal made, saved
        if threading.current_thread() is threading.main_thread():
            made += 1
            os.write(told, f"made {number}-{made}\\n".encode())
        else:
            while saved < made - state.pending:
                saved += 1
                os.write(told, f"saved {number}-{saved}\\n".encode())
    before = len(decisions_on(engine, "a1", *where))
    writer = Writer(engine, before, on_change)
    for n in range(1, 100_000):
        decision = Decision(id=f"{number}-{n}", person="a1", article_id="001", text_sha256=where[1], stage="label",
                            made_at=0, changes=(Rule(item="x", choice="none"),))
        writer.submit(decision, Standing("a1", *where, before + n, 0, False, n))
        if n % 5 == 0:
            time.sleep(0.002)

for number in range(rounds):
    read, told = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        work(number, told)
        os._exit(0)
    os.close(told)
    heard = os.read(read, 65536)  # it began
    while number % 2 and b"saved" not in heard:
        heard += os.read(read, 65536)
    time.sleep(chance.uniform(0, 0.06))
    os.kill(child, signal.SIGKILL)
    assert os.WIFSIGNALED(os.waitpid(child, 0)[1]), heard
    while more := os.read(read, 65536):
        heard += more
    os.close(read)
    sys.stdout.write(heard.decode())
"""


def test_what_was_said_to_be_saved_is_there_once(
    url: str,
    engine: Engine,
    article: Article,
    program: Callable[..., "subprocess.Popen[str]"],
) -> None:
    rounds = 20 if engine.dialect.name == "sqlite" else 8
    process = program(SCRIPT, url, rounds, 1)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    told = [line.split() for line in out.splitlines()]
    made = [name for what, name in told if what == "made"]
    saved = [name for what, name in told if what == "saved"]
    logged = [decision.id for decision in decisions_on(engine, "a1", article.article_id, article.text_sha256)]
    assert len(set(logged)) == len(logged)
    assert set(saved) <= set(logged) <= set(made)
    assert logged == [name for name in made if name in set(logged)]
    assert check_log(engine) == ()
    assert [standing.decisions for standing in standings(engine)] == [len(logged)]
    # It was killed while it worked: in half of the rounds something was saved, and much was under way.
    assert len({name.split("-")[0] for name in saved}) >= rounds / 2
    assert len(made) - len(logged) > rounds / 2
