"""The services that are read by their own interfaces, by name."""

from collections.abc import Mapping

from crawlers.platforms.avis_verifies import AvisVerifies
from crawlers.platforms.base import Platform
from crawlers.platforms.boamp import Boamp
from crawlers.platforms.ebay import Ebay
from crawlers.platforms.etsy import EtsyListings, EtsyReviews
from crawlers.platforms.facebook import Facebook
from crawlers.platforms.google import Google
from crawlers.platforms.judge_me import JudgeMe
from crawlers.platforms.trustpilot import Trustpilot

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
}
