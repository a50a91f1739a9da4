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
    # The site reserves the page from text and data mining: by its file, a header, a meta.
    TDM_FILE = "tdm-file"
    TDM_HEADER = "tdm-header"
    TDM_META = "tdm-meta"
    # Its turn did not come: a back-off, the hours, the day's budget, others at the site.
    PAUSED = "paused"
    HOURS = "hours"
    BUDGET = "budget"
    BUSY = "busy"
    # A service said so: of the account, of how often it is asked, of what is asked for.
    ACCESS_REFUSED = "access-refused"
    ACCESS_EXPIRED = "access-expired"
    QUOTA = "quota"
    UNKNOWN_THERE = "unknown-there"


RESERVED = frozenset((Trouble.TDM_FILE, Trouble.TDM_HEADER, Trouble.TDM_META))
HELD_BACK = frozenset((Trouble.PAUSED, Trouble.HOURS, Trouble.BUDGET, Trouble.BUSY))
# After these, asking for more is no manners.
ENOUGH = frozenset((Trouble.CAPTCHA,)) | RESERVED | HELD_BACK
