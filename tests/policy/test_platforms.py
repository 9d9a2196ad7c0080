"""The trust adds a platform: a further column, “not asked” for everybody (R-011)."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest

from consents import agreements
from consents.actions import Said, record_many
from consents.class_lists import Heard, record_class
from consents.errors import NotAllowed as NotRecorded
from consents.imports.known import know, platform_names
from consents.models import Agreement, ConsentDecision, Kind
from consents.states import Standing, standings
from policy.models import Platform
from policy.platforms import About, add_platform, change_platform, said_of
from schools.errors import NotAllowed
from tests.approvals.pages import words
from tests.consents.agreements.writing import document, draft, keep, published
from tests.consents.asking import may

pytestmark = pytest.mark.django_db

NEWBOOK = About(
    name="Newbook",
    what_it_is="A new place. Anyone can see it.",
    letter="Nb",
    colour="#1f5fb8",
    longest=500,
    photos=4,
    host="https://newbook.example/about",
)


@pytest.fixture
def newbook(trust) -> Platform:
    """Added after Amira's family had said yes everywhere."""
    trust.amira  # noqa: B018  made when first asked for
    return add_platform(about=NEWBOOK, by=trust.cara)


def asking_for_newbook(trust) -> Agreement:
    """The next version of the agreement, which asks for photos there."""
    agreements.start(by=trust.cara)
    now = document()
    [english] = now.wordings
    places = {**english.places, "newbook": NEWBOOK.what_it_is}
    others = tuple(pair for pair in now.asks if pair[0] != "newbook")
    asks = (*others, ("newbook", Kind.PHOTO.value))
    keep(replace(now, asks=asks, wordings=(replace(english, places=places),)), trust.cara)
    return agreements.publish(revision=draft().revision, by=trust.cara)


def says_yes(trust, platform: Platform, agreement: Agreement | None) -> None:
    record_many(
        said=[Said(platform, Kind.PHOTO, "yes")],
        child=trust.amira,
        giver=trust.mother(trust.amira),
        way="paper",
        agreement=agreement,
        by=trust.connie,
    )


def test_r_011_a_platform_added_is_not_asked_for_every_pupil(trust):
    pupils = [trust.amira, trust.tom, trust.rose, trust.jack]
    newbook = add_platform(about=NEWBOOK, by=trust.cara)
    cells = standings(pupils, [newbook.pk], show_holds=False)
    assert {cell.standing for cell in cells.values()} == {Standing.NOT_ASKED}
    assert len(cells) == len(pupils) * len(Kind.values)
    assert not may(trust.amira, "newbook")


def test_r_011_it_is_a_column_of_a_pupils_page(trust, signed_in, newbook):
    assert "Newbook" in words(signed_in(trust.connie).get(f"/children/{trust.amira.pk}/"))


def test_r_011_a_yes_to_a_version_that_never_asked_for_it_is_not_written_down(trust):
    trust.amira  # noqa: B018  made when first asked for
    before = published(trust)
    newbook = add_platform(about=NEWBOOK, by=trust.cara)
    for agreement in (None, before):
        with pytest.raises(NotRecorded, match=r"does not ask about Newbook \(photo\)"):
            says_yes(trust, newbook, agreement)
    assert not may(trust.amira, "newbook")


def test_r_011_a_yes_to_the_version_that_asks_for_it_counts(trust, newbook):
    says_yes(trust, newbook, asking_for_newbook(trust))
    assert may(trust.amira, "newbook")


def test_a_kind_that_the_version_left_out_is_not_asked_for_either(trust, newbook):
    agreement = asking_for_newbook(trust)
    with pytest.raises(NotRecorded, match=r"Newbook \(video\)"):
        record_many(
            said=[Said(newbook, Kind.VIDEO, "yes")],
            child=trust.amira,
            giver=trust.mother(trust.amira),
            way="paper",
            agreement=agreement,
            by=trust.connie,
        )


def test_a_no_is_written_down_whether_or_not_anybody_asked(trust, newbook):
    record_many(
        said=[Said(newbook, Kind.PHOTO, "no")],
        child=trust.amira,
        giver=trust.mother(trust.amira),
        way="phone",
        by=trust.connie,
    )
    assert ConsentDecision.objects.filter(platform=newbook, answer="no").exists()


