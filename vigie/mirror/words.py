"""The mirror in French, where a page and the command say the same."""

from vigie.french import decimal, french_date, percent, t
from vigie.mirror.facts import Mirror, Neighbours, Point, Rank

HOUR_S, DAY_S = 3_600, 86_400


def point_sentence(point: Point) -> str:
    """Return a point of the check-up, with what was counted."""
    return t(f"mirror-point-{point.name}-{point.answer}", **point.values)


def lasting_days(seconds: float) -> str:
    """Return "3 heures" or "2 jours"."""
    if seconds < DAY_S:
        return t("mirror-hours", count=max(1, round(seconds / HOUR_S)))
    return t("mirror-days", count=round(seconds / DAY_S))


def rank_sentence(rank: Rank) -> str:
    """Return the place, and the places that doubt allows."""
    if (rank.best, rank.worst) == (1, rank.among):
        return t("mirror-rank-none", among=rank.among)
    place = t("mirror-rank", place=rank.place, among=rank.among)
    if rank.best == rank.worst:
        return place
    return f"{place} {t('mirror-rank-doubt', best=rank.best, worst=rank.worst)}"


def around_sentence(around: Neighbours) -> str:
    """Return which shops are around."""
    return t(f"mirror-area-{around.area}", departement=around.departement)


def mirror_text(name: str, mirror: Mirror) -> str:
    """Return the mirror as plain text, for the command."""
    lines = [t("mirror-text-title", name=name), "", *_index_lines(mirror), ""]
    lines += [t("mirror-rivals-title"), *_rival_lines(mirror), ""]
    lines += [t("mirror-around-title"), around_sentence(mirror.neighbours)]
    lines += [_around_line(mirror.neighbours), "", t("mirror-checkup-title")]
    lines += [
        f"[{t(f'mirror-answer-{point.answer}')}] {point_sentence(point)}" for point in mirror.points
    ]
    return "\n".join(lines)


def _index_lines(mirror: Mirror) -> list[str]:
    index = mirror.index
    if index is None:
        return [t("mirror-index-none")]
    low, high = decimal(index.low), decimal(index.high)
    value = t("mirror-of-five", value=decimal(index.value))
    lines = [t("mirror-text-index", value=value, low=low, high=high, count=index.count)]
    if mirror.freshness.last is not None:
        lines.append(t("mirror-text-last", day=french_date(mirror.freshness.last)))
    if mirror.answers.share is not None:
        lines.append(t("mirror-text-answered", share=percent(mirror.answers.share)))
    return lines


def _rival_lines(mirror: Mirror) -> list[str]:
    rivals = mirror.rivals
    if not rivals.named and not rivals.hidden:
        return [t("mirror-rivals-none")]
    lines = [rank_sentence(rivals.rank)] if rivals.rank else []
    lines += [
        f"- {row.name} : {decimal(row.index.value) if row.index else t('mirror-unrated')}"
        for row in rivals.named
    ]
    return [*lines, t("mirror-rivals-hidden", count=rivals.hidden)] if rivals.hidden else lines


def _around_line(around: Neighbours) -> str:
    return t("mirror-too-few") if around.rank is None else rank_sentence(around.rank)
