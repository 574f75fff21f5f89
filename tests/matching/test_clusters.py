"""Things of several people as clusters: as good as trying everything, and blind to names and orders."""

from itertools import combinations, permutations, product

from hypothesis import given
from hypothesis import strategies as st

from annotator.matching.clusters import clusters
from annotator.matching.mentions import cluster_mentions, likenesses
from annotator.model.mention import Mention


def made(number: int, start: int, size: int, label: str | None = None) -> Mention:
    return Mention(id=f"m{number}", kind="actor", start=start, end=start + size, quote="x" * size, label=label)


def mentions(most: int) -> st.SearchStrategy[list[Mention]]:
    spans = st.lists(st.tuples(st.integers(0, 6), st.integers(1, 4)), unique=True, max_size=most)
    return spans.map(lambda found: [made(number, start, size) for number, (start, size) in enumerate(found)])


def total(found: list[dict[str, Mention]]) -> tuple[int, ...]:
    """What the members of the clusters have in common, level by level."""
    weights = [
        weight
        for cluster in found
        for one, other in combinations(cluster.values(), 2)
        for weight in likenesses([one], [other]).values()
    ]
    return tuple(map(sum, zip(*weights, strict=True))) or (0, 0, 0, 0)


def best(people: dict[str, list[Mention]]) -> tuple[int, ...]:
    """What the best of all clusterings has in common, by trying every one."""
    first, *others = people
    best_so_far = (0, 0, 0, 0)
    size = sum(map(len, people.values()))
    places = []
    for person in others:
        room = range(size)
        places.append(list(permutations(room, len(people[person]))))
    for chosen in product(*places):
        rows: dict[int, dict[str, Mention]] = {at: {first: one} for at, one in enumerate(people[first])}
        for person, at in zip(others, chosen, strict=True):
            for place, one in zip(at, people[person], strict=True):
                rows.setdefault(place, {})[person] = one
        best_so_far = max(best_so_far, total(list(rows.values())))
    return best_so_far


@given(st.fixed_dictionaries({"a": mentions(3), "b": mentions(3)}))
def test_for_two_nothing_better_is_to_be_had(people):
    assert total(cluster_mentions(people)) == best(people)


@given(st.fixed_dictionaries({"a": mentions(2), "b": mentions(2), "c": mentions(2)}))
def test_for_three_nearly_nothing_better_is_to_be_had(people):
    found, optimum = total(cluster_mentions(people)), best(people)
    assert found[0] == optimum[0], "every exact span that can be shared is"
    assert 4 * found[1] >= 3 * optimum[1]


@given(st.data())
def test_neither_names_nor_orders_matter(data):
    people = {name: data.draw(mentions(4)) for name in "abcd"[: data.draw(st.integers(1, 4))]}
    renamed = dict(zip(people, data.draw(st.permutations(list(people))), strict=True))
    again = {
        renamed[name]: data.draw(st.permutations(people[name])) for name in data.draw(st.permutations(list(people)))
    }

    def content(found: list[dict[str, Mention]]) -> list[list[tuple[object, ...]]]:
        return [sorted(one.content[:3] for one in cluster.values()) for cluster in found]

    assert content(cluster_mentions(again)) == content(cluster_mentions(people))


@given(mentions(4), mentions(4))
def test_who_copies_another_is_in_all_the_others_clusters(one, other):
    found = cluster_mentions({"a": one, "b": other, "copy": one})
    for cluster in found:
        assert cluster.get("a") == cluster.get("copy")


def test_a_second_look_finds_what_the_first_pairing_missed():
    """One after the other, `b` joins `a`; only when `c` stands beside `d` is there more to win with those two."""
    near = {("a", "b"): 3, ("b", "c"): 2, ("b", "d"): 2, ("c", "d"): 5}

    def likeness(mine: list[str], theirs: list[str]) -> dict[tuple[int, int], tuple[int, ...]]:
        pairs = product(enumerate(mine), enumerate(theirs))
        weights = {(i, j): near.get((one, other), near.get((other, one), 0)) for (i, one), (j, other) in pairs}
        return {pair: (weight,) for pair, weight in weights.items() if weight}

    found = clusters({"p": ["a", "d"], "q": ["b"], "r": ["c"]}, str, likeness)
    assert found == [{"p": "a"}, {"p": "d", "q": "b", "r": "c"}]
