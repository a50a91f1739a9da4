"""The weekly mail: what it says, how it is made, and to whom it goes once."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from alerts import digest
from alerts.digest import brief_text, queue_weekly, weekly_mail
from alerts.letter import letter
from tests.alerts.briefs import (
    FALL,
    SHIFT,
    a_brief,
    a_quiet_brief,
    a_theme,
    an_empty_brief,
    to_answer,
    trouble,
)
from tests.factories import make_review, make_shop, make_source, make_user
from vigie import clock
from vigie.brief import Brief, weekly_brief
from vigie.errors import VigieError
from vigie.settings import Settings, load_settings
from vigie.store import Member, MemberRole, Message, MessageState, Rival, Shop

NBSP = "\u00a0"
MONDAY = datetime(2026, 3, 9, 6, 0, tzinfo=UTC)
SUNDAY = date(2026, 3, 8)
SETTINGS = load_settings(public_url="https://vigie.example.fr/", contact="aide@example.fr")


@pytest.fixture(autouse=True)
def _frozen() -> None:
    clock.set_clock(lambda: MONDAY)


def _mail(brief: Brief, settings: Settings = SETTINGS) -> EmailMessage:
    """The mail as its recipient's program reads it."""
    sent = weekly_mail(brief, settings, "boulangerie@example.org").as_bytes()
    read = message_from_bytes(sent, policy=policy.default)
    assert isinstance(read, EmailMessage)
    assert read.defects == []
    return read


def _subject(brief: Brief) -> str:
    return str(_mail(brief)["Subject"])


