"""What the page and the command say of a change: the same words in both."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from vigie.cadence.rule import CadenceKind, roughly_s
from vigie.french import decimal, french_datetime, t
from vigie.hours import hours_words
from vigie.store import Source
from vigie.store.source import Health
from vigie.tuning.edits import (
    ASKED,
    BUDGET,
    CADENCE,
    CADENCES,
    CLOSES,
    CONCURRENCY,
    CRON,
    DELAY,
    FULL,
    KIND,
    OPENS,
    PAUSED,
    Edit,
    Values,
)
from vigie.tuning.effects import Effect, Load
from vigie.tuning.places import Place

MINUTE_S, HOUR_S, DAY_S = 60, 3600, 86_400
# Their sites refuse, or show nothing that can be read.
UNREAD = frozenset((Health.BROKEN, Health.BLOCKED, Health.DISALLOWED))


def every(seconds: float) -> str:
    """Return "toutes les 6 heures", "chaque jour", "tous les 2 jours"."""
    if seconds % DAY_S == 0:
        return t("every-days", count=round(seconds / DAY_S))
    if seconds < HOUR_S:
        return t("every-minutes", count=round(seconds / MINUTE_S))
    hours = seconds / HOUR_S
    return t("every-hours", count=hours, hours=_short(hours))


def lasting(seconds: float) -> str:
    """Return a mean duration: "40 minutes", "6,5 heures", "2 jours"."""
    if seconds < HOUR_S:
        return t("lasting-minutes", count=round(seconds / MINUTE_S))
    if seconds < 2 * DAY_S:
        hours = round(seconds / HOUR_S, 1)
        return t("lasting-hours", count=hours, hours=_short(hours))
    days = round(seconds / DAY_S, 1)
    return t("lasting-days", count=days, days=_short(days))


def changes(edit: Edit) -> list[tuple[str, str, str]]:
    """Return what an edit changes: the setting, its value before, and after."""
    before, after = edit.before, edit.after
    said: list[tuple[str, str, str]] = []
    if any(column in after for column in CADENCES):
        # Either side may name only what moved: the other then has what stayed.
        was, then = {**after, **before}, {**before, **after}
        said.append((t("tuning-cadence"), cadence(was), cadence(then)))
    for column, words in _WORDS.items():
        if column in after:
            said.append((t(f"tuning-{column}"), words(before[column]), words(after[column])))
    if OPENS in after or CLOSES in after:
        said.append((t("tuning-hours"), _hours(before), _hours(after)))
    return said


def cadence(values: Values) -> str:
    """Return "chaque jour", "cron 0 6 * * 1-5", or that it follows what comes."""
    if values.get(KIND) == CadenceKind.CRON:
        return t("tuning-cadence-cron", cron=str(values.get(CRON)))
    if values.get(KIND) == CadenceKind.ADAPTIVE:
        return t("tuning-cadence-adaptive", every=every(roughly_s(values[CADENCE])))
    return every(values[CADENCE])


def cadence_of(source: Source) -> str:
    """Return how often a source is read, in a few words."""
    return cadence({column: getattr(source, column) for column in CADENCES})


def budget(per_day: int | None) -> str:
    """Return "100 requêtes par jour", or that there is no bound."""
    return t("tuning-no-budget") if per_day is None else t("site-limit-per-day", count=per_day)


def place_hours(place: Place) -> str:
    """Return "de 8 h à 20 h", or that a site is read at any time."""
    return hours_words(place.open_minute, place.close_minute) or t("tuning-all-day")


def per_day(requests: float) -> str:
    """Return "12", or "0,4" for what is less than one a day."""
    return decimal(requests, 0) if requests >= 10 else _short(round(requests, 1))


def load_sentence(load: Load) -> str:
    """Say what a site would be asked a day, against its budget."""
    return t(
        "tuning-load",
        count=load.per_day_after,
        host=load.after.host,
        before=per_day(load.per_day_before),
        after=per_day(load.per_day_after),
        budget=budget(load.after.budget),
    )


def over_sentence(load: Load) -> str:
    """Say that a site's budget does not suffice, and what follows; empty while it does."""
    if not load.is_over or load.after.budget is None:
        return ""
    return t(
        "tuning-over",
        count=load.per_day_after,
        host=load.after.host,
        wanted=per_day(load.per_day_after),
        budget=str(load.after.budget),
        times=decimal(load.per_day_after / load.after.budget, 1),
    )


def held_sentence(place: Place, moment: datetime) -> str:
    """Say until when a site is not read at all, and why; empty where nothing holds it back."""
    held = place.held(moment)
    if held is None:
        return ""
    why, until = held
    return t(f"tuning-held-{why}", host=place.host, until=french_datetime(until, "EEE dd/MM HH:mm"))


def delay_sentence(effect: Effect, sources: Sequence[Source]) -> str:
    """Say how long a new review of these sources waits until it is seen, after the change and now.

    No figure where none of them can be read: how often they are asked changes nothing then.
    """
    return _unless_unread(sources, _delay_told(effect))


def _unless_unread(sources: Sequence[Source], sentence: str) -> str:
    unread = sum(source.health in UNREAD for source in sources)
    if not unread:
        return sentence
    told = t("tuning-refused", count=unread)
    return told if unread == len(sources) else f"{told} {sentence}"


def _delay_told(effect: Effect) -> str:
    before, after = effect.delay_before_s, effect.delay_after_s
    if after is None:
        return t("tuning-delay-none")
    if before is None:
        return t("tuning-delay-first", after=lasting(after))
    same = lasting(before) == lasting(after)
    return t(
        "tuning-delay-same" if same else "tuning-delay",
        after=lasting(after),
        before=lasting(before),
        change="less" if after < before else "more",
    )


def standing_sentence(effect: Effect, sources: Sequence[Source]) -> str:
    """Say how long a new review of these sources waits as things are."""
    delay_s = effect.delay_before_s
    if delay_s is None:
        return t("tuning-standing-none")
    return _unless_unread(sources, t("tuning-standing", delay=lasting(delay_s)))


def named(names: Sequence[str], shown: int = 3) -> dict[str, Any]:
    """Return the first of these names, and how many more there are, for a sentence."""
    different = list(dict.fromkeys(names))
    return {"names": ", ".join(different[:shown]), "more": max(0, len(different) - shown)}


def _hours(values: Values) -> str:
    return hours_words(values.get(OPENS), values.get(CLOSES)) or t("tuning-all-day")


def _yes(value: bool) -> str:
    return t("tuning-yes" if value else "tuning-no")


def _asked(value: str | None) -> str:
    return t("tuning-not-asked" if value is None else "tuning-asked")


def _delay(seconds: float | None) -> str:
    if seconds is None:
        return t("tuning-usual")
    return t("site-limit-delay", seconds=decimal(seconds))


def _concurrency(count: int | None) -> str:
    return t("tuning-usual") if count is None else t("site-limit-concurrency", count=count)


_WORDS: Mapping[str, Callable[[Any], str]] = {
    FULL: every,
    PAUSED: _yes,
    ASKED: _asked,
    BUDGET: budget,
    DELAY: _delay,
    CONCURRENCY: _concurrency,
}


def _short(number: float) -> str:
    return decimal(number, 0 if number == round(number) else 1)
