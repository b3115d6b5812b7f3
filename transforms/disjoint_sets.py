"""Disjoint sets (Tarjan 1975), by which connected components are found."""

from __future__ import annotations


class DisjointSets:
    """Disjoint sets of 0 to n-1; the least element stands for its set.

    Args:
        size: How many elements there are, each at first alone.
    """

    def __init__(self, size: int) -> None:
        self.parent = list(range(size))

    def find(self, item: int) -> int:
        """The element that stands for an element's set."""
        parent = self.parent
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    def union(self, a: int, b: int) -> int:
        """Makes the sets of two elements one, and returns what stands for it."""
        a, b = self.find(a), self.find(b)
        low, high = (a, b) if a < b else (b, a)
        self.parent[high] = low
        return low
