"""Sessions, limits and addresses of the team's page, with a clock that is moved by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.cli.serve_verb import checked_address
from annotator.cli.team_page.failed_logins import AN_ADDRESS, IN_ALL, WITHIN, FailedLogins
from annotator.cli.team_page.login_page import login_page
from annotator.cli.team_page.sessions import Sessions
from annotator.cli.team_page.windows import EACH, Windows
from annotator.errors import Refusal
from annotator.store.tokens import Token

IDLE, LONGEST = 60.0, 600.0


def token(name: str) -> Token:
    return Token(name=name, stages=("label",), made="2018-05-24", salt=name, digest="0" * 64)


MIRIAM, NOOR = token("miriam"), token("noor")


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def passes(self, seconds: float) -> None:
        self.now += seconds


class House:
    """Sessions of miriam and noor, until their tokens are taken back."""

    def __init__(self) -> None:
        self.clock, self.tokens = Clock(), [MIRIAM, NOOR]
        self.sessions = Sessions(lambda: self.tokens, IDLE, LONGEST, self.clock)


@pytest.fixture
def house() -> House:
    return House()


# Sessions


def test_who_logs_in_is_known_by_what_the_browser_shows(house):
    first, second = house.sessions.begin(MIRIAM), house.sessions.begin(NOOR)
    assert house.sessions.of(first).token == MIRIAM
    assert house.sessions.of(second).token == NOOR
    assert house.sessions.of(first + "x") is None
    assert house.sessions.of("") is None
    assert house.sessions.of("\ud800") is None


def test_no_two_logins_share_what_is_shown(house):
    assert len({house.sessions.begin(MIRIAM) for _ in range(50)}) == 50


def test_a_session_ends_by_resting_and_use_keeps_it_awake(house):
    shown = house.sessions.begin(MIRIAM)
    for _ in range(3):
        house.clock.passes(IDLE - 1)
        assert house.sessions.of(shown)
    house.clock.passes(IDLE)
    assert house.sessions.of(shown) is None


def test_a_key_keeps_it_awake_and_wakes_no_dead_one(house):
    session = house.sessions.of(house.sessions.begin(MIRIAM))
    house.clock.passes(IDLE - 1)
    house.sessions.use(session)
    house.clock.passes(IDLE - 1)
    assert house.sessions.lives(session)
    house.clock.passes(1)
    house.sessions.use(session)
    assert not house.sessions.lives(session)


def test_to_ask_whether_it_lives_is_no_use(house):
    session = house.sessions.of(house.sessions.begin(MIRIAM))
    for _ in range(4):
        house.clock.passes(IDLE / 4)
        alive = house.sessions.lives(session)
    assert not alive


def test_a_session_ends_by_its_age_however_busy(house):
    shown = house.sessions.begin(MIRIAM)
    for _ in range(int(LONGEST / 10) - 1):
        house.clock.passes(10)
        assert house.sessions.of(shown)
    house.clock.passes(10)
    assert house.sessions.of(shown) is None


def test_a_session_dies_with_its_token_and_the_others_go_on(house):
    first, second = house.sessions.begin(MIRIAM), house.sessions.begin(NOOR)
    house.tokens.remove(MIRIAM)
    assert house.sessions.of(first) is None
    assert house.sessions.of(second)
    assert [session.token for session in house.sessions.sweep()] == [MIRIAM]
    house.tokens.append(MIRIAM.model_copy(update={"digest": "1" * 64}))  # a new one of hers does not bring it back
    assert house.sessions.of(first) is None


def test_logging_out_ends_it_at_once_also_for_its_windows(house):
    shown = house.sessions.begin(MIRIAM)
    session = house.sessions.of(shown)
    assert house.sessions.end(shown) is session
    assert house.sessions.of(shown) is None
    assert not house.sessions.lives(session)
    assert house.sessions.end(shown) is None


def test_a_person_has_a_bounded_number_and_loses_the_one_that_rested_longest(house):
    shown = []
    for _ in range(20):
        shown.append(house.sessions.begin(MIRIAM))
        house.clock.passes(1)
        assert house.sessions.of(shown[0]) or len(shown) > 8
    others = house.sessions.begin(NOOR)
    assert sum(house.sessions.of(one) is not None for one in shown) == 8
    assert house.sessions.of(others)
    assert len(house.sessions) == 9


def test_what_has_ended_is_forgotten(house):
    for _ in range(3):
        house.sessions.begin(MIRIAM)
    house.clock.passes(IDLE)
    house.sessions.begin(NOOR)
    assert len(house.sessions) == 1


# Wrong tokens


def test_an_address_that_fails_too_often_waits_and_others_do_not():
    clock = Clock()
    failed = FailedLogins(clock)
    for _ in range(AN_ADDRESS):
        assert failed.wait("192.0.2.1") == 0
        failed.count("192.0.2.1")
    assert failed.wait("192.0.2.1") == WITHIN
    assert failed.wait("192.0.2.2") == 0
    clock.passes(WITHIN - 0.5)
    assert failed.wait("192.0.2.1") == 1
    clock.passes(0.5)
    assert failed.wait("192.0.2.1") == 0


def test_many_addresses_together_make_all_wait():
    failed = FailedLogins(Clock())
    for number in range(IN_ALL):
        assert failed.wait("198.51.100.1") == 0
        failed.count(f"10.0.{number}.1")
    assert failed.wait("198.51.100.1") > 0


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("nonsense", "nonsense", True),
    ],
)
def test_one_customer_is_one_address(one, other, same):
    failed = FailedLogins(Clock())
    for _ in range(AN_ADDRESS):
        failed.count(one)
    assert (failed.wait(other) > 0) is same


@given(st.lists(st.tuples(st.text(max_size=300), st.floats(0, WITHIN)), max_size=300))
def test_whatever_comes_it_keeps_no_more_than_it_bears_and_nobody_waits_longer_than_a_minute(tries):
    clock = Clock()
    failed = FailedLogins(clock)
    for address, seconds in tries:
        assert 0 <= failed.wait(address) <= WITHIN
        failed.count(address)
        clock.passes(seconds)
        assert len(failed._seen) <= IN_ALL


# Windows


def test_a_person_has_room_for_so_many_windows_and_the_house_for_so_many(house):
    windows: Windows[int] = Windows(EACH + 1)
    of_miriam, of_noor = (house.sessions.of(house.sessions.begin(one)) for one in (MIRIAM, NOOR))
    for number in range(EACH):
        assert windows.why_not("miriam") == ""
        windows.add(number, of_miriam)
    assert f"{EACH} windows open already" in windows.why_not("miriam")
    assert windows.why_not("noor") == ""
    windows.add(99, of_noor)
    assert "has room for" in windows.why_not("sami")
    windows.remove(0)
    assert windows.why_not("miriam") == ""
    assert len(windows) == EACH


def test_the_windows_of_ended_sessions_are_known(house):
    windows: Windows[int] = Windows(10)
    for number, one in enumerate((MIRIAM, NOOR)):
        windows.add(number, house.sessions.of(house.sessions.begin(one)))
    assert windows.of_ended(house.sessions) == []
    house.tokens.remove(NOOR)
    assert windows.of_ended(house.sessions) == [1]


# The store behind it


@pytest.mark.postgres
def test_it_is_not_served_by_a_login_that_works_under_one_name_alone(run, team, monkeypatch):
    team.add("noor", "lead")
    run("token", "add", "miriam")
    monkeypatch.setenv("ANNOTATOR_STORE", team.url("noor"))
    refused = run("serve", "--team")
    assert refused.status == 3
    assert "who works under no other name" in refused.err
    assert "connected as" in run("serve", "--as", "miriam").err


# What is said


def test_the_login_says_what_it_is_given_and_as_text():
    assert "&lt;b&gt;" in login_page("/login", "<b>")
    assert 'action="/a&quot;b"' in login_page('/a"b')


@pytest.mark.parametrize("url", ["https://db.example.org", "https://db.example.org:8443/sub/", "http://127.0.0.1:8080"])
def test_a_proxys_address_is_taken(url):
    assert checked_address(url) == url


@pytest.mark.parametrize(
    "url",
    ["db.example.org", "ftp://x.org", "https://", "https://u:p@x.org", "https://x.org/?a", "https://x.org/#a",
     "https://x.org:port", "https://[::1", "http://192.0.2.1/", ""],
)  # fmt: skip
def test_what_is_no_address_of_a_proxy_or_is_open_to_all_is_refused(url):
    with pytest.raises(Refusal, match="--behind"):
        checked_address(url)
