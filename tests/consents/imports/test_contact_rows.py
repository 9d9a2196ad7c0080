"""One row for each contact: an answer is that of its own row, and of its own day."""

from __future__ import annotations

import pytest
from django.utils import timezone

from consents.actions import Said, record_many
from consents.models import Child, ConsentDecision, Guardianship, Import
from tests.consents.asking import may
from tests.consents.imports.conftest import Office, as_csv
from tests.consents.parents import at_home

pytestmark = pytest.mark.django_db
HEAD = ["Adno", "Surname", "Forename", "DOB", "Reg", "Contact 1 Name", "Contact 1 PR"]
IFE = ["0007", "Adeyemi", "Ife", "04/05/2017", "4B"]
FOLAKE, ADE = ("Folake Adeyemi", "Y"), ("Ade Adeyemi", "Y")
LAST_YEAR = timezone.localdate().year - 1


@pytest.fixture
def home(trust) -> at_home.Home:
    """Ife, of whom Folake and Ade may decide."""
    return at_home.home(trust)


@pytest.fixture
def brings(home):
    """`brings({"Facebook": ""}, {"Facebook": "No"})`: Folake's row of Ife, and Ade's."""
    Child.objects.filter(pk=home.ife.pk).update(mis_id="0007")
    office = Office(home.trust, home.trust.connie, home.trust.oak)

    def bring(hers: dict[str, str], his: dict[str, str], ade: tuple[str, str] = ADE) -> Import:
        rows = [[*IFE, *FOLAKE, *hers.values()], [*IFE, *ade, *his.values()]]
        return office.brings_in(as_csv([[*HEAD, *hers], *rows]), rows_per_contact=True)

    return bring


@pytest.fixture
def june(home):
    """Folake said yes to Facebook on paper, on 1 June of last year."""
    record_many(
        said=[Said(home.trust.platform("facebook"), "photo", "yes")],
        child=home.ife,
        giver=home.folake,
        way="paper",
        given_at=timezone.now().replace(year=LAST_YEAR, month=6, day=1),
        by=home.trust.connie,
    )


def dated(answer: str, day: str) -> dict[str, str]:
    return {"Facebook": answer, "Consent Date": day}


def test_a_no_on_one_contacts_row_is_theirs(home, brings):
    brings({"Facebook": ""}, {"Facebook": "No"})
    assert ConsentDecision.objects.get().giver == home.father


def test_no_other_contacts_yes_clears_it(home, brings):
    brings({"Facebook": ""}, {"Facebook": "No"})
    home.sends(home.address(), set=f"{home.line(home.ife)}:yes")
    assert not may(home.ife, "facebook")


def test_their_own_yes_settles_it(home, brings):
    brings({"Facebook": ""}, {"Facebook": "No"})
    home.sends(home.address(home.father), set=f"{home.line(home.ife)}:yes")
    assert may(home.ife, "facebook")


def test_a_no_wins_over_the_yes_of_another_row_and_stays(home, brings):
    brings({"Facebook": "Yes"}, {"Facebook": "No"})
    home.sends(home.address(), set=f"{home.line(home.ife)}:yes")
    assert not may(home.ife, "facebook")


def test_a_no_in_general_on_one_contacts_row_is_theirs(home, brings):
    brings({"Photo Consent": ""}, {"Photo Consent": "No"})
    assert {said.giver for said in ConsentDecision.objects.all()} == {home.father}


def test_a_note_on_one_row_covers_no_no_of_another(home, brings):
    brings(
        {"Facebook": "Yes", "Consent Notes": "ring first"}, {"Facebook": "No", "Consent Notes": ""}
    )
    home.sends(home.address(), set=f"{home.line(home.ife)}:yes")
    assert not may(home.ife, "facebook")


def test_a_no_on_the_rows_of_both_is_nobodys(brings):
    brings({"Facebook": "No"}, {"Facebook": "No"})
    assert ConsentDecision.objects.get().giver is None


def test_a_yes_on_the_row_of_somebody_who_may_not_decide_is_not_anothers(home, brings):
    Guardianship.objects.filter(parent=home.father).update(has_responsibility=False)
    brings({"Facebook": ""}, {"Facebook": "Yes"}, ade=("Ade Adeyemi", "N"))
    assert ConsentDecision.objects.get().giver == home.father
    assert not may(home.ife, "facebook")


def test_a_yes_on_every_row_is_the_first_contacts(home, brings):
    brings({"Facebook": "Yes"}, {"Facebook": "Yes"})
    assert ConsentDecision.objects.get().giver == home.folake


def test_the_same_file_again_writes_nothing(brings):
    brings({"Facebook": "Yes", "X": ""}, {"Facebook": "", "X": "No"})
    before = ConsentDecision.objects.count()
    brings({"Facebook": "Yes", "X": ""}, {"Facebook": "", "X": "No"})
    assert ConsentDecision.objects.count() == before


@pytest.mark.parametrize("his", [f"31/02/{LAST_YEAR}", ""], ids=["unreadable", "missing"])
def test_a_no_without_a_day_is_not_dated_by_another_row(home, brings, june, his):
    brings(dated("", f"13/01/{LAST_YEAR}"), dated("No", his))
    assert not may(home.ife, "facebook")


def test_a_no_on_both_rows_counts_from_the_later_day(home, brings, june):
    brings(dated("No", f"13/01/{LAST_YEAR}"), dated("No", f"13/07/{LAST_YEAR}"))
    assert timezone.localdate(ConsentDecision.objects.get(answer="withdrawn").given_at).month == 7


def test_a_no_counts_from_the_day_of_its_own_row(brings):
    brings(dated("", f"13/01/{LAST_YEAR}"), dated("No", f"13/07/{LAST_YEAR}"))
    assert timezone.localdate(ConsentDecision.objects.get().given_at).month == 7
