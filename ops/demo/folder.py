"""The demo's own folder: made anew each time, and never somebody else's."""

import shutil
from pathlib import Path

from vigie.errors import VigieError, reason_of

MARK = "this-is-vigie-demo-data"


def fresh_folder(path: Path) -> Path:
    """Return an empty folder for the demo, removing what an earlier demo left.

    Raises:
        VigieError: the folder holds something that no demo made, or cannot be written.
    """
    try:
        if path.exists():
            if not (path / MARK).exists() and any(path.iterdir()):
                raise VigieError("error-demo-folder", path=str(path))
            shutil.rmtree(path)
        path.mkdir(parents=True)
        (path / MARK).touch()
    except OSError as error:
        raise VigieError("error-data-dir", path=str(path), reason=reason_of(error)) from None
    return path
