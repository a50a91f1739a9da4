"""Removing a source or a shop: what goes is shown first, then goes for good."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vigie.errors import NotFoundError, VigieError
from vigie.removal import remove_shop, remove_source, shop_losses, source_losses
from vigie.removal.words import shop_sentences, source_sentences
from vigie.store.source import source_by_id
from web.access import operators_only
from web.database import db
from web.notices import notice
from web.queries.scope import shop_for
from web.security import signed_in

pages = Blueprint("removal", __name__)


@pages.get("/sources/<int:id>/retirer")
@operators_only
def ask_source(id: int) -> ResponseReturnValue:
    """Show what goes with a source."""
    source = source_by_id(db(), id)
    return render_template(
        "removal.html",
        name=source.label,
        sentences=source_sentences(source, source_losses(db(), source)),
        back=url_for("sources.show", id=id),
        here=url_for("removal.source", id=id),
    )


@pages.post("/sources/<int:id>/retirer")
@operators_only
def source(id: int) -> ResponseReturnValue:
    """Remove a source."""
    going = source_by_id(db(), id)
    try:
        losses = remove_source(db(), going, signed_in().id)
    except NotFoundError:
        raise
    except VigieError as error:
        db().rollback()
        flash(str(error), "error")
        return redirect(url_for("sources.show", id=id), code=303)
    db().commit()
    notice("removal-source-done", source=going.label, what=losses.words())
    return redirect(url_for("sources.index"), code=303)


@pages.get("/commerces/<slug>/retirer")
@operators_only
def ask_shop(slug: str) -> ResponseReturnValue:
    """Show what goes with a shop, and offer to remove the rivals watched for it alone."""
    shop = shop_for(db(), signed_in(), slug)
    losses = shop_losses(db(), shop)
    return render_template(
        "removal.html",
        name=shop.name,
        # The title names it.
        sentences=shop_sentences(shop, losses, with_rivals=None)[1:],
        rivals=losses.lone_rivals,
        back=url_for("shop.show", slug=slug),
        here=url_for("removal.shop", slug=slug),
    )


@pages.post("/commerces/<slug>/retirer")
@operators_only
def shop(slug: str) -> ResponseReturnValue:
    """Remove a shop, and those of its rivals that were ticked."""
    going = shop_for(db(), signed_in(), slug)
    lone = {str(one.id): one for one in shop_losses(db(), going).lone_rivals}
    ticked = [lone[number] for number in request.form.getlist("concurrent") if number in lone]
    try:
        done = [(one.name, remove_shop(db(), one, signed_in().id)) for one in (going, *ticked)]
    except VigieError as error:
        db().rollback()
        flash(str(error), "error")
        return redirect(url_for("shop.show", slug=slug), code=303)
    db().commit()
    for name, losses in done:
        notice("removal-shop-done", name=name, what=losses.words())
    return redirect(url_for("home.show"), code=303)