def _part(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def _html_text(mail: EmailMessage) -> str:
    page = lxml.html.fromstring(_part(mail, "html").encode())
    for hidden in page.xpath("//style | //title | //comment()"):
        hidden.drop_tree()
    return " ".join(page.text_content().split())


def test_the_text_part_reads_well_by_itself() -> None:
    brief = a_brief(
        complained=(a_theme("Personne ne lève la tête quand on entre."),),
        troubles=(trouble(),),
        todo=("Répondez à l’avis de Paul.", "Saluez."),
    )
    assert _part(_mail(brief), "plain").replace(NBSP, " ") == (
        "Aux Trois Épis\n"
        "Semaine du 16 au 22 novembre 2026\n"
        "\n"
        "À faire\n"
        "1. Répondez à l’avis de Paul.\n"
        "2. Saluez.\n"
        "\n"
        "3 nouveaux avis cette semaine : 2 favorables et 1 mitigé.\n"
        "\n"
        "Note des quatre dernières semaines : 4,4 sur 5 (9 avis). Stable : 4,3\n"
        "les six mois d’avant, un écart trop petit pour y voir un changement.\n"
        "\n"
        "Ce qui déplaît ces quatre dernières semaines\n"
        "- Accueil, 4 clients : « Personne ne lève la tête quand on entre. »\n"
        "  (Marie D., Avis du Coin, 1er novembre)\n"
        "\n"
        "Bons Artisans ne se laisse plus lire (dernière lecture le 1er\n"
        "décembre) : les avis parus depuis manquent ici.\n"
        "\n"
        "Lus sans incident : Avis du Coin.\n"
        "\n"
        "Tableau de bord : https://vigie.example.fr/commerces/aux-trois-epis\n"
        "\n"
        "-- \n"
        "Vous recevez ce point chaque semaine parce que cette adresse est celle\n"
        "du commerce dans Vigie. Pour l’arrêter ou changer d’adresse :\n"
        "aide@example.fr\n"
    )


def test_html_and_text_say_the_same() -> None:
    brief = a_brief(
        alerts=(SHIFT,),
        complained=(a_theme("Personne ne lève la tête."),),
        praised=(a_theme("Pain excellent.", polarity="pos"),),
        troubles=(trouble(),),
    )
    html = _html_text(_mail(brief))
    for said in (
        "La note a baissé",
        "Personne ne lève la tête.",
        "Pain excellent.",
        "Rien d’urgent.",
        "ne se laisse plus lire",
        "2 favorables et 1 mitigé",
        "4,4",
        "Lus sans incident",
        "aide@example.fr",
    ):
        assert said in html
        assert said in _part(_mail(brief), "plain").replace("\n", " ")


def test_a_quiet_week_still_says_the_level_and_what_to_do() -> None:
    text = brief_text(a_quiet_brief()).replace(NBSP, " ")
    assert "Aucun nouvel avis cette semaine." in text
    assert "4,4 sur 5" in text
    assert "À faire\nRien d’urgent." in text
    assert _subject(a_quiet_brief()) == "Semaine calme, aucun nouvel avis (Aux Trois Épis)"


def test_a_shop_without_any_review_gets_no_empty_figures() -> None:
    mail = _mail(an_empty_brief())
    assert _subject(an_empty_brief()) == "Pas encore d’avis lu (Aux Trois Épis)"
    assert "Aucun avis n’a encore été lu" in _html_text(mail)
    assert "sur 5" not in _html_text(mail)
    assert [part for part in mail.walk() if part.get_content_maintype() == "image"] == []


def test_a_shop_whose_sites_cannot_be_read_is_told_so_first() -> None:
    brief = an_empty_brief(troubles=(trouble(),))
    assert _subject(brief) == "Bons Artisans n’a pas pu être lu (Aux Trois Épis)"
    assert "Aucun avis" not in brief_text(brief)


def test_the_subject_says_the_most_important_thing_first() -> None:
    told = a_brief(alerts=(SHIFT,), to_answer=(to_answer(), to_answer()))
    assert _subject(told).startswith("Votre note est passée de 4,5 à 2,9")
    assert _subject(a_brief(to_answer=(to_answer(),))).startswith("Un avis défavorable attend")
    two = a_brief(to_answer=(to_answer(), to_answer()))
    assert _subject(two).startswith("2 avis défavorables attendent")
    assert _subject(a_brief()).startswith("3 nouveaux avis, note 4,4 sur 5")
    assert _subject(a_brief(new_count=1)).startswith("Un nouvel avis, note 4,4 sur 5")


def test_an_alert_that_was_told_before_is_a_reminder_and_leaves_the_subject() -> None:
    old = a_brief(alerts=(replace(SHIFT, is_new=False),))
    assert _subject(old).startswith("3 nouveaux avis")
    assert "Toujours en cours. La note a baissé" in brief_text(old)


def test_a_change_is_told_with_its_uncertainty_in_words() -> None:
    text = " ".join(brief_text(a_brief(trend=FALL)).replace(NBSP, " ").split())
    assert "En baisse nette : 4,5 les six mois d’avant." in text
    assert "La perte réelle se situe sans doute entre 0,9 et 2,3 étoiles." in text


def test_an_open_shift_is_not_told_a_second_time_as_a_trend() -> None:
    assert "baisse nette" not in brief_text(a_brief(trend=FALL, alerts=(SHIFT,)))


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((1, 1, 0, 0), "Un nouvel avis cette semaine, favorable."),
        ((1, 0, 0, 1), "Un nouvel avis cette semaine, défavorable."),
        ((4, 4, 0, 0), "4 nouveaux avis cette semaine, tous favorables."),
        ((2, 1, 0, 1), "2 nouveaux avis cette semaine : 1 favorable et 1 défavorable."),
        (
            (6, 3, 1, 2),
            "6 nouveaux avis cette semaine : 3 favorables, 1 mitigé et 2 défavorables.",
        ),
    ],
)
def test_new_reviews_are_counted_in_good_french(
    counts: tuple[int, int, int, int], said: str
) -> None:
    new, positive, neutral, negative = counts
    brief = a_brief(
        new_count=new, new_positive=positive, new_neutral=neutral, new_negative=negative
    )
    assert said in " ".join(brief_text(brief).replace(NBSP, " ").split())


def test_the_chart_is_inside_the_mail_and_has_words_for_those_who_do_not_see_it() -> None:
    mail = _mail(a_brief())
    (image,) = [part for part in mail.walk() if part.get_content_type() == "image/png"]
    html = lxml.html.fromstring(_part(mail, "html").encode())
    (shown,) = html.xpath("//img")
    assert f"<{shown.get('src').removeprefix('cid:')}>" == image["Content-ID"]
    assert image.get_content().startswith(b"\x89PNG")
    assert shown.get("alt").replace(NBSP, " ") == (
        "Courbe de la note moyenne, du 28 septembre 2026 au 16 novembre 2026 : "
        "4,3 sur 5 au début, 4,2 à la fin."
    )


