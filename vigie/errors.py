"""What Vigie says when something a person did, or the outside world, stops it.

VigieError               one French sentence from the catalogue: names the input and the remedy
  NotFoundError          the named shop, source or file does not exist
  StoreError             the database is locked, read-only, corrupt, too new or unreachable
"""

import errno
import socket

from vigie.french import has_text, t


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


def reason_of(error: Exception) -> str:
    """Return in a few French words why the machine refused, else in the words of the error."""
    if isinstance(error, socket.gaierror):
        return t("reason-host")
    if isinstance(error, UnicodeDecodeError):
        return t("reason-not-utf8")
    if isinstance(error, OSError):
        number = errno.ETIMEDOUT if isinstance(error, TimeoutError) else error.errno
        # Libraries have errors of this kind with numbers of their own.
        is_system = type(error).__module__ == "builtins"
        text = f"reason-{errno.errorcode.get(number or 0, '').lower()}"
        if is_system and has_text(text):
            return t(text)
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
