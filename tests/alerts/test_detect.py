"""Detection over the store: each change is told once, with its date, however history grows."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session, sessionmaker

from alerts.detect import detect, shops_with_news
from alerts.history import history
from tests.factories import make_review, make_score, make_shop, make_source
from vigie import clock
from vigie.alert_text import alert_headline, alert_sentence
from vigie.clock import PARIS
from vigie.settings import Settings
from vigie.store import (
    Alert,
    AlertState,
    AspectMention,
    Review,
    ReviewState,
    Severity,
    Shop,
    Source,
)
from vigie.store.score import show_model

TODAY = date(2026, 11, 20)
GOOD, POOR = ((5.0, 4.0, 3.0), (70, 25, 5)), ((3.0, 2.0, 1.0), (30, 30, 40))
MODEL = "essai-1"


@pytest.fixture(autouse=True)
def _frozen() -> None:
    _on(TODAY)


def _on(day: date, hour: int = 9) -> None:
    moment = datetime.combine(day, time(hour), PARIS)
    clock.set_clock(lambda: moment)


@pytest.fixture
def source(factory: sessionmaker[Session]) -> Source:
    with factory.begin() as session:
        return make_source(session)


def _reviews(
    factory: sessionmaker[Session],
    source: Source,
    kind: tuple[tuple[float, ...], tuple[int, ...]],
    start: date,
    count: int,
    *,
    step_days: int = 2,
    seed: int = 1,
    **traits: object,
) -> date:
    """Write reviews a few days apart and return the day after the last."""
    random = Random(seed)
    with factory.begin() as session:
        for number in range(count):
            moment = datetime.combine(start + timedelta(days=step_days * number), time(12), PARIS)
            (stars,) = random.choices(*kind)
            values = {"published_at": moment, "first_seen_at": moment, "rating": stars, **traits}
            make_review(session, source, **values)
    return start + timedelta(days=step_days * count)


def _history(
    factory: sessionmaker[Session], source: Source, *, ended_days_ago: int = 0, fallen: int = 25
) -> date:
    """Two years of good reviews, then poor ones; return the day of the change."""
    start = TODAY - timedelta(days=ended_days_ago + 2 * (200 + fallen) - 1)
    change = _reviews(factory, source, GOOD, start, 200)
    _reviews(factory, source, POOR, change, fallen)
    return change


def _alerts(factory: sessionmaker[Session]) -> list[Alert]:
    with factory() as session:
        return list(session.scalars(select(Alert).order_by(Alert.changed_on)))


def test_a_fall_becomes_one_open_alert_with_its_day_and_its_levels(
    factory: sessionmaker[Session], settings: Settings, source: Source
) -> None:
    change = _history(factory, source)
    assert detect(factory, settings) == 1
    (alert,) = _alerts(factory)
    assert (alert.shop_id, alert.kind, alert.subject) == (source.shop_id, "rating-shift", "rating")
    assert (alert.state, alert.severity) == (AlertState.OPEN, Severity.WARNING)
    assert abs((alert.changed_on - change).days) <= 10
    facts = alert.facts
    assert facts["direction"] == "down"
    assert facts["since"] == alert.changed_on.isoformat()
    assert facts["before_low"] <= facts["before"] <= facts["before_high"]
    assert facts["before"] == pytest.approx(4.65, abs=0.2)
    assert facts["after"] < 3.2
    assert facts["n_before"] >= 190
    assert "La note a baissé" in alert_sentence(alert)
    assert "Votre note est passée de 4," in alert_headline(alert)
    assert alert.detected_at == clock.now()


def test_a_rise_is_good_news(
    factory: sessionmaker[Session], settings: Settings, source: Source
) -> None:
    start = TODAY - timedelta(days=459)
    change = _reviews(factory, source, POOR, start, 200)
    _reviews(factory, source, GOOD, change, 30)
    assert detect(factory, settings) == 1
    (alert,) = _alerts(factory)
    assert (alert.facts["direction"], alert.severity) == ("up", Severity.INFO)
    assert "La note a monté" in alert_sentence(alert)


def test_a_steady_shop_and_an_empty_one_have_no_alert(
    factory: sessionmaker[Session], settings: Settings, source: Source
) -> None:
    with factory.begin() as session:
        make_shop(session)
    _reviews(factory, source, GOOD, TODAY - timedelta(days=500), 240)
    assert detect(factory, settings) == 0
    assert _alerts(factory) == []


def test_detecting_twice_adds_nothing(
    factory: sessionmaker[Session], settings: Settings, source: Source
) -> None:
    _history(factory, source)
    detect(factory, settings)
    (first,) = _alerts(factory)
    assert detect(factory, settings) == 0
    (second,) = _alerts(factory)
    assert (second.id, second.facts) == (first.id, first.facts)


def test_how_far_an_open_change_goes_is_measured_on_all_reviews_since(
    factory: sessionmaker[Session], settings: Settings, source: Source
) -> None:
    change = _reviews(factory, source, GOOD, TODAY - timedelta(days=460), 200)
    end = _reviews(factory, source, POOR, change, 15)
    detect(factory, settings)
    (early,) = _alerts(factory)
    _reviews(factory, source, POOR, end, 14, seed=2)
    assert detect(factory, settings) == 0
    (late,) = _alerts(factory)
    assert late.facts["n_after"] == early.facts["n_after"] + 14
    assert late.facts["after_high"] - late.facts["after_low"] < (
        early.facts["after_high"] - early.facts["after_low"]
    )
    same = ("direction", "since", "before", "n_before", "told_by")
    assert [late.facts[name] for name in same] == [early.facts[name] for name in same]


def test_a_change_is_told_once_while_history_grows_day_by_day(
    factory: sessionmaker[Session], settings: Settings, source: Source
) -> None:
    change = _reviews(factory, source, GOOD, TODAY - timedelta(days=400), 160)
    day = change
    for number in range(40):
        _on(day)
        day = _reviews(factory, source, POOR, day, 1, seed=number)
        detect(factory, settings)
    (alert,) = _alerts(factory)
    assert alert.state is AlertState.OPEN


@pytest.mark.parametrize("seed", range(6))
def test_old_reviews_that_come_late_do_not_tell_the_change_again(
    factory: sessionmaker[Session], settings: Settings, source: Source, seed: int
) -> None:
    change = _history(factory, source)
    detect(factory, settings)
    random = Random(seed)
    for _ in range(5):
        kind = random.choice([GOOD, POOR])
        late = change + timedelta(days=random.randrange(-60, 40))
        _reviews(factory, source, kind, late, 1, seed=random.randrange(1000))
        detect(factory, settings)
    # The late reviews may show something older, which is history: dated, and told to nobody.
    (told,) = [alert for alert in _alerts(factory) if alert.state is not AlertState.CLOSED]
    assert abs((told.changed_on - change).days) <= 10
    around = [a for a in _alerts(factory) if abs((a.changed_on - change).days) <= 45]
    assert [a.id for a in around] == [told.id]


def test_an_alert_that_a_person_closed_stays_closed(
    factory: sessionmaker[Session], settings: Settings, source: Source
) -> None:
    _history(factory, source)
    detect(factory, settings)
    with factory.begin() as session:
        session.execute(update(Alert).values(state=AlertState.CLOSED))
    _reviews(factory, source, POOR, TODAY - timedelta(days=3), 3, step_days=1)
    assert detect(factory, settings) == 0
    assert [alert.state for alert in _alerts(factory)] == [AlertState.CLOSED]


def test_the_past_of_a_shop_added_today_is_dated_but_closed(
    factory: sessionmaker[Session], settings: Settings, source: Source
) -> None:
    change = _history(factory, source, ended_days_ago=150, fallen=80)
    assert detect(factory, settings) == 1
    (alert,) = _alerts(factory)
    assert alert.state is AlertState.CLOSED
    assert alert.state_changed_at == clock.now()
    assert abs((alert.changed_on - change).days) <= 10


def test_only_the_last_of_several_changes_is_open(
    factory: sessionmaker[Session], settings: Settings, source: Source
) -> None:
    start = TODAY - timedelta(days=2 * 390 - 1)
    fall = _reviews(factory, source, GOOD, start, 200)
    rise = _reviews(factory, source, POOR, fall, 150)
    _reviews(factory, source, GOOD, rise, 40)
    assert detect(factory, settings) == 2
    first, last = _alerts(factory)
    assert (first.facts["direction"], first.state) == ("down", AlertState.CLOSED)
    assert (last.facts["direction"], last.state) == ("up", AlertState.OPEN)


def test_a_later_change_closes_the_one_that_was_open(
    factory: sessionmaker[Session], settings: Settings, source: Source
) -> None:
    start = TODAY - timedelta(days=400)
    fall = _reviews(factory, source, GOOD, start, 300, step_days=1)
    rise = _reviews(factory, source, POOR, fall, 55, step_days=1)
    _on(rise)
    assert detect(factory, settings) == 1
    end = _reviews(factory, source, GOOD, rise, 45, step_days=1)
    _on(end)
    assert detect(factory, settings) == 1
    first, last = _alerts(factory)
    assert (first.state, last.state) == (AlertState.CLOSED, AlertState.OPEN)
    assert first.state_changed_at == clock.now()


def test_a_review_counts_once_while_it_is_shown(
    factory: sessionmaker[Session], settings: Settings, source: Source
) -> None:
    change = _reviews(factory, source, GOOD, TODAY - timedelta(days=460), 200)
    with factory.begin() as session:
        first = make_review(session, source, published_at=datetime(2025, 1, 1, tzinfo=UTC))
    _reviews(factory, source, POOR, change, 25, state=ReviewState.GONE)
    _reviews(factory, source, POOR, change, 25, duplicate_of_id=first.id)
    assert detect(factory, settings) == 0


def test_the_model_speaks_where_a_site_gives_no_stars(
    factory: sessionmaker[Session], settings: Settings, source: Source
) -> None:
    change = _reviews(factory, source, GOOD, TODAY - timedelta(days=449), 200)
    with factory.begin() as session:
        for number in range(25):
            moment = datetime.combine(change + timedelta(days=2 * number), time(12), PARIS)
            review = make_review(session, source, rating=None, published_at=moment)
            for model, stars in (("vieux", 5.0), (MODEL, 1.6)):
                make_score(session, review, model=model, stars=stars, label="neg")
    assert detect(factory, settings) == 1
    assert _alerts(factory)[0].facts["direction"] == "down"


def test_a_review_that_the_model_could_not_read_counts_for_nothing(
    factory: sessionmaker[Session], source: Source
) -> None:
    with factory.begin() as session:
        for rating, stars in ((5.0, None), (None, None), (None, 1.0)):
            review = make_review(session, source, rating=rating)
            label = "und" if stars is None else "neg"
            make_score(session, review, stars=stars, label=label, language=label)
    with factory() as session:
        assert [value for _, value in history(session, source.shop_id)] == [1.0, 0.0]


def test_a_review_from_the_future_dates_nothing(
    factory: sessionmaker[Session], settings: Settings, source: Source
) -> None:
    _reviews(factory, source, GOOD, TODAY - timedelta(days=400), 200)
    _reviews(factory, source, POOR, date(2099, 1, 1), 30)
    assert detect(factory, settings) == 0


def test_only_the_shops_asked_for_are_looked_at_and_each_is_told(
    factory: sessionmaker[Session], settings: Settings, source: Source
) -> None:
    with factory.begin() as session:
        other = make_source(session)
    _history(factory, source)
    _history(factory, other)
    steps: list[int] = []
    assert detect(factory, settings, [other.shop_id], steps.append) == 1
    assert steps == [1]
    assert [alert.shop_id for alert in _alerts(factory)] == [other.shop_id]


def test_a_shop_is_looked_at_again_only_after_a_new_review(
    factory: sessionmaker[Session], settings: Settings, source: Source
) -> None:
    with factory.begin() as session:
        silent = make_shop(session)
    _reviews(factory, source, GOOD, TODAY - timedelta(days=30), 10)
    assert shops_with_news(factory) == [source.shop_id, silent.id]
    detect(factory, settings, shops_with_news(factory))
    assert shops_with_news(factory) == []
    _on(TODAY, hour=12)
    with factory.begin() as session:
        make_review(session, source, first_seen_at=clock.now())
    assert shops_with_news(factory) == [source.shop_id]
    detect(factory, settings, shops_with_news(factory))
    with factory() as session:
        assert session.get_one(Shop, source.shop_id).detected_at is not None


def test_a_review_whose_crawl_commits_late_is_not_overlooked(
    factory: sessionmaker[Session], settings: Settings, source: Source
) -> None:
    detect(factory, settings)
    with factory.begin() as session:
        make_review(session, source, first_seen_at=clock.now() - timedelta(minutes=10))
    assert shops_with_news(factory) == [source.shop_id]


def test_all_reviews_are_as_they_were(
    factory: sessionmaker[Session], settings: Settings, source: Source
) -> None:
    _history(factory, source)
    with factory() as session:
        before = session.execute(select(Review.id, Review.rating, Review.state)).all()
    detect(factory, settings)
    with factory() as session:
        assert session.execute(select(Review.id, Review.rating, Review.state)).all() == before


def test_a_new_shop_borrows_from_five_shops_of_its_trade_to_tell_a_fall(
    factory: sessionmaker[Session], settings: Settings, source: Source
) -> None:
    _reviews(factory, source, GOOD, TODAY - timedelta(days=60), 12)
    change = _reviews(factory, source, POOR, TODAY - timedelta(days=30), 12)
    assert detect(factory, settings) == 0
    with factory.begin() as session:
        alike = [make_source(session) for _ in range(5)]
    for seed, other in enumerate(alike):
        _reviews(factory, other, GOOD, TODAY - timedelta(days=300), 60, seed=seed)
    assert detect(factory, settings) == 1
    (alert,) = _alerts(factory)
    assert (alert.shop_id, alert.facts["direction"]) == (source.shop_id, "down")
    assert alert.changed_on < change


def test_a_fall_says_what_is_criticised_more_since_and_shows_who_says_so(
    factory: sessionmaker[Session], settings: Settings, source: Source
) -> None:
    change = _history(factory, source)
    with factory.begin() as session:
        show_model(session, MODEL)
        for review in session.scalars(select(Review).order_by(Review.published_at)):
            is_after = review.published_at.astimezone(PARIS).date() >= change
            heard = {"delai": 2 if is_after else 40, "prix": 9, "accueil": 10**6}
            for aspect, every in heard.items():
                if review.id % every == 0:
                    mention = {"aspect": aspect, "polarity": "neg", "start": 0, "end": 5}
                    session.add(AspectMention(review_id=review.id, model=MODEL, **mention))
    assert detect(factory, settings) == 1
    (alert,) = _alerts(factory)
    (reason,) = alert.facts["why"]
    assert reason["aspect"] == "delai"
    assert reason["after"] > 0.4 > 0.1 > reason["before"]
    assert "Critiqué plus souvent depuis\xa0: délai (dans" in alert_sentence(alert)
    with factory() as session:
        ids = Review.id.in_(alert.facts["review_ids"])
        voices = session.scalars(select(Review).where(ids)).all()
    assert len(voices) == 2
    for voice in voices:
        assert voice.published_at.astimezone(PARIS).date() >= change
        assert voice.rating is not None
        assert voice.rating <= 3
