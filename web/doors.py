"""Collection, as far as it was handed to the application."""

from flask import current_app

from vigie.collection import Collection
from vigie.errors import NotFoundError

COLLECTION = "vigie_collection"


def collection_if_any() -> Collection | None:
    """Return what adds sources and knows the platforms, if the application has it."""
    found: Collection | None = current_app.extensions[COLLECTION]
    return found


def collection() -> Collection:
    """Return what adds sources and knows the platforms.

    Raises:
        NotFoundError: the application was made without it: there are no such pages.
    """
    found = collection_if_any()
    if found is None:
        raise NotFoundError("error-not-collecting")
    return found