def test_nothing_is_fetched_when_the_mail_is_opened() -> None:
    html = _part(_mail(a_brief(alerts=(SHIFT,))), "html")
    page = lxml.html.fromstring(html.encode())
    links = {link for _, name, link, _ in page.iterlinks() if not link.startswith("cid:")}
    assert links == {
        "https://vigie.example.fr/commerces/aux-trois-epis",
        "mailto:aide@example.fr",
    }
    assert page.get("lang") == "fr"
    assert "@import" not in html


def test_the_headers_are_those_of_an_automatic_mail() -> None:
    first, second = _mail(a_brief()), _mail(a_brief())
    assert first["From"] == "Vigie <vigie@localhost>"
    assert first["To"] == "boulangerie@example.org"
    assert first["Date"].datetime == MONDAY
    assert first["Auto-Submitted"] == "auto-generated"
    assert re.fullmatch(r"<[^<>@\s]+@localhost>", first["Message-ID"])
    assert first["Message-ID"] != second["Message-ID"]


@pytest.mark.parametrize(
    ("contact", "stop"),
    [
        ("aide@example.fr", "<mailto:aide@example.fr?subject=Ne%20plus%20recevoir"),
        ("https://vigie.example.fr/aide", "<https://vigie.example.fr/aide>"),
        ("", "<mailto:vigie@localhost?subject=Ne%20plus%20recevoir"),
    ],
)
def test_a_program_finds_where_the_mails_are_stopped_and_is_promised_no_single_click(
    contact: str, stop: str
) -> None:
    mail = _mail(a_brief(), load_settings(public_url="https://vigie.example.fr/", contact=contact))
    assert str(mail["List-Unsubscribe"]).startswith(stop)
    assert mail["List-Unsubscribe-Post"] is None


def test_titles_are_headings() -> None:
    brief = a_brief(complained=(a_theme("Personne ne lève la tête."),))
    page = lxml.html.fromstring(_part(_mail(brief), "html").encode())
    titles = [
        (title.tag, title.text_content().split()[0]) for title in page.xpath("//h1|//h2|//h3")
    ]
    assert titles == [("h1", "Aux"), ("h2", "À"), ("h2", "Ce"), ("h3", "Accueil,")]


def test_what_to_do_comes_right_after_the_first_alert() -> None:
    later = replace(SHIFT, alert_id=2, sentence="Autre chose.")
    text = brief_text(a_brief(alerts=(SHIFT, later)))
    assert text.index("La note a baissé") < text.index("À faire") < text.index("Autre chose.")
    html = _html_text(_mail(a_brief(alerts=(SHIFT, later))))
    assert html.rindex("La note a baissé") < html.index("À faire") < html.index("Autre chose.")


def test_each_review_to_answer_is_linked_to_its_own_address_else_to_its_place_here() -> None:
    here, there = to_answer(), replace(to_answer(), review_id=8, url="https://avis.example/8")
    mail = _mail(a_brief(waiting=(here, there)))
    page = lxml.html.fromstring(_part(mail, "html").encode())
    links = {link.get("href"): link.text_content() for link in page.xpath("//a")}
    assert "Marie D., 1/5" in links["https://avis.example/8"]
    assert "https://vigie.example.fr/commerces/aux-trois-epis/avis#avis-1" in links
    assert "\n  https://avis.example/8\n" in _part(mail, "plain")


WAR = replace(
    SHIFT,
    alert_id=3,
    kind="price-war",
    headline="2 concurrents baissent leur prix",
    sentence="Deux concurrents baissent. Vous demandez 89 €.",
    listing="Vidange",
)
POSITION = replace(
    WAR,
    alert_id=4,
    kind="price-position",
    sentence="Vous demandez 89 € pour « Vidange ».",
    beside="Les autres demandent de 72 € à 75 €.",
)


