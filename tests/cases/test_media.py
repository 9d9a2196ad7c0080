"""Somebody wants a comment to publish: no answer before approved words (R-058)."""

from __future__ import annotations

import pytest

from cases import actions
from cases.kinds import Kind
from cases.models import Case
from schools.errors import NotAllowed
from schools.models import Notice
from tests.approvals.pages import words
from tests.cases.walk import a_case

pytestmark = pytest.mark.django_db
ANSWER = "We are proud of our pupils."


@pytest.fixture
def enquiry(trust):
    trust.hana  # noqa: B018 (here before it is raised)
    return a_case(trust, Kind.MEDIA, words="The Echo wants a comment on the new hall.")


def test_r_058_it_is_passed_to_the_headteacher(trust, enquiry):
    assert enquiry.owner == trust.hana


def test_r_058_until_words_are_approved_who_passed_it_on_reads_not_to_answer(
    enquiry, trust, signed_in
):
    page = words(signed_in(trust.tessa).get(f"/cases/{enquiry.pk}/"))
    assert "Do not answer yet." in page


def test_r_058_without_approved_words_it_is_not_answered(trust, enquiry):
    with pytest.raises(NotAllowed, match="Approve the words"):
        actions.close(case=enquiry, words="Answered by phone.", by=trust.hana)


def test_r_058_approved_words_are_read_by_who_passed_it_on(trust, enquiry, signed_in):
    head = signed_in(trust.hana)
    head.post(f"/cases/{enquiry.pk}/", {"verb": "words", "words": ANSWER})
    page = words(signed_in(trust.tessa).get(f"/cases/{enquiry.pk}/"))
    assert ANSWER in page
    assert "Do not answer yet." not in page
    assert Notice.objects.filter(user=trust.tessa, subject__contains="approved").exists()


def test_r_058_with_them_it_can_be_closed(trust, enquiry):
    actions.approve_words(case=enquiry, words=ANSWER, by=trust.hana)
    actions.close(case=enquiry, words="Sent by e-mail.", by=trust.hana)
    assert Case.objects.get(pk=enquiry.pk).state == "closed"


def test_r_058_who_passed_it_on_approves_nothing(trust, enquiry):
    with pytest.raises(NotAllowed, match="not yours"):
        actions.approve_words(case=enquiry, words=ANSWER, by=trust.tessa)


def test_r_058_only_a_media_enquiry_has_an_answer_to_approve(trust):
    trust.hana  # noqa: B018
    case = a_case(trust, Kind.HARMFUL)
    with pytest.raises(NotAllowed, match="Only the answer"):
        actions.approve_words(case=case, words=ANSWER, by=trust.hana)
