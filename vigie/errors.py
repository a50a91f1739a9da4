"""What Vigie says when something a person did, or the outside world, stops it.

VigieError               one French sentence from the catalogue: names the input and the remedy
  NotFoundError          the named shop, source or file does not exist
  StoreError             the database is locked, read-only, corrupt, too new or unreachable
"""

from vigie.french import t


class VigieError(Exception):
    """An error meant for people: its text is the catalogue's, so no traceback is needed.

    Args:
        message_id: the identifier of the sentence in ``vigie/locale/fr/*.ftl``.
        args: the values named in the sentence.
    """

    def __init__(self, message_id: str, **args: object) -> None:
        self.message_id = message_id
        self.args_by_name = args
        super().__init__(t(message_id, **args))


class NotFoundError(VigieError):
    """The thing that was named does not exist."""


class StoreError(VigieError):
    """The database cannot be used as it is."""
