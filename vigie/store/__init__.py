"""The store: typed SQLAlchemy models, a file per entity, and the queries beside them."""

from vigie.store.alert import Alert, AlertFeedback, AlertState, Closing, Severity
from vigie.store.audit import AuditEntry
from vigie.store.base import Base
from vigie.store.change_set import ChangeSet
from vigie.store.crawl import Crawl, Outcome, Reach
from vigie.store.credential import Credential
from vigie.store.detector_memory import DetectorMemory
from vigie.store.health_change import HealthChange
from vigie.store.listing import Listing, PricePoint
from vigie.store.message import Message, MessageState
from vigie.store.recipe_trial import RecipeTrial
from vigie.store.review import Review, ReviewState, ReviewVersion
from vigie.store.score import AspectMention, ModelState, ReadingModel, Score, UrgencyMention
from vigie.store.shop import Rival, Shop
from vigie.store.site import PageMemory, Permission, Site
from vigie.store.source import Health, Source
from vigie.store.tender import Tender
from vigie.store.user import Member, MemberRole, Role, User

__all__ = [
    "Alert",
    "AlertFeedback",
    "AlertState",
    "AspectMention",
    "AuditEntry",
    "Base",
    "ChangeSet",
    "Closing",
    "Crawl",
    "Credential",
    "DetectorMemory",
    "Health",
    "HealthChange",
    "Listing",
    "Member",
    "MemberRole",
    "Message",
    "MessageState",
    "ModelState",
    "Outcome",
    "PageMemory",
    "Permission",
    "PricePoint",
    "Reach",
    "ReadingModel",
    "RecipeTrial",
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
    "Tender",
    "UrgencyMention",
    "User",
]
