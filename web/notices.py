"""Notices after an action, with a way back where there is one."""

from flask import flash, url_for

from vigie.french import t


def notice(
    message_id: str, *, undo: str | None = None, to: int | None = None, **args: object
) -> None:
    """Tell what was done on the next page.

    Args:
        message_id: the sentence in the catalogue.
        undo: the endpoint that takes the action back, called with ``id=to``.
        to: the number of the row that it takes.
        args: the values named in the sentence.
    """
    back = None if undo is None else url_for(undo, id=to)
    flash({"text": t(message_id, **args), "undo": back}, "done")  # type: ignore[arg-type]  # Flask keeps any JSON.
