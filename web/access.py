"""Doors that only some people pass."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import abort, redirect, request
from flask.typing import ResponseReturnValue

from web.security import signed_in

P = ParamSpec("P")
R = TypeVar("R")


def operators_only(view: Callable[P, R]) -> Callable[P, R]:
    """Let operators pass, refuse others with a sentence."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        if not signed_in().is_operator:
            abort(403)
        return view(*args, **kwargs)

    return guarded


def back_to(default: str) -> ResponseReturnValue:
    """Go back to the page of ours that the form names, else to ``default``."""
    wanted = request.form.get("retour", "")
    # "//host" and "/\host" would leave the site.
    is_ours = wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    return redirect(wanted if is_ours and wanted.isprintable() else default, code=303)


def page_number() -> int:
    """Return the page asked for; anything that is not a number is the first."""
    return request.args.get("page", 1, type=int)
