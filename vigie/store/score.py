"""What the model reads in a review: its score, and the aspects it speaks of."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from vigie.store.base import Base, Pk, Str32, Str64
from vigie.store.review import Review


class Score(Base):
    """One model's reading of one review's present text."""

    __tablename__ = "score"
    __table_args__ = (
        UniqueConstraint("review_id", "model"),
        # Serves "which model read last?", which every reader of scores asks first.
        Index("ix_score_scored_at_id", "scored_at", "id"),
    )

    id: Mapped[Pk]
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"))
    # Name and version of the weights: two models are never mixed on a chart.
    model: Mapped[Str64] = mapped_column(index=True)
    # Digest of the text that was read: an edited review is read again, equal texts once.
    text_hash: Mapped[Str64] = mapped_column(index=True)
    # Probabilities of one to five stars.
    p1: Mapped[float]
    p2: Mapped[float]
    p3: Mapped[float]
    p4: Mapped[float]
    p5: Mapped[float]
    # Expected stars, 1.0 to 5.0.
    stars: Mapped[float]
    # neg, neu or pos.
    label: Mapped[Str32]
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


def current_model(session: Session) -> str | None:
    """Return the model of the newest score: readers show one model's scores, never a mix."""
    return session.scalar(
        select(Score.model).order_by(Score.scored_at.desc(), Score.id.desc()).limit(1)
    )
