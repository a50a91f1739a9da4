"""People who sign in, and their role at each shop."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column, ForeignKey, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vigie.store.base import Base, LongText, Pk, Str64, Str255, enum_column


class MemberRole(StrEnum):
    """What a person is to a shop."""

    OWNER = "owner"
    ADVISER = "adviser"


# Operators are global: a role, not a membership.
OPERATOR = "operator"

user_roles = Table(
    "user_roles",
    Base.metadata,
    Column("user_id", ForeignKey("app_user.id", ondelete="CASCADE"), primary_key=True),
    Column("role_id", ForeignKey("role.id", ondelete="CASCADE"), primary_key=True),
)


class Role(Base):
    """A global role, as flask-security reads it."""

    __tablename__ = "role"

    id: Mapped[Pk]
    name: Mapped[Str64] = mapped_column(unique=True)
    description: Mapped[Str255 | None]

    def get_permissions(self) -> set[str]:
        """Return nothing: roles speak for themselves here, flask-security asks all the same."""
        return set()


class User(Base):
    """An account; the columns are those that flask-security asks for."""

    __tablename__ = "app_user"

    id: Mapped[Pk]
    email: Mapped[Str255] = mapped_column(unique=True)
    password: Mapped[Str255 | None]
    active: Mapped[bool] = mapped_column(default=True)
    # Changing it ends every session and link of the account.
    fs_uniquifier: Mapped[Str64] = mapped_column(unique=True)
    us_totp_secrets: Mapped[LongText | None]
    us_phone_number: Mapped[Str64 | None]
    created_at: Mapped[datetime]

    roles: Mapped[list[Role]] = relationship(secondary=user_roles, lazy="selectin")
    memberships: Mapped[list["Member"]] = relationship(back_populates="user")

    @property
    def is_operator(self) -> bool:
        """Whether this person runs the installation."""
        return any(role.name == OPERATOR for role in self.roles)


class Member(Base):
    """A user's role at a shop."""

    __tablename__ = "member"

    user_id: Mapped[int] = mapped_column(
        ForeignKey("app_user.id", ondelete="CASCADE"), primary_key=True
    )
    shop_id: Mapped[int] = mapped_column(
        ForeignKey("shop.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    role: Mapped[MemberRole] = mapped_column(enum_column(MemberRole))

    user: Mapped[User] = relationship(back_populates="memberships")