def test_two_alerts_about_one_listing_share_a_box() -> None:
    text = brief_text(a_brief(alerts=(WAR, POSITION))).replace("\n", " ")
    assert "Vous demandez 89 €. Les autres demandent de 72 € à 75 €." in text
    assert text.count("89 €") == 1
    other = replace(POSITION, listing="Pneu")
    assert "pour « Vidange »" in brief_text(a_brief(alerts=(WAR, other)))


def test_what_customers_say_comes_before_a_listing_in_the_subject() -> None:
    assert _subject(a_brief(alerts=(WAR,))).startswith("2 concurrents baissent")
    waiting = a_brief(alerts=(WAR,), to_answer=(to_answer(),))
    assert _subject(waiting).startswith("Un avis défavorable attend")
    assert _subject(a_brief(alerts=(WAR, SHIFT))).startswith("Votre note est passée")
    standing = a_brief(alerts=(WAR, replace(SHIFT, is_new=False)))
    assert _subject(standing).startswith("Votre note est passée de 4,5 à 2,9, et cela dure")


def test_a_listing_told_before_stands_below_what_is_new() -> None:
    text = brief_text(a_brief(alerts=(replace(WAR, is_new=False), replace(SHIFT, is_new=True))))
    assert text.index("La note a baissé") < text.index("Toujours en cours. Deux concurrents")


HOSTILE = '\\n</mj-text></mj-raw><script>alert(1)</script>{{ 7*7 }} ]]> " onload="x\' & é'


def test_hostile_words_stay_words() -> None:
    brief = a_brief(
        shop_name=f"Chez {HOSTILE}",
        alerts=(replace(SHIFT, sentence=HOSTILE),),
        complained=(a_theme(HOSTILE, author=HOSTILE),),
        todo=(HOSTILE,),
        troubles=(trouble(HOSTILE),),
        healthy=(HOSTILE,),
    )
    mail = _mail(brief)
    page = lxml.html.fromstring(_part(mail, "html").encode())
    assert page.xpath("//title/text() | //@aria-label") == [letter(brief).subject] * 2
    assert page.xpath("//script") == []
    assert page.xpath("//@onload") == []
    shown = _html_text(mail)
    assert "<script>alert(1)</script>{{ 7*7 }}" in shown
    assert shown.count("</mj-raw>") >= 6


@given(st.text(alphabet="<>&\"'/!-[]{}%#;amp \n\0\x1f\x85\u202e\ufffe\U0001f600é", max_size=60))
def test_no_quote_breaks_the_page(words: str) -> None:
    mail = _mail(an_empty_brief(praised=(a_theme(f"A{words}Z", author=f"A{words}Z"),)))
    page = lxml.html.fromstring(_part(mail, "html").encode())
    (seen,) = [" ".join(span.text_content().split()) for span in page.xpath("//td//span/span")]
    assert seen.startswith("A")
    assert seen.endswith(f"Z, Avis du Coin, 1er{NBSP}novembre".replace(NBSP, " "))
    assert page.xpath("//script | //iframe") == []


@given(st.text(max_size=80))
def test_no_name_breaks_a_header(name: str) -> None:
    mail = _mail(an_empty_brief(shop_name=f"A{name}"))
    subject = str(mail["Subject"])
    assert subject.startswith("Pas encore d’avis lu (A")
    assert not set(subject) & set("\r\n\0")
    assert set(mail.keys()) == {
        "Subject",
        "From",
        "To",
        "Date",
        "Message-ID",
        "Auto-Submitted",
        "List-Unsubscribe",
        "MIME-Version",
        "Content-Type",
    }


def test_no_encoded_word_of_a_subject_is_empty() -> None:
    raw = weekly_mail(a_brief(), SETTINGS, "boulangerie@example.org").as_bytes()
    head = raw.split(b"\r\n\r\n")[0]
    assert b"?q??=" not in head
    assert max(len(line) for line in head.split(b"\r\n")) <= 78


def test_a_sender_that_is_none_is_named() -> None:
    settings = load_settings(mail_from="personne")
    with pytest.raises(VigieError, match="VIGIE_MAIL_FROM"):
        weekly_mail(a_brief(), settings, "boulangerie@example.org")


def test_an_accented_sender_is_kept() -> None:
    settings = load_settings(mail_from="Chambre des métiers <vigie@cma.example>")
    assert _mail(a_brief(), settings)["From"] == "Chambre des métiers <vigie@cma.example>"


