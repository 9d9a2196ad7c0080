"""Grown-ups are asked in the languages the trust adds, and choose theirs, as parents do (R-107)."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.core import mail
from django.test import Client

from consents import adult_mailing, adult_wording, adults, asking_adults
from consents.errors import NotAllowed
from consents.models import Adult, AdultWording
from consents.wording import ENGLISH, Wording, fingerprint
from policy.models import Platform
from tests.approvals.pages import words
from tests.consents.test_asking_adults import LINK, asked, press, publish

pytestmark = pytest.mark.django_db
PAGE = "/children/adults/wording/"


def polish() -> Wording:
    """Every word in another language, as far as a test can say."""

    def said(texts: dict[str, str]) -> dict[str, str]:
        return {key: f"PL {text}" for key, text in texts.items()}

    places = {place.key: f"PL {place.name}" for place in asking_adults.platforms()}
    parts = said(adult_wording.proposed())
    every = said(adult_wording.every_word())
    return Wording("pl", "Polski", parts=parts, places=places, words=every)


@pytest.fixture
def ada(trust) -> Adult:
    publish(trust)
    adults.keep_address(adult=trust.author_visit, email="ada@pen.example", by=trust.connie)
    return trust.author_visit


@pytest.fixture
def both(trust, ada) -> AdultWording:
    """The words in force, in English and Polish."""
    return adult_wording.put_language(wording=polish(), by=trust.cara)


# ── the reader ───────────────────────────────────────────────────────────────────────────────────
def test_who_is_asked_chooses_the_language(trust, ada, both):
    address = asked(trust, ada)
    english = Client().get(address).content.decode()
    assert '<html lang="en"' in english
    assert '<a href="?lang=pl" lang="pl" hreflang="pl" dir="ltr">Polski</a>' in english
    theirs = Client().get(f"{address}?lang=pl").content.decode()
    assert '<html lang="pl"' in theirs
    assert "PL May we show a photo of you?" in theirs
    assert "PL Facebook" in theirs
    assert "PL We share news of school life" in theirs


def test_no_english_sentence_is_left_on_their_page(trust, ada, both):
    press(trust, asked(trust, ada), photo="yes")
    page = words(Client().get(f"{asked(trust, ada)}?lang=pl&done=saved"))
    for key, english in adult_wording.every_word().items():
        if len(english) > 3:
            assert not re.search(rf"(?<!PL ){re.escape(english)}", page), key


def test_with_one_language_there_is_nothing_to_choose(trust, ada):
    assert 'class="langs"' not in Client().get(asked(trust, ada)).content.decode()


def test_one_that_is_not_there_is_read_in_english(trust, ada, both):
    assert "May we show or name you?" in words(Client().get(f"{asked(trust, ada)}?lang=xx"))


def test_r_145_the_answer_keeps_the_language_and_opens_to_its_words(trust, ada, both, signed_in):
    back = press(trust, f"{asked(trust, ada)}?lang=pl", photo="yes")
    assert "?lang=pl&done=saved" in back.url
    decision = ada.decisions.get()
    assert decision.language == "pl"
    address = f"/children/adults/{ada.pk}/said/{decision.pk}/"
    page = words(signed_in(trust.connie).get(address))
    assert "in Polski" in page
    assert "PL May we show a photo of you?" in page


def test_taking_everything_back_keeps_the_language_too(trust, ada, both):
    press(trust, asked(trust, ada), photo="yes")
    form = {"version": both.pk, "stop": "all"}
    Client().post(f"{asked(trust, ada)}?lang=pl", form)
    assert ada.decisions.get(answer="withdrawn").language == "pl"


def test_what_goes_wrong_is_said_in_it(trust, ada, both):
    assert "PL Nothing new was chosen" in words(press(trust, f"{asked(trust, ada)}?lang=pl"))
    Platform.objects.filter(key="facebook").update(is_asked=False)
    page = words(press(trust, f"{asked(trust, ada)}?lang=pl", photo="yes"))
    assert "PL The questions have changed" in page


def test_the_mail_says_it_in_each_with_its_own_way_in(trust, ada, both):
    asking_adults.ask(adult=ada, by=trust.connie)
    adult_mailing.send_due()
    [message] = mail.outbox
    assert "PL Open your page to say yes or no:" in message.body
    assert re.findall(r"\?lang=(\w+)", message.body) == ["en", "pl"]
    assert len(set(LINK.findall(message.body))) == 1


def test_a_letter_is_printed_in_the_one_that_is_chosen(trust, ada, both, signed_in):
    client = signed_in(trust.connie)
    assert "Language of the letter" in words(client.get(f"/children/adults/{ada.pk}/"))
    page = client.post(f"/children/adults/{ada.pk}/letter/", {"language": "pl"}).content.decode()
    assert '<article class="letter" lang="pl"' in page
    assert "PL Signed, and the date" in page


# ── the owner ────────────────────────────────────────────────────────────────────────────────────
def filled(version: AdultWording, wording: Wording) -> dict[str, str]:
    """The form of a language, as it is sent."""
    groups = {"parts": wording.parts, "places": wording.places, "words": wording.words}
    texts = {f"{group}_{key}": text for group, said in groups.items() for key, text in said.items()}
    return {"version": str(version.number), **texts}


def test_the_owner_adds_a_language_on_a_page(trust, ada, signed_in):
    client = signed_in(trust.cara)
    named = {"code": "pl", "name": "Polski", "direction": "ltr"}
    address = client.post(f"{PAGE}languages/", named).url
    assert "Write this in the language as well." not in words(client.get(address))
    client.post(address, filled(adult_wording.in_force(), polish()))
    found = adult_wording.in_force()
    assert (found.number, [w.name for w in adult_wording.languages(found)]) == (2, ["Polski"])
    assert "Polski" in words(client.get(PAGE))


def test_whatever_is_missing_is_said_with_the_way_to_it_and_nothing_is_published(
    trust, ada, signed_in
):
    named = "?name=Polski&direction=ltr"
    form = filled(adult_wording.in_force(), polish()) | {"words_save": ""}
    page = signed_in(trust.cara).post(f"{PAGE}languages/pl/{named}", form).content.decode()
    assert "These words are not published yet." in page
    assert 'href="#id_words_save"' in page
    assert AdultWording.objects.count() == 1


def test_a_sentence_that_lost_its_place_is_not_published(trust, ada):
    wording = polish()
    wrong = replace(wording, words={**wording.words, "version": "PL version"})
    with pytest.raises(NotAllowed, match="number"):
        adult_wording.put_language(wording=wrong, by=trust.cara)


def test_of_two_who_write_at_once_the_second_is_told_and_keeps_what_was_typed(
    trust, both, signed_in
):
    form = filled(both, polish()) | {"parts_done": "PL inne"}
    publish(trust, purpose="Something else.")
    client = signed_in(trust.cara)
    page = client.post(f"{PAGE}languages/pl/", form).content.decode()
    assert adult_wording.MEANWHILE in page
    assert "PL inne" in page
    client.post(f"{PAGE}languages/pl/", form | {"version": "3"})
    assert adult_wording.languages(adult_wording.in_force())[0].parts["done"] == "PL inne"


def test_new_words_in_english_keep_the_other_languages(trust, both):
    publish(trust, purpose="Something else.")
    assert [w.code for w in adult_wording.languages(adult_wording.in_force())] == ["pl"]


def test_a_language_that_is_left_out_is_asked_in_no_more(trust, ada, both, signed_in):
    signed_in(trust.cara).post(f"{PAGE}languages/pl/remove/")
    assert adult_wording.languages(adult_wording.in_force()) == []
    assert "PL" not in words(Client().get(f"{asked(trust, ada)}?lang=pl"))


@pytest.mark.parametrize("way", ["languages/", "languages/pl/", "languages/pl/remove/"])
def test_a_school_does_not_write_them(trust, both, signed_in, way):
    assert signed_in(trust.connie).post(f"{PAGE}{way}").status_code == 404


@pytest.mark.parametrize("code", ["en", "p", "PL"])
def test_a_language_that_is_there_or_is_none_is_not_added(trust, ada, signed_in, code):
    form = {"code": code, "name": "Polski", "direction": "ltr"}
    page = words(signed_in(trust.cara).post(f"{PAGE}languages/", form))
    assert "No language is added yet." in page


def test_the_fingerprint_covers_every_language(trust, both):
    assert adult_wording.is_unchanged(both)
    assert both.sha256 == fingerprint(both.content)
    changed = {**both.content, "languages": []}
    assert fingerprint(changed) != both.sha256


def test_a_version_without_other_languages_reads_as_before(trust, ada):
    version = adult_wording.in_force()
    assert set(version.content) == set(adult_wording.PARTS)
    assert [w.code for w in adult_wording.document(version).wordings] == [ENGLISH]
