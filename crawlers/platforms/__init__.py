"""The platforms: web pages of any kind, and services that are read by their own interfaces."""

from collections.abc import Mapping

from crawlers.platforms.avis_verifies import AvisVerifies
from crawlers.platforms.base import Platform
from crawlers.platforms.boamp import Boamp
from crawlers.platforms.ebay import Ebay
from crawlers.platforms.embedded import EmbeddedState
from crawlers.platforms.etsy import EtsyListings, EtsyReviews
from crawlers.platforms.facebook import Facebook
from crawlers.platforms.feed import Feed
from crawlers.platforms.google import Google
from crawlers.platforms.judge_me import JudgeMe
from crawlers.platforms.recipe import PageRecipe
from crawlers.platforms.sitemap import SITEMAP, SiteMap
from crawlers.platforms.structured import StructuredData
from crawlers.platforms.trustpilot import Trustpilot

STRUCTURED = "structured"
PLATFORMS: Mapping[str, Platform] = {
    "google": Google(),
    "trustpilot": Trustpilot(),
    "avis_verifies": AvisVerifies(),
    "judge_me": JudgeMe(),
    "etsy": EtsyReviews(),
    "etsy_listings": EtsyListings(),
    "ebay": Ebay(),
    "boamp": Boamp(),
    "facebook": Facebook(),
    SITEMAP: SiteMap(),
    "feed": Feed(),
    "recipe": PageRecipe(),
    "embedded": EmbeddedState(),
    # The last to be asked whether it knows an address: it reads any page.
    STRUCTURED: StructuredData(),
}


def recognised(url: str) -> Platform:
    """Return the platform that an address is one of; web pages with structured data otherwise."""
    return next((one for one in PLATFORMS.values() if one.recognises(url)), PLATFORMS[STRUCTURED])


def is_service(name: str) -> bool:
    """Say whether a platform is a service with an interface, not a reader of web pages."""
    return name in PLATFORMS and bool(PLATFORMS[name].base_url)
