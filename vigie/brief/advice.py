"""What to do this week: a few sentences, each following from a fact of the brief."""

from collections.abc import Sequence

from vigie.brief.facts import AlertLine, SourceTrouble, Theme, ToAnswer
from vigie.french import french_date, has_text, of, t

MOST_ADVICE = 3


def advice(
    alerts: Sequence[AlertLine],
    complained: Sequence[Theme],
    praised: Sequence[Theme],
    to_answer: Sequence[ToAnswer],
    waiting: Sequence[ToAnswer],
    quiet: bool,
) -> tuple[str, ...]:
    """Return at most three things to do, the most pressing first; ``quiet``: no new review.

    Args:
        to_answer: unhappy reviews of the week without an answer, among those ``waiting``.
        waiting: all of the last months, the worst first.
    """
    found: list[str] = []
    if waiting:
        found.append(_answer(len(to_answer), waiting))
    worsening = any(alert.kind == "rating-shift" and alert.severity != "info" for alert in alerts)
    # An alert about an aspect brings its own advice, with its own count.
    told = any(alert.kind == "aspect-shift" and alert.is_new and alert.todo for alert in alerts)
    if complained and not told:
        theme = complained[0]
        message = f"advice-{theme.aspect}"
        # A complaint or two a month is every shop's lot, unless the level itself has dropped.
        if (worsening or theme.count > 2) and has_text(message):
            found.append(t(message, count=theme.count))
    # What is new comes first; one of a kind leaves room for others.
    kinds = {alert.kind: alert.todo for alert in reversed(alerts) if alert.todo and alert.is_new}
    found += reversed(kinds.values())
    if not found and quiet:
        found.append(t("advice-ask"))
    elif not found and praised:
        found.append(t("advice-thank", who=t(f"aspect-liked-{praised[0].aspect}")))
    return tuple(found[:MOST_ADVICE])


def _answer(new: int, waiting: Sequence[ToAnswer]) -> str:
    worst = waiting[0]
    return t(
        "advice-answer",
        count=len(waiting),
        new=new,
        share="none" if not new else "all" if new == len(waiting) else "some",
        known="yes" if worst.quote.author else "no",
        author=of(worst.quote.author or ""),
        day=french_date(worst.quote.published, "d MMMM"),
        source=worst.quote.source,
    )


def trouble_sentences(troubles: Sequence[SourceTrouble]) -> tuple[str, ...]:
    """Return a line a source that could not be read."""
    return tuple(
        t(
            "brief-trouble",
            source=trouble.label,
            health=trouble.health,
            since=french_date(trouble.since, "d MMMM") if trouble.since else "",
            known="yes" if trouble.since else "no",
        )
        for trouble in troubles
    )
