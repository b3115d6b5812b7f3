"""What can be wrong with a store. Each message is one line that says what would be right."""

from __future__ import annotations


class StoreError(Exception):
    """Base of all errors about a store."""


class StorePathError(StoreError):
    """The path cannot be a store's."""


class NotAStoreError(StoreError):
    """There is no store at the path."""


class NewerStoreError(StoreError):
    """A later version of the contract wrote the store."""


class StoreBusyError(StoreError):
    """Another run is writing into the store."""


class StoreDamagedError(StoreError):
    """The store, or what a run has staged for it, is not as it was written; nothing was published."""
