"""What a model reads in a review: its score, the aspects it speaks of, what cannot wait."""

from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from sqlalchemy import (
    ForeignKey,
    Index,
    ScalarSelect,
    UniqueConstraint,
    exists,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from vigie.clock import now
from vigie.store.base import Base, Pk, Str32, Str64, enum_column
from vigie.store.review import Review
from vigie.store.upsert import insert_for


class Score(Base):
    """One model's reading of one review's present text."""

    __tablename__ = "score"
    __table_args__ = (
        UniqueConstraint("review_id", "model"),
        # Serves "has this model read the same text already?"
        Index("ix_score_text_hash_model", "text_hash", "model"),
        # Serves detection: "what was read since it last looked?"
        Index("ix_score_scored_at", "scored_at"),
    )

    id: Mapped[Pk]
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"))
    # Name and version of the weights: two models are never mixed on a chart.
    model: Mapped[Str64] = mapped_column(index=True)
    # Digest of the text that was read: an edited review is read again, equal texts once.
    text_hash: Mapped[Str64]
    # ISO 639-1, or "und"; None where the model that read was not asked.
    language: Mapped[Str32 | None]
    # Probabilities of one to five stars; None in a language that the model does not read.
    p1: Mapped[float | None]
    p2: Mapped[float | None]
    p3: Mapped[float | None]
    p4: Mapped[float | None]
    p5: Mapped[float | None]
    # Expected stars, 1.0 to 5.0; None as above.
    stars: Mapped[float | None]
    # neg, neu, pos, or und where there are no stars.
    label: Mapped[Str32]
    # Character offsets of the praise and the complaint of a mixed review; all four or none.
    mixed_praise_start: Mapped[int | None]
    mixed_praise_end: Mapped[int | None]
    mixed_complaint_start: Mapped[int | None]
    mixed_complaint_end: Mapped[int | None]
    # Whether the text says the contrary of the customer's own stars.
    disagrees: Mapped[bool] = mapped_column(default=False)
    scored_at: Mapped[datetime]

    review: Mapped[Review] = relationship()


class AspectMention(Base):
    """An aspect that a review speaks of, with its polarity and the words it rests on."""

    __tablename__ = "aspect_mention"
    __table_args__ = (UniqueConstraint("review_id", "model", "aspect", "start"),)

    id: Mapped[Pk]
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"))
    model: Mapped[Str64]
    # accueil, prix, delai, qualite, honnetete, conseil, proprete, produit, livraison, sav.
    aspect: Mapped[Str32]
    polarity: Mapped[Str32]
    # Character offsets of the clause in the review's text.
    start: Mapped[int]
    end: Mapped[int]


class UrgencyMention(Base):
    """Something in a review that the owner should act on today, and the words it rests on."""

    __tablename__ = "urgency_mention"
    __table_args__ = (UniqueConstraint("review_id", "model", "kind", "start"),)

    id: Mapped[Pk]
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"))
    model: Mapped[Str64]
    # securite, blessure, juridique, discrimination, fraude, sante.
    kind: Mapped[Str32]
    # Character offsets of the words in the review's text.
    start: Mapped[int]
    end: Mapped[int]


class ModelState(StrEnum):
    """Whether readers show what a model read, or have moved on to another."""

    SHOWN = "shown"
    RETIRED = "retired"


class ReadingModel(Base):
    """A model whose readings are shown, or were; one that is still being written has no row."""

    __tablename__ = "reading_model"
    __table_args__ = (
        UniqueConstraint("model"),
        # At most one is shown, whatever two processes do at once.
        Index(
            "uq_reading_model_shown",
            "state",
            unique=True,
            sqlite_where=text("state = 'shown'"),
            postgresql_where=text("state = 'shown'"),
        ),
    )

    id: Mapped[Pk]
    model: Mapped[Str64]
    state: Mapped[ModelState] = mapped_column(enum_column(ModelState))
    since: Mapped[datetime]


def text_digest(review_text: str) -> str:
    """Return the digest that ``Score.text_hash`` keeps of the text that was read."""
    return sha256(review_text.encode()).hexdigest()


def shown_model() -> ScalarSelect[str]:
    """Select the one model whose readings are shown.

    Within a statement, so that what it returns is all of one model, even while another takes over.
    """
    return (
        select(ReadingModel.model).where(ReadingModel.state == ModelState.SHOWN).scalar_subquery()
    )


def current_model(session: Session) -> str | None:
    """Return the model whose readings are shown, None before any review was read."""
    return session.scalar(select(ReadingModel.model).where(ReadingModel.state == ModelState.SHOWN))


def is_retired(session: Session, model: str) -> bool:
    """Say whether readers have moved on from this model to another."""
    retired = exists().where(ReadingModel.model == model, ReadingModel.state == ModelState.RETIRED)
    return bool(session.scalar(select(retired)))


def show_model(session: Session, model: str) -> None:
    """Make readers show what this model read from the commit on, and retire the one before."""
    moment = now()
    session.execute(
        update(ReadingModel)
        .where(ReadingModel.state == ModelState.SHOWN, ReadingModel.model != model)
        .values(state=ModelState.RETIRED, since=moment)
    )
    turn = {"state": ModelState.SHOWN, "since": moment}
    session.execute(
        insert_for(session, ReadingModel)
        .values(model=model, **turn)
        .on_conflict_do_update(index_elements=["model"], set_=turn)
    )
