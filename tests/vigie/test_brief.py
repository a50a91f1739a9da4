"""The weekly brief: facts with their uncertainty, each review once, nothing invented."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests.factories import make_review, make_score, make_shop, make_source, make_user
from vigie.alert_text import alert_headline, alert_sentence
from vigie.brief import Brief, weekly, weekly_brief
from vigie.brief.facts import Direction
from vigie.brief.levels import (
    LEAST_BEFORE,
    LEAST_RECENT,
    level,
    readable_span,
    trend,
    weekly_points,
)
from vigie.brief.quotes import sentence_around, shorten
from vigie.brief.readings import Reading, readings
from vigie.brief.told import weekly_key
from vigie.clock import PARIS
from vigie.french import has_text
from vigie.store import (
    Alert,
    AlertState,
    AspectMention,
    Crawl,
    Health,
    Member,
    MemberRole,
    Message,
    Outcome,
    Review,
    ReviewState,
    Severity,
    Shop,
    Source,
)
from vigie.store.message import WEEKLY
from vigie.store.score import show_model

SUNDAY = date(2026, 3, 8)
LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)
MODEL = "essai-1"


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), PARIS)


def _reading(day: date, stars: float | None) -> Reading:
    return Reading(1, day, _noon(day), stars, "Bien.", None, "Avis", answered=False)


def _readings(stars: list[float], start: date, step_days: int = 1) -> list[Reading]:
    return [_reading(start + timedelta(days=step_days * i), s) for i, s in enumerate(stars)]


# Levels and trends


@given(st.lists(st.floats(1, 5), min_size=1, max_size=60))
def test_a_level_lies_inside_its_interval_and_the_scale(values: list[float]) -> None:
    found = level(values)
    assert found is not None
    assert 1 <= found.low <= found.mean + 1e-9
    assert found.mean <= found.high + 1e-9 <= 5 + 2e-9
    assert found.count == len(values)


def test_three_equal_ratings_are_not_a_certainty() -> None:
    few, many = level([5.0] * 3), level([5.0] * 300)
    assert few is not None
    assert many is not None
    assert 5 - few.low > 0.3
    assert 5 - many.low < 0.1


def test_there_is_no_level_without_ratings() -> None:
    assert level([]) is None


def _history(before: list[float], recent: list[float]) -> list[Reading]:
    older = _readings(before, SUNDAY - timedelta(days=29 + len(before)))
    newer = _readings(recent, SUNDAY - timedelta(days=27))
    return older + newer


def test_a_clear_fall_is_told_with_an_interval_that_leaves_zero_out() -> None:
    found = trend(_history([5.0, 4.0] * 20, [3.0, 2.0] * 6), SUNDAY)
    assert found.direction is Direction.DOWN
    assert found.low <= found.delta <= found.high < 0
    assert found.delta == pytest.approx(-2.0)


def test_a_clear_rise_is_told_too() -> None:
    found = trend(_history([3.0, 2.0] * 20, [5.0, 4.0] * 6), SUNDAY)
    assert found.direction is Direction.UP
    assert 0 < found.low <= found.delta


def test_no_arrow_without_evidence() -> None:
    assert trend(_history([5.0, 4.0] * 20, [5.0, 4.0] * 6), SUNDAY).direction is Direction.STEADY
    one_bad = trend(_history([5.0, 4.0] * 20, [5.0, 4.0, 1.0, 5.0, 4.0]), SUNDAY)
    assert one_bad.direction is Direction.STEADY


@pytest.mark.parametrize(
    ("before", "recent"),
    [(LEAST_BEFORE - 1, LEAST_RECENT), (LEAST_BEFORE, LEAST_RECENT - 1), (0, 0)],
)
def test_too_few_reviews_have_no_trend_at_all(before: int, recent: int) -> None:
    found = trend(_history([5.0] * before, [1.0] * recent), SUNDAY)
    assert found.direction is Direction.UNKNOWN


def test_shops_where_nothing_changes_rarely_get_an_arrow() -> None:
    random = Random(4)
    ratings, weights = [1.0, 2.0, 3.0, 4.0, 5.0], [6, 4, 8, 22, 60]
    arrows = sum(
        trend(
            _history(random.choices(ratings, weights, k=60), random.choices(ratings, weights, k=9)),
            SUNDAY,
        ).direction
        is not Direction.STEADY
        for _ in range(400)
    )
    # The interval is of 95 %, and its quantile is the normal's though nine reviews are few.
    assert arrows / 400 < 0.1


def test_reviews_without_a_value_count_for_nothing() -> None:
    assert weekly_points([_reading(SUNDAY, None)]) == ()
    silent = [_reading(SUNDAY, None)] * 50
    assert trend(silent, SUNDAY).direction is Direction.UNKNOWN


# The curve


def test_points_begin_on_mondays_and_are_in_order() -> None:
    points = weekly_points(_readings([4.0] * 30, date(2026, 1, 1)))
    assert {point.monday.weekday() for point in points} == {0}
    assert [point.monday for point in points] == sorted({point.monday for point in points})
    assert sum(point.count for point in points) == 30


@given(st.integers(0, 400), st.sampled_from([1, 2, 4]))
def test_a_point_does_not_move_as_weeks_go_by(days: int, span: int) -> None:
    day = date(2026, 1, 1) + timedelta(days=days)
    (alone,) = weekly_points([_reading(day, 4.0)], span)
    among = weekly_points(_readings([4.0] * 500, date(2025, 12, 1)), span)
    assert alone.monday in {point.monday for point in among}
    assert 0 <= (day - alone.monday).days < 7 * span


@pytest.mark.parametrize(("step_days", "span"), [(1, 1), (2, 2), (5, 4), (30, 4)])
def test_a_shop_with_few_reviews_gets_longer_spans(step_days: int, span: int) -> None:
    count = 200 // step_days
    assert readable_span(_readings([4.0] * count, date(2026, 1, 1), step_days)) == span


def test_a_curve_of_nothing_is_nothing() -> None:
    assert weekly_points([], readable_span([])) == ()


# The week, read from the store


@pytest.fixture
def shop(session: Session) -> Shop:
    return make_shop(session, slug="chez-paul")


@pytest.fixture
def source(session: Session, shop: Shop) -> Source:
    return make_source(session, shop, label="Avis du Coin", created_at=LONG_AGO)


def _review(session: Session, source: Source, day: date, **traits: object) -> Review:
    moment = _noon(day)
    return make_review(
        session, source, **{"published_at": moment, "first_seen_at": moment, **traits}
    )


def _mention(session: Session, review: Review, words: str, aspect: str, polarity: str) -> None:
    start = review.text.index(words)
    session.add(
        AspectMention(
            review_id=review.id,
            model=MODEL,
            aspect=aspect,
            polarity=polarity,
            start=start,
            end=start + len(words),
        )
    )


def _score(session: Session, review: Review, stars: float) -> None:
    label = "neg" if stars <= 2.5 else "neu"
    make_score(session, review, model=MODEL, stars=stars, label=label)


def _mailed(session: Session, shop: Shop, week_end: date, made_at: datetime | None = None) -> None:
    moment = made_at or _noon(week_end + timedelta(days=1))
    words = {"channel": "email", "kind": WEEKLY, "recipient": "a@example.org", "subject": "Point"}
    key = weekly_key(shop.id, week_end)
    times = {"created_at": moment, "next_attempt_at": moment}
    session.add(Message(dedupe_key=key, shop_id=shop.id, mime=b"", **words, **times))


def _brief(session: Session, shop: Shop, week_end: date = SUNDAY) -> Brief:
    session.flush()
    return weekly_brief(session, shop, week_end)


def test_the_week_counts_each_review_once_by_its_tone(
    session: Session, shop: Shop, source: Source
) -> None:
    first = _review(session, source, SUNDAY, rating=5.0)
    _review(session, source, SUNDAY - timedelta(days=6), rating=3.0)
    _review(session, source, SUNDAY - timedelta(days=3), rating=1.0)
    _review(session, source, SUNDAY - timedelta(days=7), rating=1.0)
    _review(session, source, SUNDAY, state=ReviewState.GONE)
    _review(session, source, SUNDAY, duplicate_of_id=first.id)
    _review(session, make_source(session), SUNDAY)
    brief = _brief(session, shop)
    assert (brief.new_count, brief.new_positive, brief.new_neutral, brief.new_negative) == (
        3,
        1,
        1,
        1,
    )
    assert brief.level is not None
    assert brief.level.count == 4


def test_the_days_are_those_of_france(session: Session, shop: Shop, source: Source) -> None:
    # Half past eleven on Sunday in UTC is Monday in France.
    moment = datetime(2026, 3, 8, 23, 30, tzinfo=UTC)
    make_review(session, source, published_at=moment, first_seen_at=moment)
    assert _brief(session, shop).new_count == 0
    assert _brief(session, shop, SUNDAY + timedelta(days=7)).new_count == 1


def test_a_review_that_was_read_late_is_told_in_the_week_it_became_known(
    session: Session, shop: Shop, source: Source
) -> None:
    _review(session, source, SUNDAY, first_seen_at=_noon(SUNDAY + timedelta(days=2)))
    assert _brief(session, shop).new_count == 0
    assert _brief(session, shop, SUNDAY + timedelta(days=7)).new_count == 1


def test_a_mail_goes_on_where_the_last_one_ended_whatever_the_weeks_between(
    session: Session, shop: Shop, source: Source
) -> None:
    _mailed(session, shop, SUNDAY - timedelta(days=21))
    for days_ago in (23, 12, 2):
        _review(session, source, SUNDAY - timedelta(days=days_ago))
    session.flush()
    late = weekly_brief(session, shop, SUNDAY, _noon(SUNDAY + timedelta(days=1)))
    assert late.new_count == 2
    _mailed(session, shop, SUNDAY)
    # Mails are moved to Thursdays: the shorter week tells nothing again.
    thursday = SUNDAY + timedelta(days=3)
    _review(session, source, thursday)
    session.flush()
    short = weekly_brief(session, shop, thursday, _noon(thursday + timedelta(days=1)))
    assert short.new_count == 1


def test_a_mail_tells_what_was_read_on_its_own_morning_and_the_next_one_does_not(
    session: Session, shop: Shop, source: Source
) -> None:
    monday = SUNDAY + timedelta(days=1)
    morning = datetime.combine(monday, time(6), PARIS)
    _review(session, source, SUNDAY, first_seen_at=morning)
    _review(session, source, monday, first_seen_at=morning)
    _review(session, source, SUNDAY, first_seen_at=morning + timedelta(hours=3))
    made_at = morning + timedelta(hours=1)
    brief = weekly_brief(session, shop, SUNDAY, made_at)
    assert brief.new_count == 1
    _mailed(session, shop, SUNDAY, made_at)
    # The mail that was sent is told again as it was, and the next one tells the rest.
    assert _brief(session, shop).new_count == 1
    rest = _brief(session, shop, SUNDAY + timedelta(days=7))
    assert rest.new_count == 2


def test_the_past_that_a_source_brings_along_is_no_news(session: Session, shop: Shop) -> None:
    added = make_source(session, shop, created_at=_noon(SUNDAY))
    seen = _noon(SUNDAY) + timedelta(minutes=5)
    for days_ago in (3, 20, 200):
        _review(session, added, SUNDAY - timedelta(days=days_ago), first_seen_at=seen)
    assert _brief(session, shop).new_count == 1


def test_an_old_review_that_a_site_digs_out_is_no_news(
    session: Session, shop: Shop, source: Source
) -> None:
    _review(session, source, SUNDAY - timedelta(days=90), first_seen_at=_noon(SUNDAY))
    assert _brief(session, shop).new_count == 0


def test_every_review_is_news_in_one_week_whatever_is_read_late(
    session: Session, shop: Shop, source: Source
) -> None:
    random = Random(5)
    for _ in range(40):
        published = SUNDAY - timedelta(days=random.randrange(7, 63))
        _review(
            session,
            source,
            published,
            first_seen_at=_noon(published + timedelta(days=random.choice([0, 1, 5, 8, 30, 50]))),
        )
    weeks = [SUNDAY + timedelta(weeks=number) for number in range(-9, 8)]
    assert sum(_brief(session, shop, week).new_count for week in weeks) == 40


def test_the_model_speaks_only_where_the_customer_gave_no_stars(
    session: Session, shop: Shop, source: Source
) -> None:
    _score(session, _review(session, source, SUNDAY, rating=None), 1.5)
    _score(session, _review(session, source, SUNDAY, rating=5.0), 1.0)
    _review(session, source, SUNDAY, rating=None)
    brief = _brief(session, shop)
    assert brief.level is not None
    assert (brief.level.mean, brief.level.count) == (3.25, 2)
    assert (brief.new_positive, brief.new_neutral, brief.new_negative) == (1, 1, 1)


def test_a_text_in_an_unknown_language_counts_as_not_read(
    session: Session, shop: Shop, source: Source
) -> None:
    unread = _review(session, source, SUNDAY, rating=None)
    make_score(session, unread, stars=None, label="und", language="und")
    rated = _review(session, source, SUNDAY, rating=1.0)
    make_score(session, rated, stars=None, label="und", language="und")
    brief = _brief(session, shop)
    assert brief.level is not None
    assert (brief.level.mean, brief.level.count) == (1.0, 1)
    assert (brief.new_positive, brief.new_neutral, brief.new_negative) == (0, 1, 1)


def test_a_mixed_review_without_stars_is_neither_happy_nor_unhappy(
    session: Session, shop: Shop, source: Source
) -> None:
    make_score(session, _review(session, source, SUNDAY, rating=None), stars=2.1, label="neu")
    brief = _brief(session, shop)
    assert (brief.new_positive, brief.new_neutral, brief.new_negative) == (0, 1, 0)
    assert brief.to_answer == ()


def test_a_brief_never_mixes_two_models_even_while_one_takes_over(
    session: Session, shop: Shop, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        review = _review(session, source, SUNDAY, rating=None, text="Accueil froid.")
        for model, stars, label in (("vieux", 4.0, "pos"), (MODEL, 2.0, "neg")):
            make_score(session, review, model=model, stars=stars, label=label)
        _mention(session, review, review.text, "accueil", "neg")
    show_model(session, "vieux")

    def take_over(*args: object) -> list[Reading]:
        # Another process ends its rescoring between two queries of the brief.
        read = readings(*args)  # type: ignore[arg-type]  # Passed on as they came.
        show_model(session, MODEL)
        return read

    monkeypatch.setattr(weekly, "readings", take_over)
    brief = _brief(session, shop)
    assert brief.level is not None
    assert (brief.level.mean, brief.new_negative) == (2.0, 2)
    assert [theme.aspect for theme in brief.complained] == ["accueil"]


def test_an_unhappy_review_waits_for_an_answer_until_it_has_one(
    session: Session, shop: Shop, source: Source
) -> None:
    waiting = _review(
        session, source, SUNDAY, rating=1.0, text="Nul.", author_label="Paul\u202e T."
    )
    _review(session, source, SUNDAY, rating=2.0, reply_text="Nous sommes désolés.")
    _review(session, source, SUNDAY, rating=5.0)
    brief = _brief(session, shop)
    (one,) = brief.to_answer
    assert (one.review_id, one.stars, one.quote.text) == (waiting.id, 1.0, "Nul.")
    (todo,) = brief.todo
    assert "l’avis de Paul T. du 8\u00a0mars (Avis du Coin)".replace("\u00a0", " ") in todo


def test_the_worst_of_several_is_answered_first_even_without_a_name(
    session: Session, shop: Shop, source: Source
) -> None:
    _review(session, source, SUNDAY, rating=2.0)
    _review(session, source, SUNDAY - timedelta(days=2), rating=1.0, author_label=None)
    (todo,) = _brief(session, shop).todo
    assert "aux 2 avis défavorables, en commençant par celui du 6 mars" in todo


def test_what_waits_for_three_months_is_counted_and_the_worst_goes_first(
    session: Session, shop: Shop, source: Source
) -> None:
    _review(session, source, SUNDAY, rating=2.0)
    old = _review(
        session, source, SUNDAY - timedelta(days=60), rating=1.0, url="https://avis.example/7"
    )
    _review(session, source, SUNDAY - timedelta(days=70), rating=2.0, url="javascript:alert(1)")
    _review(session, source, SUNDAY - timedelta(days=91), rating=1.0)
    brief = _brief(session, shop)
    assert [(one.review_id, one.url) for one in brief.waiting[:1]] == [
        (old.id, "https://avis.example/7")
    ]
    assert [one.url for one in brief.waiting[1:]] == ["", ""]
    assert "aux avis défavorables (1 cette semaine, 3 depuis trois mois)" in brief.todo[0]
    later = _brief(session, shop, SUNDAY + timedelta(days=7))
    assert "aux 3 avis défavorables restés sans réponse depuis trois mois" in later.todo[0]


def test_a_dated_change_parts_what_the_trend_compares(
    session: Session, shop: Shop, source: Source
) -> None:
    for days_ago in range(20, 140, 4):
        stars = 2.0 if days_ago <= 56 else 5.0
        _review(session, source, SUNDAY - timedelta(days=days_ago), rating=stars)
    for days_ago in range(10):
        _review(session, source, SUNDAY - timedelta(days=days_ago), rating=2.0)
    blurred = _brief(session, shop).trend
    assert blurred.before is not None
    assert blurred.before.mean < 5
    changed = SUNDAY - timedelta(days=56)
    _alert(session, shop, changed_on=changed)
    told = _brief(session, shop).trend
    assert told.before is not None
    assert (told.before.mean, told.changed_on) == (5.0, changed)


def test_praise_is_thanked_in_words_that_fit_the_aspect(
    session: Session, shop: Shop, source: Source
) -> None:
    for days_ago in (1, 2):
        day = SUNDAY - timedelta(days=days_ago)
        review = _review(session, source, day, rating=5.0, text="Le pain est excellent.")
        _score(session, review, 5.0)
        _mention(session, review, review.text, "produit", "pos")
    (line,) = _brief(session, shop).todo
    assert "Remerciez ceux qui aiment vos produits" in line


def test_a_theme_needs_two_customers_and_quotes_their_words(
    session: Session, shop: Shop, source: Source
) -> None:
    texts = ("Bon travail. Accueil glacial au comptoir.", "Personne ne dit bonjour. Tant pis.")
    for days_ago, text in enumerate(texts):
        review = _review(session, source, SUNDAY - timedelta(days=days_ago), rating=2.0, text=text)
        _score(session, review, 2.0)
        _mention(session, review, text.split(". ")[1 - days_ago], "accueil", "neg")
    _mention(session, review, "Tant pis.", "prix", "neg")
    (theme,) = _brief(session, shop).complained
    assert (theme.aspect, theme.polarity, theme.count) == ("accueil", "neg", 2)
    assert theme.quote.text == "Accueil glacial au comptoir."
    assert theme.quote.source == "Avis du Coin"


def test_one_customer_who_says_it_three_times_is_one(
    session: Session, shop: Shop, source: Source
) -> None:
    review = _review(session, source, SUNDAY, text="Cher. Trop cher. Bien trop cher.")
    _score(session, review, 2.0)
    for words in ("Cher.", "Trop cher.", "Bien trop cher."):
        _mention(session, review, words, "prix", "neg")
    assert _brief(session, shop).complained == ()


def test_an_unhappy_customer_is_quoted_before_a_content_one(
    session: Session, shop: Shop, source: Source
) -> None:
    for days_ago, stars in enumerate((4.0, 1.0)):
        day = SUNDAY - timedelta(days=days_ago)
        review = _review(
            session, source, day, rating=stars, text=f"Un accueil qui laisse froid {stars}."
        )
        _score(session, review, stars)
        _mention(session, review, review.text, "accueil", "neg")
    (theme,) = _brief(session, shop).complained
    assert theme.quote.text == "Un accueil qui laisse froid 1.0."


def test_praise_from_unhappy_customers_alone_is_not_believed(
    session: Session, shop: Shop, source: Source
) -> None:
    for stars in (2.0, 2.0):
        review = _review(session, source, SUNDAY, rating=stars, text="Bravo pour l'accueil.")
        _score(session, review, stars)
        _mention(session, review, review.text, "accueil", "pos")
    assert _brief(session, shop).praised == ()


def test_customers_whose_stars_say_the_contrary_are_not_counted_in_a_theme(
    session: Session, shop: Shop, source: Source
) -> None:
    for stars in (2.0, 2.0, 5.0, 5.0, 5.0):
        review = _review(session, source, SUNDAY, rating=stars, text="Un faux contact, accueil.")
        _score(session, review, stars)
        _mention(session, review, review.text, "accueil", "neg")
    brief = _brief(session, shop)
    assert [(theme.aspect, theme.count) for theme in brief.complained] == [("accueil", 2)]


def test_a_theme_stands_on_the_side_of_most_customers(
    session: Session, shop: Shop, source: Source
) -> None:
    for stars, side in ((2.0, "neg"), (2.0, "neg"), (5.0, "pos"), (5.0, "pos"), (5.0, "pos")):
        review = _review(session, source, SUNDAY, rating=stars, text="Parlons de l’accueil ici.")
        _score(session, review, stars)
        _mention(session, review, review.text, "accueil", side)
    brief = _brief(session, shop)
    assert brief.complained == ()
    assert [(theme.aspect, theme.count) for theme in brief.praised] == [("accueil", 3)]


def test_two_themes_quote_two_customers_where_they_can(
    session: Session, shop: Shop, source: Source
) -> None:
    for author in ("Marie D.", "Paul T."):
        review = _review(
            session,
            source,
            SUNDAY,
            rating=2.0,
            text="Accueil froid ce matin-là. Prix trop élevé pour ce travail.",
            author_label=author,
        )
        _score(session, review, 2.0)
        _mention(session, review, "Accueil froid ce matin-là.", "accueil", "neg")
        _mention(session, review, "Prix trop élevé pour ce travail.", "prix", "neg")
    themes = _brief(session, shop).complained
    assert {theme.quote.author for theme in themes} == {"Marie D.", "Paul T."}


@given(st.text(max_size=400))
def test_a_quote_is_short_visible_and_on_one_line(text: str) -> None:
    short = shorten(text)
    assert len(short) <= 160
    assert "\n" not in short
    assert all(c.isprintable() or c == "\u200d" for c in short)


def test_a_quote_is_the_whole_sentence_of_its_clause() -> None:
    text = "Bon pain. La baguette est bonne le matin, mais le soir elle est molle ! Dommage."
    start = text.index("La baguette")
    end = text.index(", mais")
    whole = "La baguette est bonne le matin, mais le soir elle est molle !"
    assert sentence_around(text, start, end) == whole


def test_a_quote_from_a_long_sentence_is_its_clause() -> None:
    text = "Pas un bonjour, " + "et puis rien, " * 20
    assert sentence_around(text, 0, 15) == "Pas un bonjour,"


@given(st.text(alphabet="ab .!?\n«»", max_size=300), st.integers(0, 300), st.integers(0, 300))
def test_a_quote_holds_its_clause_wherever_it_stands(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    assert text[start:end].strip() in sentence_around(text, start, end)


def test_guillemets_within_a_quote_give_way_to_those_around(
    session: Session, shop: Shop, source: Source
) -> None:
    _review(session, source, SUNDAY, rating=1.0, text="« Faut attendre », dit-il, « et encore.")
    (one,) = _brief(session, shop).to_answer
    assert one.quote.text == "“Faut attendre”, dit-il, et encore."


def test_a_long_quote_is_cut_at_a_word() -> None:
    short = shorten("Très bon accueil, " * 20)
    assert short.endswith(("accueil…", "bon…", "Très…"))


# What to do


def _alert(session: Session, shop: Shop, **traits: object) -> Alert:
    values = {
        "shop_id": shop.id,
        "key": f"cle-{traits}"[:255],
        "kind": "rating-shift",
        "subject": "rating",
        "changed_on": date(2026, 1, 12),
        "severity": Severity.WARNING,
        "state": AlertState.OPEN,
        "facts": {
            "direction": "down",
            "before": 4.5,
            "after": 2.9,
            "since": "2026-01-12",
            "n_after": 14,
            "n_before": 80,
        },
        "detected_at": _noon(SUNDAY),
    }
    alert = Alert(**{**values, **traits})
    session.add(alert)
    session.flush()
    return alert


def _complaints(session: Session, source: Source, count: int, aspect: str = "accueil") -> None:
    for days_ago in range(count):
        day = SUNDAY - timedelta(days=10 + days_ago)
        review = _review(session, source, day, rating=2.0, text="Accueil glacial au comptoir.")
        _score(session, review, 2.0)
        _mention(session, review, review.text, aspect, "neg")


def test_two_complaints_in_a_month_are_every_shops_lot(
    session: Session, shop: Shop, source: Source
) -> None:
    _complaints(session, source, 2)
    assert not [line for line in _brief(session, shop).todo if "accueil" in line]


def test_two_complaints_matter_once_the_level_has_dropped(
    session: Session, shop: Shop, source: Source
) -> None:
    _complaints(session, source, 2)
    _alert(session, shop)
    assert [line for line in _brief(session, shop).todo if "2 clients se plaignent" in line]


def test_a_quiet_shop_is_told_to_ask_for_reviews(
    session: Session, shop: Shop, source: Source
) -> None:
    _review(session, source, SUNDAY - timedelta(days=60))
    (line,) = _brief(session, shop).todo
    assert line.startswith("Rien d’urgent. Demandez")


@pytest.mark.parametrize(
    "aspect",
    [
        "accueil",
        "prix",
        "delai",
        "qualite",
        "honnetete",
        "conseil",
        "proprete",
        "produit",
        "livraison",
        "sav",
    ],
)
def test_every_aspect_has_its_name_and_its_advice(aspect: str) -> None:
    assert has_text(f"aspect-{aspect}")
    assert has_text(f"advice-{aspect}")
    assert has_text(f"aspect-liked-{aspect}")


# Alerts and sources


def test_open_alerts_are_told_and_new_ones_marked(
    session: Session, shop: Shop, source: Source
) -> None:
    _mailed(session, shop, SUNDAY - timedelta(days=7))
    new = _alert(session, shop)
    old = _alert(
        session,
        shop,
        changed_on=date(2026, 1, 2),
        detected_at=_noon(SUNDAY - timedelta(days=7)),
    )
    _alert(session, shop, state=AlertState.CLOSED)
    _alert(session, shop, detected_at=_noon(SUNDAY + timedelta(days=1)))
    lines = _brief(session, shop).alerts
    assert [(line.alert_id, line.is_new) for line in lines] == [(new.id, True), (old.id, False)]
    assert lines[0].sentence == alert_sentence(new)
    assert lines[0].changed_on == new.changed_on


def test_all_that_is_open_is_new_to_a_shop_that_never_had_a_mail(
    session: Session, shop: Shop
) -> None:
    _alert(session, shop, detected_at=_noon(SUNDAY - timedelta(days=40)))
    assert [line.is_new for line in _brief(session, shop).alerts] == [True]


def test_what_an_adviser_has_seen_goes_on_for_the_owner(session: Session, shop: Shop) -> None:
    owner, adviser = make_user(session), make_user(session)
    session.add(Member(user_id=owner.id, shop_id=shop.id, role=MemberRole.OWNER))
    session.add(Member(user_id=adviser.id, shop_id=shop.id, role=MemberRole.ADVISER))
    seen = AlertState.ACKNOWLEDGED
    by_adviser = _alert(session, shop, state=seen, state_changed_by_id=adviser.id)
    _alert(session, shop, key="b", state=seen, state_changed_by_id=owner.id)
    _alert(session, shop, key="c", state=AlertState.CLOSED, state_changed_by_id=adviser.id)
    lines = _brief(session, shop).alerts
    assert [(line.alert_id, line.is_seen) for line in lines] == [(by_adviser.id, True)]


@pytest.mark.parametrize("direction", ["down", "up"])
def test_every_alert_has_a_french_headline_and_sentence(direction: str) -> None:
    facts = {
        "direction": direction,
        "before": 4.46,
        "after": 2.9,
        "since": "2026-09-01",
        "n_after": 14,
    }
    alert = Alert(kind="rating-shift", facts=facts)
    assert "de 4,5 à 2,9" in alert_headline(alert)
    sentence = alert_sentence(alert)
    assert "2,9 depuis le 1er septembre 2026 (sur 14 avis)" in sentence


def test_sources_in_trouble_are_named_with_their_day_and_the_others_listed_once(
    session: Session, shop: Shop
) -> None:
    since = datetime(2026, 3, 3, 23, 30, tzinfo=UTC)
    blocked = make_source(session, shop, label="Bloqué", health=Health.BLOCKED, health_since=since)
    for days_ago, outcome in ((0, Outcome.BLOCKED), (5, Outcome.PARTIAL), (9, Outcome.OK)):
        started = _noon(SUNDAY - timedelta(days=days_ago))
        session.add(Crawl(source_id=blocked.id, started_at=started, outcome=outcome))
    make_source(session, shop, label="À moitié", health=Health.DEGRADED, health_since=since)
    make_source(session, shop, label="En panne", health=Health.BROKEN, health_since=None)
    make_source(session, shop, label="Arrêté", health=Health.BROKEN, paused=True)
    make_source(session, shop, label="En ordre", health=Health.HEALTHY)
    make_source(session, shop, label="En ordre", health=Health.HEALTHY)
    make_source(session, shop, label="Neuf", health=Health.NEW)
    brief = _brief(session, shop)
    assert [(trouble.label, trouble.since) for trouble in brief.troubles] == [
        # What was published since it was last read is missing, not since it was found broken.
        ("Bloqué", SUNDAY - timedelta(days=5)),
        ("À moitié", date(2026, 3, 4)),
        ("En panne", None),
    ]
    assert brief.healthy == ("En ordre",)


def test_a_shop_with_nothing_has_an_empty_brief(session: Session, shop: Shop) -> None:
    brief = _brief(session, shop)
    assert (brief.new_count, brief.level, brief.weeks) == (0, None, ())
    assert brief.trend.direction is Direction.UNKNOWN
    assert (brief.alerts, brief.praised, brief.complained, brief.to_answer) == ((), (), (), ())
