"""The twins of the services: the same paths, keys, pages and errors, on the town's reviews.

They share one address: no two services have a path in common.
"""

from collections.abc import Callable, Mapping

from flask import Blueprint

from ops.demo.twins import (
    avis_verifies,
    boamp,
    companies,
    ebay,
    etsy,
    facebook,
    google,
    judge_me,
    trustpilot,
)
from ops.demo.twins.service import Service

TWINS: Mapping[str, Callable[[Service], Blueprint]] = {
    "google": google.twin,
    "trustpilot": trustpilot.twin,
    "avis_verifies": avis_verifies.twin,
    "judge_me": judge_me.twin,
    "etsy": etsy.twin,
    "ebay": ebay.twin,
    "boamp": boamp.twin,
    "companies": companies.twin,
    "facebook": facebook.twin,
}
# Where each platform finds a shop of the town: what follows the twins' address.
PLACES: Mapping[str, Callable[[str], str]] = {
    "google": "/v4/accounts/1/locations/{}/reviews".format,
    "trustpilot": lambda shop: f"/v1/business-units/{trustpilot.unit_of(shop)}/reviews",
    "avis_verifies": avis_verifies.path_of,
    "judge_me": lambda shop: f"/api/v1/reviews?shop_domain={judge_me.domain_of(shop)}",
    "etsy": lambda shop: f"/v3/application/shops/{etsy.number_of(shop)}/reviews",
    "etsy_listings": lambda shop: f"/v3/application/shops/{etsy.number_of(shop)}/listings/active",
    "ebay": "/usr/{}".format,
    "facebook": "/v21.0/{}/ratings".format,
}
