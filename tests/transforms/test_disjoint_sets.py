from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from transforms.disjoint_sets import DisjointSets


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9))))
def test_sets_are_connected_components_and_their_least_element_stands_for_them(pairs: list[tuple[int, int]]) -> None:
    sets = DisjointSets(10)
    for one, other in pairs:
        assert sets.union(one, other) == min(sets.find(one), sets.find(other))
    reached = {each: {each} for each in range(10)}
    for _ in range(10):
        for one, other in pairs:
            reached[one] = reached[other] = reached[one] | reached[other]
    for _ in range(10):
        reached = {each: set().union(*(reached[other] for other in around)) for each, around in reached.items()}
    assert [sets.find(each) for each in range(10)] == [min(reached[each]) for each in range(10)]
