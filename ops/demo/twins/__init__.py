"""The twins of the services: the same paths, keys, pages and errors, on the town's reviews.

They share one address: no two services have a path in common.
"""

from collections.abc import Callable, Mapping

from flask import Blueprint

from ops.demo.twins import (
    avis_verifies,
    boamp,
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
    "facebook": facebook.twin,
}
