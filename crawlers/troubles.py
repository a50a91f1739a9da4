"""Why a page gave nothing."""

from enum import StrEnum


class Trouble(StrEnum):
    """Why a page gave nothing; each has its sentence, ``crawl-trouble-<value>``."""

    ROBOTS = "robots"
    ROBOTS_DOWN = "robots-down"
    DNS = "dns"
    REFUSED = "refused"
    TIMEOUT = "timeout"
    BROKEN_OFF = "broken-off"
    TOO_LARGE = "too-large"
    REDIRECTS = "redirects"
    ELSEWHERE = "elsewhere"
    FORBIDDEN_ADDRESS = "forbidden-address"
    NOT_A_PAGE = "not-a-page"
    UNREADABLE = "unreadable"
    HTTP = "http"
    CAPTCHA = "captcha"
    LOGIN = "login"
    CONSENT = "consent"
    # Answered as if all were well: no page, an article, the site's first page, one page for all.
    ABSENT = "absent"
    ARTICLE = "article"
    HOME = "home"
    ANYTHING = "anything"
    # The site reserves the page from text and data mining: by its file, a header, a meta.
    TDM_FILE = "tdm-file"
    TDM_HEADER = "tdm-header"
    TDM_META = "tdm-meta"
    # Its turn did not come: a back-off, the hours, the day's budget, others at the site.
    PAUSED = "paused"
    HOURS = "hours"
    BUDGET = "budget"
    BUSY = "busy"
    # Of an account with a service: not given, locked to us, refused by it, over. Then its quota,
    # and what it knows nothing of.
    ACCESS_MISSING = "access-missing"
    ACCESS_SEALED = "access-sealed"
    ACCESS_REFUSED = "access-refused"
    ACCESS_EXPIRED = "access-expired"
    QUOTA = "quota"
    UNKNOWN_THERE = "unknown-there"
    # Of a page that only scripts fill: no browser could open it.
    BROWSER = "browser"


RESERVED = frozenset((Trouble.TDM_FILE, Trouble.TDM_HEADER, Trouble.TDM_META))
HELD_BACK = frozenset((Trouble.PAUSED, Trouble.HOURS, Trouble.BUDGET, Trouble.BUSY, Trouble.QUOTA))
NO_ACCESS = frozenset(
    (Trouble.ACCESS_MISSING, Trouble.ACCESS_SEALED, Trouble.ACCESS_REFUSED, Trouble.ACCESS_EXPIRED)
)
# After these, asking for more is no manners.
ENOUGH = frozenset((Trouble.CAPTCHA,)) | RESERVED | HELD_BACK
