"""What the school's records say in a parent's name is never called their own word."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consents import mailing, scans
from consents.actions import Said, record_many
from consents.imports import actions, undoing
from consents.models import Child, ConsentDecision, Evidence, Guardianship, Import, Way
from tests.approvals.pages import words
from tests.consents.asking import may
from tests.consents.imports.conftest import Office, as_csv
from tests.consents.parents.test_campaigns import send
from tests.consents.test_scans import photo

pytestmark = pytest.mark.django_db
HEAD = ["Adno", "Surname", "Forename", "DOB", "Reg", "Contact 1 Name", "PR"]
IFE = ["0007", "Adeyemi", "Ife", "04/05/2017", "4B", "Folake Adeyemi", "Y"]
RECORDED = "from the school’s records"


@pytest.fixture
def file(home):
    """`file(Facebook="No")`: a file of Oak says so of Ife, and is brought in."""
    Child.objects.filter(pk=home.ife.pk).update(mis_id="0007")
    office = Office(home.trust, home.trust.connie, home.trust.oak)
    return lambda **said: office.brings_in(as_csv([[*HEAD, *said], [*IFE, *said.values()]]))


@pytest.fixture
def alone(home):
    """Folake alone may decide for Ife."""
    ades = Guardianship.objects.filter(child=home.ife, parent=home.father)
    ades.update(has_responsibility=False, was_responsible=False)


def read(home, address: str | None = None) -> str:
    return words(Client().get(address or home.address()))


def undo(home, source: Import) -> None:
    """The office takes back what that file brought."""
    seen = undoing.plan(source).counts["digest"]
    actions.undo(source=source, seen=seen, by=home.trust.connie)
    Office(home.trust, home.trust.connie, home.trust.oak).works(source)


def latest_opened(home, signed_in) -> str:
    """What the office reads of the answer that stands now."""
    said = ConsentDecision.objects.order_by("-given_at", "-pk")[0]
    address = reverse("consents:said", args=[home.ife.pk, said.pk])
    return words(signed_in(home.trust.connie).get(address))


def line_of(page: str) -> str:
    """What stands of Facebook among the answers, below whatever is still asked."""
    return re.split(r"\bX\b", page.rsplit("Facebook", 1)[1])[0]


def test_a_no_of_a_file_counts_and_is_called_the_records(home, file, alone):
    home.trust.says(home.ife, "yes", [home.trust.platform("facebook")], giver=home.folake)
    file(Facebook="No")
    assert not may(home.ife, "facebook")
    page = read(home)
    assert RECORDED in line_of(page)
    assert "An answer “from the school’s records” is one that you have not told us" in page


def test_whoever_has_said_nothing_is_not_thanked_for_answers(home, file, alone):
    file(Facebook="No")
    page = read(home)
    assert "What the school’s records say" in page
    assert "Thank you" not in page
    assert "The latest is from" not in page


def test_what_they_say_themselves_is_theirs_though_it_is_the_same(home, file, alone):
    file(Facebook="No")
    address = home.address()
    Client().post(address, {"version": home.agreement.pk, "set": f"{home.line(home.ife)}:no"})
    latest = ConsentDecision.objects.order_by("-given_at", "-pk").first()
    assert latest
    assert (latest.answer, latest.way, latest.giver) == ("no", Way.LINK, home.folake)
    assert RECORDED not in line_of(read(home, address))


def test_their_own_later_yes_settles_the_no_of_a_file(home, file, alone):
    file(Facebook="No")
    home.sends(home.address(), set=f"{home.line(home.ife)}:yes")
    assert may(home.ife, "facebook")


def test_the_other_parent_learns_nothing_of_it(home, file, alone):
    file(Facebook="No")
    assert RECORDED not in read(home, home.address(home.father))


@pytest.mark.parametrize("who", ["folake", "father"])
def test_where_two_may_decide_no_parents_page_shows_the_no_of_a_file(home, file, who):
    file(Facebook="No")
    assert RECORDED not in read(home, home.address(getattr(home, who)))


@pytest.mark.parametrize("who", ["folake", "father"])
def test_where_two_may_decide_the_yes_of_one_does_not_clear_the_no_of_a_file(home, file, who):
    file(Facebook="No")
    home.sends(home.address(getattr(home, who)), set=f"{home.line(home.ife)}:yes")
    assert not may(home.ife, "facebook")


def test_where_two_may_decide_a_withdrawal_of_a_file_ends_the_yes_of_both(home, file):
    file(Facebook="Yes")
    home.sends(home.address(home.father), set=f"{home.line(home.ife)}:yes")
    file(Facebook="No")
    home.sends(home.address(), set=f"{home.line(home.ife)}:yes")
    assert not may(home.ife, "facebook")


def test_whoever_the_file_names_settles_it_though_two_may_decide(home, file):
    file(**{"Facebook": "No", "Consented By": "Folake Adeyemi"})
    home.sends(home.address(), set=f"{home.line(home.ife)}:yes")
    assert may(home.ife, "facebook")


def test_such_a_no_in_a_file_again_writes_nothing(home, file):
    file(Facebook="No")
    before = ConsentDecision.objects.count()
    file(Facebook="No")
    assert ConsentDecision.objects.count() == before


def test_undoing_the_file_takes_such_a_no_back(home, file):
    home.sends(home.address(), set=f"{home.line(home.ife)}:yes")
    source = file(Facebook="No")
    assert not may(home.ife, "facebook")
    undo(home, source)
    assert may(home.ife, "facebook")


def test_the_pupils_page_says_how_such_a_no_is_settled(home, file, signed_in):
    home.sends(home.address(), set=f"{home.line(home.ife)}:yes")
    file(Facebook="No")
    connie = signed_in(home.trust.connie)
    page = words(connie.get(reverse("consents:child", args=[home.ife.pk])))
    assert "The school’s records name nobody for their no" in page
    assert "Write down that it is unclear" in page


def test_writing_down_that_it_was_unclear_settles_it(home, file):
    home.sends(home.address(), set=f"{home.line(home.ife)}:yes")
    file(Facebook="No")
    facebook = home.trust.platform("facebook")
    record_many(
        said=[Said(facebook, "photo", "unclear")], child=home.ife, way="phone", by=home.trust.connie
    )
    assert may(home.ife, "facebook")


def test_the_mail_with_their_answers_calls_it_so(home, file, alone):
    file(Facebook="No")
    home.sends(home.address(), set=f"{home.line(home.ife, 'x')}:yes")
    mailing.send_due(at=timezone.now() + timedelta(minutes=5))
    [letter] = [m for m in mail.outbox if "Your answers" in m.subject]
    assert f"May we show a photo on Facebook? No ({RECORDED})" in letter.body
    assert "May we show a photo on X? Yes\n" in letter.body


def test_an_answer_that_stands_again_after_a_file_was_undone_is_their_own(home, file, alone):
    home.sends(home.address(), set=f"{home.line(home.ife)}:yes")
    undo(home, file(Facebook="No"))
    assert may(home.ife, "facebook")
    assert RECORDED not in read(home)


@pytest.fixture
def old_form(home, alone):
    """`old_form("yes")`: Folake's form about Ife, from before GoLive and so without a version."""

    def write(answer: str, scan: Evidence | None = None):
        record_many(
            said=[Said(home.trust.platform("facebook"), "photo", answer)],
            child=home.ife,
            giver=home.folake,
            way=Way.PAPER,
            given_at=timezone.now() - timedelta(days=300),
            evidence="Red folder, office",
            scan=scan,
            by=home.trust.connie,
        )

    return write


