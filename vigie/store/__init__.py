"""The store: typed SQLAlchemy models, a file per entity, and the queries beside them."""

from vigie.store.alert import Alert, AlertState, Severity
from vigie.store.audit import AuditEntry
from vigie.store.base import Base
from vigie.store.crawl import Crawl, Outcome
from vigie.store.listing import Listing, PricePoint
from vigie.store.message import Message, MessageState
from vigie.store.review import Review, ReviewState, ReviewVersion
from vigie.store.score import AspectMention, Score
from vigie.store.shop import Rival, Shop
from vigie.store.site import Permission, Site
from vigie.store.source import Health, Source
from vigie.store.user import Member, MemberRole, Role, User

__all__ = [
    "Alert",
    "AlertState",
    "AspectMention",
    "AuditEntry",
    "Base",
    "Crawl",
    "Health",
    "Listing",
    "Member",
    "MemberRole",
    "Message",
    "MessageState",
    "Outcome",
    "Permission",
    "PricePoint",
    "Review",
    "ReviewState",
    "ReviewVersion",
    "Rival",
    "Role",
    "Score",
    "Severity",
    "Shop",
    "Site",
    "Source",
    "User",
]
