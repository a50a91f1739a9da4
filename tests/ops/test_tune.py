"""``vigie source tune``: the effect in words, the change, and the way back."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from tests.factories import make_review, make_source
from tests.ops.conftest import Vigie
from vigie import clock
from vigie.cadence.rule import roughly_s
from vigie.settings import load_settings
from vigie.store import Crawl, Health, Outcome, Site, Source
from vigie.store.session import open_engine, session_factory
from vigie.tuning.words import every

# A Friday, one o'clock in France.
NOW = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)


@pytest.fixture
def vigie(installed: Vigie) -> Vigie:
    """The command on two sources of two sites, read each day."""
    clock.set_clock(lambda: NOW)
    with _session() as session:
        for hours, health in ((5, Health.HEALTHY), (2, Health.BLOCKED)):
            due = NOW + timedelta(hours=hours)
            make_source(session, label=f"Source {hours}", next_run_at=due, health=health)
        session.commit()
    return installed


def _session() -> Session:
    return session_factory(open_engine(load_settings()))()


def _source(number: int) -> tuple[Source, Site]:
    with _session() as session:
        source = session.get_one(Source, number)
        assert source.site is not None
        return source, source.site


def test_a_preview_tells_the_effect_and_changes_nothing(vigie: Vigie) -> None:
    answer = vigie("source", "tune", "1", "2", "--every", "6", "--site-hours", "8-20", "--preview")
    assert answer.status == 0
    out = answer.out.replace("\xa0", " ").replace("\u202f", " ")
    # At 8, 14, 20 h -> closed: two runs a day, six and eighteen hours apart: (36+324)/48 = 7,5 h.
    assert "au bout de 7,5 heures en moyenne, contre 12 heures" in out
    assert ": 2 requêtes par jour (aujourd’hui 1) ; budget : sans limite." in out
    assert "sam. 21/03 08:00  Source 5" in out
    assert out.count("/03 ") == 10
    assert "Rien n’est changé" in out
    assert _source(1)[0].cadence_s == 86_400
    assert "Aucun réglage" in vigie("source", "changes").out


def test_a_calendar_is_weighed_by_its_gaps_and_what_cannot_be_read_is_told_beside(
    vigie: Vigie,
) -> None:
    asked = ("--cron", "0 6 * * 1-5", "--preview")
    # At six from Monday to Friday: a week has four gaps of a day and one of three, (4 x 24^2 +
    # 72^2) / (2 x 168) = 22.3 h; the clock is put forward on one of these Sundays.
    told = "au bout de 22,2 heures en moyenne, contre 12"
    alone = vigie("source", "tune", "1", *asked).out.replace("\xa0", " ")
    both = vigie("source", "tune", "1", "2", *asked).out.replace("\xa0", " ")
    assert told in alone
    assert told in both
    assert "ne se lit pas en ce moment" in both
    assert "ne se lit pas en ce moment" not in alone


def test_a_change_by_filter_is_made_listed_and_taken_back(vigie: Vigie) -> None:
    answer = vigie(
        "source", "tune", "--health", "blocked", "--cron", "0 6 * * 1-5", "--site-budget", "50"
    )
    assert "« vigie source undo 1 » l’annule" in answer.out.replace("\xa0", " ")
    # Asking a site that refuses promises nothing, however often.
    assert "tant que cela dure, aucun avis n’y sera vu" in answer.out.replace("\xa0", " ")
    assert "en moyenne" not in answer.out
    assert "lun. 23/03 06:00" in answer.out
    source, site = _source(2)
    assert (source.cadence_kind, source.cron) == ("cron", "0 6 * * 1-5")
    assert (source.next_run_at, site.requests_per_day) == (
        datetime(2026, 3, 23, 5, 0, tzinfo=UTC),
        50,
    )
    assert _source(1)[0].cron is None
    assert "chaque jour → cron 0 6 * * 1-5" in vigie("source", "changes").out
    assert vigie("source", "undo").status == 0
    source, site = _source(2)
    assert (source.cadence_kind, source.cadence_s, site.requests_per_day) == (
        "interval",
        86_400,
        None,
    )
    assert "déjà annulé" in vigie("source", "undo", "1").err
    assert "Aucun réglage" in vigie("source", "undo").err


def test_what_an_adaptive_cadence_will_be_is_told_before(vigie: Vigie) -> None:
    with _session() as session:
        busy = session.get_one(Source, 1)
        ended = {"started_at": NOW, "finished_at": NOW, "outcome": Outcome.OK, "pages": 1}
        session.add_all(Crawl(source_id=number, reviews_seen=1, **ended) for number in (1, 2))
        for hours in range(1, 200, 5):
            make_review(session, busy, published_at=NOW - timedelta(hours=hours))
        session.commit()
    told = vigie("source", "tune", "1", "2", "--adaptive", "--preview").out
    # The reviews of the busy one count, not that the other waits longer.
    assert "c’est plus tôt" in told
    assert _source(1)[0].cadence_kind == "interval"
    vigie("source", "tune", "1", "2", "--adaptive")
    assert vigie("cadence").status == 0
    often, seldom = (_source(number)[0].cadence_s for number in (1, 2))
    assert often < 86_400 < seldom
    for seconds in (often, seldom):
        assert f"(environ {every(roughly_s(seconds))})" in told


def test_an_adaptive_cadence_that_was_taken_back_is_listed(vigie: Vigie) -> None:
    assert vigie("source", "set", "1", "--adaptive").status == 0
    assert vigie("source", "undo").status == 0
    listed = vigie("source", "changes")
    assert listed.status == 0, listed.err
    assert "→ chaque jour" in listed.out


def test_what_cannot_be_done_is_said_in_one_sentence(vigie: Vigie) -> None:
    for words, said in (
        (("1",), "Rien n’est demandé"),
        (("--pause",), "soit des numéros"),
        (("1", "--trade", "garage", "--pause"), "soit des numéros"),
        (("--trade", "couvreur", "--pause"), "Aucune source ne correspond"),
        (("9", "--pause"), "source list"),
        (("1", "--every", "6", "--adaptive"), "Plusieurs cadences"),
        (("1", "--cron", "0 6 30 2 *"), "ne tombe jamais"),
        (("1", "--site-budget", "beaucoup"), "n’est pas un budget"),
    ):
        answer = vigie("source", "tune", *words)
        assert (answer.status, said in answer.err) == (1, True), words
        assert len(answer.err.strip().splitlines()) == 1
