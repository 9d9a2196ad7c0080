"""Who decides for a pupil in care is written down by the safeguarding lead, and nobody else may."""

from __future__ import annotations

import pytest

from consents.actions import lift_hold, set_hold
from consents.caring import record_care
from consents.errors import NotAllowed
from consents.links import children_of
from consents.models import Child, Guardianship, Hold, Parent
from publishing.reviewing import review_live
from tests.cast import Trusty
from tests.consents.asking import may

pytestmark = pytest.mark.django_db
PLAN = "Placement plan of 3 May"


def in_care(trust: Trusty, child: Child, name: str = "Northshire Council") -> Guardianship:
    """Dot writes down that the council decides."""
    record_care(child=child, basis=PLAN, by=trust.dot, new_name=name)
    return child.guardianships.get(is_authority=True)


def says(trust: Trusty, child: Child, answer: str, giver: Parent) -> None:
    trust.says(child, answer, [trust.platform("facebook")], giver=giver)


def test_r_154_only_the_authority_that_is_named_may_say_yes(trust):
    says(trust, trust.rose, "yes", trust.mother(trust.rose))
    council = in_care(trust, trust.rose)
    assert not may(trust.rose, "facebook")
    says(trust, trust.rose, "yes", council.parent)
    assert may(trust.rose, "facebook")


def test_a_no_of_a_parent_still_counts(trust):
    says(trust, trust.rose, "yes", in_care(trust, trust.rose).parent)
    says(trust, trust.rose, "no", trust.mother(trust.rose))
    assert not may(trust.rose, "facebook")


def test_a_no_of_the_authority_counts_after_the_care_has_ended(trust):
    council = in_care(trust, trust.rose)
    says(trust, trust.rose, "no", council.parent)
    record_care(child=trust.rose, basis="Order discharged", by=trust.dot)
    says(trust, trust.rose, "yes", trust.mother(trust.rose))
    assert not may(trust.rose, "facebook")


def test_a_parent_whom_the_plan_names_decides(trust):
    mother = trust.rose.guardianships.get()
    record_care(child=trust.rose, basis=PLAN, by=trust.dot, authority=mother)
    says(trust, trust.rose, "yes", mother.parent)
    assert may(trust.rose, "facebook")


def test_when_the_care_ends_parents_decide_again(trust):
    says(trust, trust.rose, "yes", trust.mother(trust.rose))
    in_care(trust, trust.rose)
    record_care(child=trust.rose, basis="Order discharged on 1 June", by=trust.dot)
    assert may(trust.rose, "facebook")


def test_a_parent_of_a_pupil_in_care_is_not_asked_and_the_authority_is(trust):
    council = in_care(trust, trust.rose)
    assert children_of(trust.mother(trust.rose)) == []
    assert children_of(council.parent) == [trust.rose]


def test_what_is_live_comes_down(trust):
    post = trust.published(children=[trust.tom])
    in_care(trust, trust.tom)
    review_live()
    assert trust.delivery(post).state == "taken_down"


def test_a_care_hold_is_lifted_only_once_it_is_written_down(trust):
    hold = set_hold(child=trust.rose, kind="care", by=trust.dot)
    with pytest.raises(NotAllowed, match="Write down first who decides"):
        lift_hold(hold=hold, by=trust.dot)
    in_care(trust, trust.rose)
    lift_hold(hold=hold, by=trust.dot)
    assert not trust.rose.holds.filter(lifted_at=None).exists()


def test_nothing_is_written_down_without_a_ground(trust):
    with pytest.raises(NotAllowed, match="Write which plan"):
        record_care(child=trust.rose, basis=" ", by=trust.dot, new_name="Northshire Council")


def test_somebody_of_another_family_is_no_authority_here(trust):
    other = trust.tom.guardianships.get()
    with pytest.raises(NotAllowed, match="does not stand in the record"):
        record_care(child=trust.rose, basis=PLAN, by=trust.dot, authority=other)


def test_the_lead_writes_it_down_on_a_page_and_reads_what_was_before(trust, signed_in):
    dot, address = signed_in(trust.dot), f"/children/holds/{trust.rose.pk}/care/"
    nameless = dot.post(address, {"who": "new", "basis": PLAN}).content.decode()
    assert "Write the name of whom the plan names." in nameless
    assert PLAN in nameless
    form = {"who": "new", "new_name": "Northshire  Council", "basis": PLAN}
    dot.post(address, form)
    page = dot.get(address).content.decode()
    assert "Northshire Council decides" in page
    dot.post(address, {"who": "none", "basis": "Order discharged"})
    assert "Not in care" in dot.get(address).content.decode()
    assert trust.rose.care_records.count() == 2


@pytest.mark.parametrize("who", ["connie", "hana", "tessa"])
def test_the_page_is_there_for_nobody_else(trust, signed_in, who):
    address = f"/children/holds/{trust.rose.pk}/care/"
    client = signed_in(getattr(trust, who))
    assert client.get(address).status_code == 404
    assert client.post(address, {"who": "none", "basis": PLAN}).status_code == 404
    assert not trust.rose.care_records.exists()


def test_the_office_reads_who_may_decide_and_not_why(trust, signed_in):
    in_care(trust, trust.rose)
    for address in (f"/children/{trust.rose.pk}/", f"/children/{trust.rose.pk}/family/"):
        page = signed_in(trust.connie).get(address).content.decode()
        assert "Northshire Council" in page
        assert "omebody else decides for now" in page
        assert PLAN not in page
        assert "in care" not in page.lower().replace("in care: who decides", "")


def test_whoever_is_added_later_may_not_decide_either(trust):
    in_care(trust, trust.rose)
    father = trust.parent(trust.rose, "Father")
    says(trust, trust.rose, "yes", father)
    assert not may(trust.rose, "facebook")


def test_a_court_order_written_at_the_same_moment_is_not_lost(trust, monkeypatch):
    father = trust.parent(trust.rose, "Father")
    says(trust, trust.rose, "yes", father)
    council = in_care(trust, trust.rose)
    save = Guardianship.save

    def meanwhile(row: Guardianship, **kwargs) -> None:
        Guardianship.objects.filter(pk=row.pk).update(court_order=True)
        save(row, **kwargs)

    monkeypatch.setattr(Guardianship, "save", meanwhile)
    record_care(child=trust.rose, basis="Order discharged", by=trust.dot)
    assert council.pk
    assert not Guardianship.objects.filter(child=trust.rose, court_order=False).exists()
    assert not may(trust.rose, "facebook")


def test_the_pupils_record_at_another_school_is_held_until_somebody_there_looks(trust):
    for child in (trust.rose, trust.leo):
        Child.objects.filter(pk=child.pk).update(upn="A123456789012")
        child.refresh_from_db()
    says(trust, trust.leo, "yes", trust.mother(trust.leo))
    in_care(trust, trust.rose)
    assert Hold.objects.standing().filter(child=trust.leo, kind=Hold.Kind.CARE).count() == 1
    assert not may(trust.leo, "facebook")
    in_care(trust, trust.rose, "Another council")
    assert Hold.objects.filter(child=trust.leo).count() == 1


def test_no_page_says_that_the_authority_is_ticked_as_a_parent(trust, signed_in):
    in_care(trust, trust.rose)
    page = signed_in(trust.connie).get(f"/children/{trust.rose.pk}/family/").content.decode()
    assert "is the authority" not in page
    assert "the safeguarding lead writes that down" in page
