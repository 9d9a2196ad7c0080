"""Who may decide for a child, and since when the record says so (R-152)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from audit.models import Event
from consents.deciding import add_parent
from consents.errors import NotAllowed
from consents.models import Guardianship
from tests.cast import Trusty
from tests.consents.asking import may

pytestmark = pytest.mark.django_db


@pytest.fixture
def mothers(trust: Trusty) -> Guardianship:
    """Amira's mother, as the record has stood for a month."""
    month_ago = timezone.now() - timedelta(days=30)
    trust.amira.guardianships.update(changed_at=month_ago)
    return trust.amira.guardianships.get()


def noted(guardianship: Guardianship) -> datetime:
    return Guardianship.objects.get(pk=guardianship.pk).changed_at


# ── since when ───────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    "change",
    [
        {"has_responsibility": False},
        {"court_order": True},
        {"ended_on": timezone.localdate()},
    ],
    ids=["responsibility lost", "court order", "ended"],
)
def test_the_moment_of_a_change_of_who_may_decide_is_kept(mothers, change):
    before = timezone.now()
    for name, value in change.items():
        setattr(mothers, name, value)
    mothers.save()
    assert before <= noted(mothers) <= timezone.now()


def test_a_change_of_anything_else_is_no_change_of_who_may_decide(mothers):
    before = noted(mothers)
    mothers.relationship = "Mum"
    mothers.priority = 3
    mothers.save()
    assert noted(mothers) == before


# ── what the office writes down ──────────────────────────────────────────────────────────────────
def written(signed_in, by, mothers: Guardianship, **said: str):
    """The office fills in the form of Amira's mother and presses."""
    fields = {f"g{mothers.pk}-{name}": value for name, value in said.items()}
    return signed_in(by).post(f"/children/family/{mothers.pk}/", fields, follow=True)


def test_a_court_order_ends_the_yes_at_once_and_its_end_brings_it_back(trust, signed_in, mothers):
    assert may(trust.amira)
    page = written(signed_in, trust.connie, mothers, has_responsibility="on", court_order="on")
    assert "may not decide: their yes does not count for Amira Khan" in page.content.decode()
    assert not may(trust.amira)
    page = written(signed_in, trust.connie, mothers, has_responsibility="on")
    assert "Mother Khan may decide for Amira Khan" in page.content.decode()
    assert may(trust.amira)


def test_who_is_no_longer_responsible_from_today_may_not_decide(trust, signed_in, mothers):
    today = timezone.localdate().isoformat()
    written(signed_in, trust.connie, mothers, has_responsibility="on", ended_on=today)
    assert not may(trust.amira)
    assert noted(mothers) > mothers.changed_at


def test_history_says_what_changed_and_no_name(trust, signed_in, mothers):
    written(signed_in, trust.connie, mothers, relationship="Mum", court_order="on")
    event = Event.objects.about(mothers).get()
    assert event.verb == "guardianship.changed"
    assert (event.actor_id, event.school_id) == (trust.connie.pk, trust.oak.pk)
    assert event.facts == {
        "child": trust.amira.pk,
        "changed": {"has_responsibility": "False", "court_order": "True"},
    }


def test_saving_the_same_leaves_no_event(trust, signed_in, mothers):
    written(signed_in, trust.connie, mothers, relationship="Mother", has_responsibility="on")
    assert not Event.objects.about(mothers).exists()


def test_a_parent_added_by_hand_may_give_a_yes(trust, signed_in):
    form = {"first_name": "Jo", "surname": "Green", "has_responsibility": "on"}
    page = signed_in(trust.connie).post(f"/children/{trust.rose.pk}/family/add/", form, follow=True)
    assert "Jo Green may decide for Rose Green" in page.content.decode()
    jo = trust.rose.guardianships.get(parent__first_name="Jo")
    trust.says(trust.rose, "yes", [trust.platform("news")], giver=jo.parent)
    assert may(trust.rose)
    assert Event.objects.about(jo).get().verb == "guardianship.added"


def test_a_name_stands_once_in_a_family(trust, signed_in):
    form = {"first_name": "Móther", "surname": "GREEN"}
    page = signed_in(trust.connie).post(f"/children/{trust.rose.pk}/family/add/", form)
    assert "stands here already" in page.content.decode()
    assert trust.rose.guardianships.count() == 1


def test_r_150_a_pupil_who_decides_for_themself_needs_their_own_yes(trust, signed_in):
    office, address = signed_in(trust.connie), f"/children/{trust.amira.pk}/family/"
    office.post(address, {"own-who": "pupil", "own-basis": "Ms Hale asked her."})
    assert not may(trust.amira)
    trust.says_own(trust.amira, "yes", [trust.platform("news")])
    assert may(trust.amira)
    assert Event.objects.about(trust.amira).filter(verb="child.capacity_recorded").count() == 1
    office.post(address, {"own-who": "parents", "own-basis": "She asked for it."})
    assert may(trust.amira)


def test_a_best_interests_record_lets_the_mother_of_a_young_adult_decide(trust, signed_in):
    grown = trust.child("Noor", "Aziz", born_on=date(2006, 1, 9), yes=[trust.platform("news")])
    assert not may(grown)
    meeting = {"own-who": "best_interests", "own-basis": "Meeting of 3 May."}
    signed_in(trust.connie).post(f"/children/{grown.pk}/family/", meeting)
    assert may(grown)


@pytest.mark.parametrize("who", ["hana", "dot", "tessa", "elm_office"])
def test_only_the_office_of_the_school_changes_it(trust, signed_in, mothers, who):
    client = signed_in(getattr(trust, who))
    assert client.get(f"/children/{trust.amira.pk}/family/").status_code == 404
    assert client.post(f"/children/family/{mothers.pk}/").status_code == 404
    with pytest.raises(NotAllowed):
        add_parent(
            child=trust.amira,
            first_name="Any",
            surname="One",
            relationship="",
            has_responsibility=True,
            by=getattr(trust, who),
        )
    assert may(trust.amira)


def test_the_pupils_page_leads_there(trust, signed_in):
    address = f"/children/{trust.amira.pk}/family/"
    assert address in signed_in(trust.connie).get(f"/children/{trust.amira.pk}/").content.decode()
    assert address not in signed_in(trust.hana).get(f"/children/{trust.amira.pk}/").content.decode()