def test_a_class_list_is_held_to_the_same(trust, newbook):
    heard = [Heard(trust.amira, newbook, "yes", trust.mother(trust.amira))]
    with pytest.raises(NotRecorded, match="does not ask about Newbook"):
        record_class(school=trust.oak, kind=Kind.PHOTO, heard=heard, by=trust.connie)


def test_a_file_which_notes_no_version_brings_no_answers_for_it(trust, newbook):
    assert "newbook" not in platform_names()
    assert "newbook" not in know(trust.oak).platforms


def test_what_ships_is_asked_for_as_before(trust):
    says_yes(trust, trust.platform("facebook"), None)
    assert may(trust.amira, "facebook")


def test_a_grown_up_answers_for_themself_as_before(trust, newbook):
    record_many(
        said=[Said(newbook, Kind.PHOTO, "yes")],
        adult=trust.author_visit,
        way="paper",
        by=trust.connie,
    )
    assert trust.author_visit.decisions.filter(platform=newbook, answer="yes").exists()


# ── the page ─────────────────────────────────────────────────────────────────────────────────────
def test_the_owner_adds_one_on_its_page(trust, signed_in):
    answer = signed_in(trust.cara).post("/policy/platforms/", asdict(NEWBOOK), follow=True)
    assert "Newbook is added" in words(answer)
    made = Platform.objects.get(key="newbook")
    assert (made.added_by, made.limit("text", "max")) == (trust.cara, 500)
    assert made.limit("link", "hosts") == ["newbook.example", "www.newbook.example"]
    assert Platform.objects.last() == made, "it stands last in every list"


def test_a_name_that_is_taken_is_refused_and_nothing_is_lost(trust, signed_in):
    said = asdict(NEWBOOK) | {"name": "facebook"}
    answer = signed_in(trust.cara).post("/policy/platforms/", said)
    assert answer.status_code == 422
    assert "There is a platform called “facebook” already." in words(answer)
    assert "A new place. Anyone can see it." in answer.content.decode()


def test_its_longest_text_is_changed_on_its_own_page(trust, signed_in, newbook):
    said = {k: v for k, v in said_of(newbook).items() if v is not False} | {"longest": 300}
    answer = signed_in(trust.cara).post("/policy/platforms/newbook/", said, follow=True)
    assert "Kept." in words(answer)
    assert Platform.objects.get(key="newbook").limit("text", "max") == 300


@pytest.mark.parametrize("key", ["facebook", "instagram", "x", "website", "youtube"])
def test_keeping_what_the_page_shows_changes_nothing(trust, key):
    platform = trust.platform(key)
    assert change_platform(platform=platform, about=About(**said_of(platform)), by=trust.cara) == []


def test_what_ships_keeps_the_name_parents_were_asked_under(trust):
    platform = trust.platform("facebook")
    about = About(**said_of(platform) | {"name": "Fakebook"})
    with pytest.raises(NotAllowed, match="keeps its name"):
        change_platform(platform=platform, about=about, by=trust.cara)


def test_a_photo_cannot_be_asked_for_and_not_taken(trust):
    about = replace(NEWBOOK, photos=0, needs_photo=True)
    with pytest.raises(NotAllowed, match="cannot ask for a photo"):
        add_platform(about=about, by=trust.cara)


def test_a_name_in_letters_that_no_address_has_gets_a_key_all_the_same(trust):
    made = [
        add_platform(about=replace(NEWBOOK, name=name), by=trust.cara) for name in ("微博", "微信")
    ]
    assert [platform.key for platform in made] == ["platform", "platform-2"]


@pytest.mark.parametrize("address", ["/policy/platforms/", "/policy/platforms/facebook/"])
def test_nobody_else_finds_the_page(trust, signed_in, address):
    for person in (trust.tessa, trust.hana):
        assert signed_in(person).get(address).status_code == 404
        assert signed_in(person).post(address, asdict(NEWBOOK)).status_code == 404


def test_a_head_adds_none_by_the_verb_either(trust):
    with pytest.raises(NotAllowed, match="do not look after"):
        add_platform(about=NEWBOOK, by=trust.hana)
