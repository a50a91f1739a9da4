"""Why an adaptive source is read so often, in a French sentence."""

from vigie.cadence.rule import CEILING_D, CadenceKind, roughly_s
from vigie.french import t
from vigie.store import Source
from vigie.tuning.words import every

# Words for what comes so often, longest first: a period has one at least, give or take.
PERIODS_D = {"day": 1.0, "week": 7.0, "month": 30.4, "year": 365.0}
NEARLY_ONE = 0.8
# A source that tells less of its rate by itself is judged by others like it.
BORROWS = 0.5


def reason(source: Source) -> str:
    """Return "environ 3 avis par semaine : lu tous les 2 jours"; empty where no news decide."""
    if source.cadence_kind != CadenceKind.ADAPTIVE:
        return ""
    if source.rate_per_day is None or source.rate_of is None:
        return t("cadence-not-yet")
    sentence = t(
        "cadence-reason",
        news=_news(source.rate_of, source.rate_per_day),
        every=every(roughly_s(source.cadence_s)),
    )
    if (source.rate_own_share or 0.0) < BORROWS:
        sentence += t("cadence-borrowed")
    if source.cadence_bound:
        sentence += t(f"cadence-bound-{source.cadence_bound}", days=round(CEILING_D))
    return sentence


def _news(kind: str, per_day: float) -> str:
    for period, days in PERIODS_D.items():
        if per_day * days >= NEARLY_ONE:
            return t(f"cadence-{kind}-per-{period}", count=round(per_day * days))
    return t(f"cadence-{kind}-rare")