def _shop(session: Session, **traits: object) -> Shop:
    shop = make_shop(session, **{"email": "commerce@example.org", **traits})
    source = make_source(session, shop)
    make_review(session, source, published_at=datetime(2026, 3, 4, 9, tzinfo=UTC))
    return shop


def _queued(factory: sessionmaker[Session]) -> list[Message]:
    with factory() as session:
        return list(session.scalars(select(Message).order_by(Message.id)))


def test_a_shop_is_queued_once_a_week(factory: sessionmaker[Session], settings: Settings) -> None:
    with factory.begin() as session:
        shop = _shop(session)
    assert queue_weekly(factory, settings, SUNDAY) == 1
    assert queue_weekly(factory, settings, SUNDAY) == 0
    (message,) = _queued(factory)
    assert message.dedupe_key == f"weekly:{shop.id}:2026-03-08"
    assert (message.state, message.channel, message.kind) == ("queued", "email", "weekly")
    assert message.recipient == "commerce@example.org"
    assert message.subject.startswith("Un nouvel avis")
    assert message.next_attempt_at == MONDAY
    assert queue_weekly(factory, settings, date(2026, 3, 15)) == 1


def test_what_is_queued_is_the_whole_mail(
    factory: sessionmaker[Session], settings: Settings
) -> None:
    with factory.begin() as session:
        _shop(session, name="Boulangerie de l’Île")
    queue_weekly(factory, settings, SUNDAY)
    (message,) = _queued(factory)
    mail = message_from_bytes(message.mime, policy=policy.default)
    assert mail["Subject"] == message.subject
    assert "Boulangerie de l’Île" in message.subject


def test_only_those_who_asked_are_written_to(
    factory: sessionmaker[Session], settings: Settings
) -> None:
    with factory.begin() as session:
        client = _shop(session)
        _shop(session, email=None)
        _shop(session, email="")
        _shop(session, created_at=datetime(2026, 3, 9, 0, tzinfo=UTC))
        mere_rival, two_hats, member = _shop(session), _shop(session), _shop(session)
        for rival in (mere_rival, two_hats, member):
            session.add(Rival(shop_id=client.id, rival_id=rival.id))
        session.add(Rival(shop_id=two_hats.id, rival_id=client.id))
        user = make_user(session)
        session.add(Member(user_id=user.id, shop_id=member.id, role=MemberRole.OWNER))
    assert queue_weekly(factory, settings, SUNDAY) == 3
    assert {message.shop_id for message in _queued(factory)} == {client.id, two_hats.id, member.id}


def test_a_shop_added_today_is_told_today_by_hand(
    factory: sessionmaker[Session], settings: Settings
) -> None:
    with factory.begin() as session:
        _shop(session, created_at=MONDAY)
    assert queue_weekly(factory, settings) == 1
    assert _queued(factory)[0].dedupe_key.endswith(":2026-03-09")


def test_an_address_that_is_none_fails_visibly_and_once(
    factory: sessionmaker[Session], settings: Settings
) -> None:
    with factory.begin() as session:
        _shop(session, email="a@example.org\r\nBcc: b@example.org")
        _shop(session)
    assert queue_weekly(factory, settings, SUNDAY) == 1
    assert queue_weekly(factory, settings, SUNDAY) == 0
    failed = _queued(factory)[0]
    assert failed.state is MessageState.FAILED
    assert "n’est pas une adresse e-mail" in str(failed.last_error)


def test_one_shop_whose_mail_cannot_be_made_holds_no_other_back(
    factory: sessionmaker[Session], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with factory.begin() as session:
        broken, good = _shop(session), _shop(session)

    def breaking(session: Session, shop: Shop, week_end: date, made_at: datetime) -> Brief:
        if shop.id == broken.id:
            raise RuntimeError("a bug")
        return weekly_brief(session, shop, week_end, made_at)

    monkeypatch.setattr(digest, "weekly_brief", breaking)
    with pytest.raises(RuntimeError, match="a bug"):
        queue_weekly(factory, settings, SUNDAY)
    assert [message.shop_id for message in _queued(factory)] == [good.id]
