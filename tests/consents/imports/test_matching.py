"""Who is this row? Numbers decide; names are put before a person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from audit.models import Event
from consents.imports import actions
from consents.models import Child, Guardianship, Import, ImportRow, Parent
from schools.models import User
from tests.approvals.pages import words
from tests.cast import Trusty
from tests.consents.imports.conftest import Office, as_csv

pytestmark = pytest.mark.django_db
HEAD = ["UPN", "Adno", "Surname", "Forename", "DOB", "Reg"]
UPN, UPN2 = "T999400126001", "G999400126002"
AMY = [UPN, "0007", "Lee", "Amy", "05/06/2015", "7A"]


def _file(*rows: list[str], head: list[str] | None = None) -> str:
    return as_csv([head or HEAD, *rows])


def _outcomes(source: Import) -> dict[str, int]:
    return {key: count for key, count in source.summary["outcomes"].items() if count}


def test_a_upn_finds_the_child_whose_name_and_number_changed(office: Office) -> None:
    office.brings_in(_file(AMY))
    source = office.brings_in(_file([UPN, "0099", "Khan", "Amy", "05/06/2015", "8B"]))
    assert _outcomes(source) == {"changed": 1}
    amy = Child.objects.get()
    assert (amy.surname, amy.mis_id, amy.form) == ("Khan", "0099", "8B")
    assert Child.objects.matching("amy khan 8b").exists()
    [row] = source.rows.all()
    assert "Lee" not in str(row.remarks)


def test_the_schools_number_finds_the_child_where_there_is_no_upn(office: Office) -> None:
    office.brings_in(_file(AMY))
    source = office.brings_in(_file(["", "0007", "Lee", "Amy", "05/06/2015", "8B"]))
    assert _outcomes(source) == {"changed": 1}


@pytest.mark.parametrize("upn", ["R99940012601A", "A999400126001", "nonsense", "8.012E+12"])
def test_a_doubtful_upn_is_no_identity_and_the_row_still_goes_in(office: Office, upn: str) -> None:
    source = office.brings_in(_file([upn, *AMY[1:]]))
    assert _outcomes(source) == {"new": 1}
    assert Child.objects.get().upn == ""
    assert "UPN" in source.rows.get().remarks[0]


def test_the_same_upn_twice_refuses_both(office: Office) -> None:
    twin = [UPN, "0008", "Lee", "Bo", "05/06/2015", "7A"]
    source = office.brings_in(_file(AMY, twin))
    assert _outcomes(source) == {"problem": 2}
    assert not Child.objects.exists()


def test_two_rows_that_lead_to_one_child_refuse_both(office: Office) -> None:
    office.brings_in(_file(AMY))
    by_upn = [UPN, "0055", *AMY[2:]]
    by_number = ["", "0007", *AMY[2:]]
    assert _outcomes(office.brings_in(_file(by_upn, by_number))) == {"problem": 2}


def test_the_same_name_and_birthday_is_put_before_a_person(office: Office) -> None:
    office.brings_in(_file(AMY))
    source = office.brings_in(_file(["", "", "LEE", "Amy", "05/06/2015", "8B"]))
    assert _outcomes(source) == {"person": 1}
    assert Child.objects.get().form == "7A"


def test_what_nobody_has_decided_is_not_counted_as_going_in(
    office: Office, signed_in: Callable[[User], Client]
) -> None:
    office.brings_in(_file(AMY))
    new = ["", "0031", "Ray", "Bo", "06/06/2015", "7A"]
    source = office.sends(_file(["", "", "Lee", "Amy", "05/06/2015", "8B"], new))
    page = words(signed_in(office.by).get(f"/children/imports/{source.pk}/"))
    assert "1 row goes in." in page
    assert "1 row stays out until you say who it is" in page


def test_a_person_says_it_is_the_same_child(office: Office) -> None:
    office.brings_in(_file(AMY))
    source = office.sends(_file(["", "", "Lee", "Amy", "05/06/2015", "8B"]))
    amy = Child.objects.get()
    actions.resolve(source=source, said={2: str(amy.pk)}, by=office.by)
    office.confirms(office.works(source))
    assert Child.objects.get().form == "8B"


def test_a_person_says_it_is_somebody_else(office: Office) -> None:
    office.brings_in(_file(AMY))
    source = office.sends(_file(["", "", "Lee", "Amy", "05/06/2015", "8B"]))
    actions.resolve(source=source, said={2: "new"}, by=office.by)
    office.confirms(office.works(source))
    assert Child.objects.count() == 2


def test_a_person_leaves_a_row_out(office: Office) -> None:
    office.brings_in(_file(AMY))
    source = office.sends(_file(["", "", "Lee", "Amy", "05/06/2015", "8B"]))
    actions.resolve(source=source, said={2: "skip"}, by=office.by)
    assert _outcomes(office.confirms(office.works(source))) == {"unchanged": 1}


def test_only_an_offered_child_can_be_chosen(trust: Trusty, office: Office) -> None:
    office.brings_in(_file(AMY))
    source = office.sends(_file(["", "", "Lee", "Amy", "05/06/2015", "8B"]))
    with pytest.raises(Exception, match="offered"):
        actions.resolve(source=source, said={2: str(trust.leo.pk)}, by=office.by)


def test_two_of_one_name_with_two_birthdays_are_two(office: Office) -> None:
    ali = ["", "0021", "Ali", "Mohammed", "11/02/2015", "7A"]
    other = ["", "0022", "Ali", "Mohammed", "29/08/2015", "7A"]
    assert _outcomes(office.brings_in(_file(ali, other))) == {"new": 2}


def test_two_of_one_name_with_one_birthday_and_two_numbers_are_two(office: Office) -> None:
    ali = ["", "0021", "Ali", "Mohammed", "11/02/2015", "7A"]
    assert _outcomes(office.brings_in(_file(ali, ["", "0022", *ali[2:]]))) == {"new": 2}


def test_two_of_one_name_and_birthday_without_numbers_are_refused(office: Office) -> None:
    ali = ["", "", "Ali", "Mohammed", "11/02/2015", "7A"]
    assert _outcomes(office.brings_in(_file(ali, ali))) == {"problem": 2}


def test_a_number_that_lost_its_noughts_is_put_before_a_person(office: Office) -> None:
    office.brings_in(_file(["", *AMY[1:]]))
    source = office.brings_in(_file(["", "7", "Lee", "Amelia", "05/06/2015", "7A"]))
    assert _outcomes(source) == {"person": 1}


def test_a_number_that_lost_its_noughts_is_not_taken_over(office: Office) -> None:
    office.brings_in(_file(AMY))
    source = office.brings_in(_file([UPN, "7", *AMY[2:]]))
    assert Child.objects.get().mis_id == "0007"
    assert "noughts" in source.rows.get().remarks[0]


def test_a_number_given_to_somebody_else_is_put_before_a_person(office: Office) -> None:
    office.brings_in(_file(["", *AMY[1:]]))
    source = office.brings_in(_file(["", "0007", "Ocean", "Sam", "01/01/2014", "7A"]))
    assert _outcomes(source) == {"person": 1}
    assert Child.objects.get().surname == "Lee"


def test_the_same_number_at_two_schools_is_two_children(trust: Trusty, office: Office) -> None:
    Child.objects.filter(pk=trust.leo.pk).update(mis_id="0007")
    assert _outcomes(office.brings_in(_file(AMY))) == {"new": 1}


def test_a_row_of_another_school_is_refused(trust: Trusty, office: Office) -> None:
    head = [*HEAD, "School"]
    source = office.brings_in(
        _file(
            [*AMY, "Elm Academy"], [UPN2, "0008", "Ray", "Bo", "1/2/2015", "7A", "Oak"], head=head
        )
    )
    assert _outcomes(source) == {"problem": 1, "new": 1}


def test_a_marked_leaver_leaves_and_an_unknown_one_is_not_added(office: Office) -> None:
    office.brings_in(_file(AMY))
    head = [*HEAD, "Leaving Date", "Enrolment Status"]
    source = office.brings_in(
        _file(
            [*AMY, "01/09/2026", ""],
            [UPN2, "0008", "Ray", "Bo", "1/2/2015", "7A", "", "Left"],
            head=head,
        )
    )
    assert _outcomes(source) == {"changed": 1, "unchanged": 1}
    assert str(Child.objects.get().left_on) == "2026-09-01"


CONTACTS = [*HEAD, "Contact Forename", "Contact Surname", "Contact Email", "PR"]


def test_contacts_of_siblings_stay_apart_until_a_person_says_they_are_one(office: Office) -> None:
    mum = ["Jo", "Lee", "jo@lee.example", "Y"]
    bo = [UPN2, "0008", "Lee", "Bo", "1/2/2016", "5A", *mum]
    source = office.sends(_file([*AMY, *mum], bo, head=CONTACTS))
    assert source.summary["joinable"] == 1
    apart = office.confirms(source)
    assert apart.summary["parents"] == 2


def test_contacts_of_siblings_are_one_where_a_person_said_so(office: Office) -> None:
    mum = ["Jo", "Lee", "jo@lee.example", "Y"]
    bo = [UPN2, "0008", "Lee", "Bo", "1/2/2016", "5A", *mum]
    office.brings_in(_file([*AMY, *mum], bo, head=CONTACTS), join_parents=True)
    assert Parent.objects.get().guardianships.count() == 2


def test_one_row_for_each_contact_is_one_child_where_a_person_said_so(office: Office) -> None:
    text = _file(
        [*AMY, "Jo", "Lee", "", "Y"],
        [*AMY, "Sam", "Lee", "", "N"],
        [UPN2, "0008", "Ray", "Bo", "1/2/2016", "5A", "Al", "Ray", "", "Y"],
        [UPN2, "0008", "Ray", "Bo", "1/2/2016", "5A", "Di", "Ray", "", "Y"],
        head=CONTACTS,
    )
    asked = office.sends(text)
    assert _outcomes(asked) == {"problem": 4}
    assert any("several rows" in notice for notice in asked.summary["notices"])
    office.brings_in(text, rows_per_contact=True)
    assert Child.objects.get(upn=UPN).guardianships.count() == 2


def test_a_court_order_is_taken_over_and_not_lifted_by_a_file(office: Office) -> None:
    head = [*CONTACTS, "Court Order"]
    office.brings_in(_file([*AMY, "Jo", "Lee", "", "Y", "Y"], head=head))
    assert Guardianship.objects.get().court_order
    source = office.brings_in(_file([*AMY, "Jo", "Lee", "", "Y", "N"], head=head))
    assert Guardianship.objects.get().court_order
    assert _outcomes(source) == {"person": 1}


def test_a_contact_missing_from_the_file_stays(office: Office) -> None:
    office.brings_in(_file([*AMY, "Jo", "Lee", "", "Y"], head=CONTACTS))
    office.brings_in(_file([*AMY, "Sam", "Lee", "", "Y"], head=CONTACTS))
    assert Guardianship.objects.count() == 2
    assert all(g.has_responsibility for g in Guardianship.objects.all())


def test_responsibility_that_ended_is_remembered_as_having_been(office: Office) -> None:
    office.brings_in(_file([*AMY, "Jo", "Lee", "", "Y"], head=CONTACTS))
    office.brings_in(_file([*AMY, "Jo", "Lee", "", "N"], head=CONTACTS))
    jo = Guardianship.objects.get()
    assert (jo.has_responsibility, jo.was_responsible) == (False, True)


def test_the_moment_a_file_changes_who_may_decide_is_kept(office: Office) -> None:
    office.brings_in(_file([*AMY, "Jo", "Lee", "", "Y"], head=CONTACTS))
    month_ago = timezone.now() - timedelta(days=30)
    Guardianship.objects.update(changed_at=month_ago)
    office.brings_in(_file([*AMY, "Jo", "Lee", "jo@home.example", "Y"], head=CONTACTS))
    assert Guardianship.objects.get().changed_at == month_ago
    office.brings_in(_file([*AMY, "Jo", "Lee", "", "N"], head=CONTACTS))
    assert Guardianship.objects.get().changed_at > month_ago


def test_a_hold_lifted_by_the_safeguarding_lead_is_not_set_again(
    trust: Trusty, office: Office
) -> None:
    text = _file([*AMY, "Y"], head=[*HEAD, "LAC"])
    office.brings_in(text)
    Child.objects.get().holds.update(lifted_at="2026-11-01T00:00Z", lifted_by=trust.dot)
    office.brings_in(text)
    assert Child.objects.get().holds.count() == 1


def test_the_audit_says_what_happened_without_a_name(office: Office) -> None:
    source = office.brings_in(_file(AMY))
    events = Event.objects.filter(subject_type="consents.import", subject_id=source.pk)
    assert list(events.order_by("pk").values_list("verb", flat=True)) == [
        "import.sent",
        "import.checked",
        "import.confirmed",
        "import.applied",
    ]
    assert events.last().facts["outcomes"]["new"] == 1
    assert "Amy" not in str(list(events.values_list("facts")))


def test_rows_are_counted_as_the_spreadsheet_counts(office: Office) -> None:
    text = "Oak Primary School\r\n\r\n" + _file(AMY) + "\r\n" + as_csv([HEAD]) + "Total: 1,,\r\n"
    source = office.sends(text)
    assert list(ImportRow.objects.values_list("number", flat=True)) == [4]
    assert source.summary["skipped"] == 3


def test_a_sign_that_only_looks_like_a_number_is_no_end_of_the_file(office: Office) -> None:
    head = [*CONTACTS, "Contact 1 Priority"]
    bo = [UPN2, "0008", "Ray", "Bo", "²²²²²", "5A", "Al", "Ray", "", "Y", "1"]
    source = office.sends(_file([*AMY, "Jo", "Lee", "", "Y", "²"], bo, head=head))
    assert source.state == Import.State.READY, source.problem
    assert _outcomes(source) == {"new": 1, "problem": 1}


# ── twins ────────────────────────────────────────────────────────────────────────────────────────
BO = [UPN2, "", "Lee", "Bo", "05/06/2015", "7A"]
AMY_ALONE = [UPN, "", *AMY[2:]]


def _named(row: list[str], first_name: str) -> list[str]:
    return [*row[:3], first_name, *row[4:]]


def test_swapped_upns_of_twins_are_put_before_a_person(office: Office) -> None:
    office.brings_in(_file(AMY_ALONE, BO))
    source = office.brings_in(_file(_named(AMY_ALONE, "Bo"), _named(BO, "Amy")))
    assert _outcomes(source) == {"person": 2}
    assert Child.objects.get(upn=UPN).first_name == "Amy"


@pytest.mark.parametrize("birthday", ["05/06/2015", ""])
def test_a_number_with_the_name_of_a_brother_or_sister_is_put_before_a_person(
    office: Office, birthday: str
) -> None:
    older = [UPN2, "", "Lee", "Bo", "01/02/2013", "9A"]
    office.brings_in(_file(AMY_ALONE, older))
    source = office.brings_in(_file([UPN, "", "Lee", "Bo", birthday, "7A"]))
    assert _outcomes(source) == {"person": 1}


def test_a_new_first_name_of_a_twin_is_put_before_a_person(office: Office) -> None:
    office.brings_in(_file(AMY_ALONE, BO))
    source = office.sends(_file(_named(AMY_ALONE, "Amelia"), BO))
    assert _outcomes(source) == {"unchanged": 1, "person": 1}
    actions.resolve(source=source, said={2: str(Child.objects.get(upn=UPN).pk)}, by=office.by)
    assert _outcomes(office.confirms(office.works(source))) == {"unchanged": 1, "changed": 1}


def test_twins_of_two_surnames_are_known_by_a_parent_they_share(office: Office) -> None:
    head = [*HEAD, "Contact 1 Name", "Contact 1 Email"]
    jo = ["Jo Lee", "jo@example.org"]
    bo = [UPN2, "", "Ray", *BO[3:]]
    text = _file([*AMY_ALONE, *jo], [*bo, *jo], head=head)
    office.brings_in(text, join_parents=True)
    assert _outcomes(office.sends(_file(_named(AMY_ALONE, "Amelia")))) == {"person": 1}


def test_a_new_first_name_of_a_pupil_without_a_twin_is_no_question(office: Office) -> None:
    office.brings_in(_file(AMY_ALONE, [UPN2, "", "Ray", "Bo", "05/06/2015", "7A"]))
    source = office.brings_in(_file(_named(AMY_ALONE, "Amelia")))
    assert _outcomes(source) == {"changed": 1}