def test_a_form_from_before_golive_that_stands_again_is_their_own(home, file, old_form):
    old_form("yes")
    undo(home, file(Facebook="No"))
    assert may(home.ife, "facebook")
    page = read(home)
    assert RECORDED not in page
    assert "What the school’s records say" not in page


def test_the_office_is_led_to_the_form_that_stands_again(home, file, old_form, signed_in):
    old_form("yes")
    undo(home, file(Facebook="No"))
    page = latest_opened(home, signed_in)
    assert "Given by Folake Adeyemi" in page
    assert "A form from before GoLive" in page
    assert "Red folder, office" in page


def test_the_scan_of_a_form_stands_again_with_it(home, file, old_form, signed_in):
    form = scans.checked(photo())
    with scans.keeping(form, school=home.trust.oak, by=home.trust.connie) as scan:
        old_form("yes", scan=scan)
    undo(home, file(Facebook="No"))
    assert "The scan above is of it." in latest_opened(home, signed_in)


def test_a_form_found_after_the_undoing_takes_the_place_of_the_records(home, file, old_form):
    file(**{"Facebook": "Yes", "Consent Date": "01/09/2024"})
    undo(home, file(Facebook="No"))
    old_form("yes")
    assert RECORDED not in read(home)


def test_what_the_records_said_before_is_the_records_when_it_stands_again(home, file, alone):
    file(Facebook="Yes")
    undo(home, file(Facebook="No"))
    assert RECORDED in line_of(read(home))


def test_a_form_that_stands_again_is_no_answer_to_a_campaign(home, file, old_form):
    old_form("yes")
    campaign = send(home)
    undo(home, file(Facebook="No"))
    assert not campaign.invitations.answered().exists()


def test_the_next_file_with_the_same_yes_has_no_news(home, file, old_form):
    old_form("yes")
    undo(home, file(Facebook="No"))
    number = ConsentDecision.objects.count()
    file(Facebook="Yes")
    assert ConsentDecision.objects.count() == number


def test_of_a_pupil_who_left_it_is_called_so_as_well(home, file):
    file(Facebook="Yes")
    Child.objects.filter(pk__in=[home.ife.pk, home.tobi.pk]).update(left_on=timezone.localdate())
    assert RECORDED in read(home)


def test_the_office_reads_to_whom_it_is_put_down(home, file, alone, signed_in):
    file(Facebook="No")
    connie = signed_in(home.trust.connie)
    assert "put down to Folake Adeyemi" in words(
        connie.get(reverse("consents:child", args=[home.ife.pk]))
    )
    said = ConsentDecision.objects.get(way=Way.IMPORT)
    page = words(connie.get(reverse("consents:said", args=[home.ife.pk, said.pk])))
    assert "Put down to" in page
    assert "Given by" not in page
