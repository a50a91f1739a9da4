"""What a crawling child imports, at once or with its first request."""

from importlib import import_module

from sqlalchemy.orm import configure_mappers

import crawlers.child  # noqa: F401  # For its imports.
from vigie.french import t

for _name in (
    "crawlers.gate",
    "crawlers.reservation",
    "crawlers.robots",
    "crawlers.throttle",
    "scrapy.core.downloader.handlers.http11",
    "scrapy.downloadermiddlewares.cookies",
    "scrapy.downloadermiddlewares.defaultheaders",
    "scrapy.downloadermiddlewares.downloadtimeout",
    "scrapy.downloadermiddlewares.httpauth",
    "scrapy.downloadermiddlewares.httpcache",
    "scrapy.downloadermiddlewares.httpcompression",
    "scrapy.downloadermiddlewares.httpproxy",
    "scrapy.downloadermiddlewares.redirect",
    "scrapy.downloadermiddlewares.retry",
    "scrapy.downloadermiddlewares.stats",
    "scrapy.downloadermiddlewares.useragent",
    "scrapy.dupefilters",
    "scrapy.extensions.closespider",
    "scrapy.extensions.corestats",
    "scrapy.extensions.logcount",
    "scrapy.extensions.logstats",
    "scrapy.extensions.memdebug",
    "scrapy.extensions.memusage",
    "scrapy.extensions.spiderstate",
    "scrapy.logformatter",
    "scrapy.pqueues",
    "scrapy.spidermiddlewares.depth",
    "scrapy.spidermiddlewares.httperror",
    "scrapy.spidermiddlewares.metacopy",
    "scrapy.spidermiddlewares.start",
    "scrapy.squeues",
    "scrapy.statscollectors",
):
    import_module(_name)
# The catalogue is parsed, and the models made ready, once.
configure_mappers()
t("redacted-plate")
