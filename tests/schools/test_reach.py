"""What is no number of a row is not found, at every place that reads one; it is never a crash."""

from __future__ import annotations

import pytest
from django.http import Http404

from consents.models import ConsentDecision
from schools.reach import number, number_or_404
from tests.schools.world import build

ODD = ["²", "٣", "1²", "-1", "+1", "1.0", " 1", "", "9" * 40, "abc"]


@pytest.mark.parametrize("said", [*ODD, None])
def test_a_row_has_a_plain_number(said):
    assert number(said) is None
    with pytest.raises(Http404):
        number_or_404(said)


def test_a_plain_number_is_taken():
    assert number("42") == number_or_404("42") == 42


@pytest.mark.django_db
@pytest.mark.parametrize("odd", ["²", "9" * 40])
def test_the_schools_list_finds_no_such_school(trust, signed_in, odd):
    assert signed_in(trust.hana).get("/posts/school/", {"school": odd}).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("odd", ["²", "9" * 40])
@pytest.mark.parametrize("field", ["child", "work", "adult", "gone", "mark"])
def test_the_page_of_a_photo_finds_no_such_person(trust, signed_in, field, odd):
    picture = trust.draft(photos=1).pictures.get()
    address = f"/posts/photos/{picture.pk}/people/"
    assert signed_in(trust.tessa).post(address, {field: odd, "unmark": "1"}).status_code == 404


@pytest.mark.django_db
def test_nobody_of_that_number_is_asked(trust, signed_in):
    address = f"/posts/{trust.draft().pk}/ask/"
    assert signed_in(trust.tessa).post(address, {"of": "²", "text": "?"}).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    "way",
    ["mention child={}", "drop_channel channel={}", "ask_parents child={} platform=1 kind=photo"],
)
@pytest.mark.parametrize("odd", ["²", "9" * 40])
def test_a_way_out_that_names_no_row_is_refused_in_words(trust, signed_in, way, odd):
    post = trust.draft()
    form = {"title": post.title, "text": post.text, "way": way.format(odd)}
    said = signed_in(trust.tessa).post(f"/posts/{post.pk}/edit/", form, follow=True)
    assert "That way out no longer fits" in said.content.decode()


@pytest.mark.django_db
def test_the_button_of_a_photo_leads_nowhere_else(trust, signed_in):
    post = trust.draft()
    form = {"title": post.title, "text": post.text, "then": "people:²"}
    assert signed_in(trust.tessa).post(f"/posts/{post.pk}/edit/", form).status_code == 404


@pytest.mark.django_db
def test_a_withdrawal_names_a_platform_or_none(trust, signed_in):
    before = ConsentDecision.objects.filter(child=trust.amira).count()
    address = f"/children/{trust.amira.pk}/withdraw/"
    form = {"what": "²", "who": trust.mother(trust.amira).pk, "way": "phone"}
    assert (
        "Nothing is written down yet"
        in signed_in(trust.connie).post(address, form).content.decode()
    )
    assert ConsentDecision.objects.filter(child=trust.amira).count() == before


@pytest.mark.django_db
def test_a_grant_of_that_number_is_not_ended(trust, signed_in):
    address = f"/publishing/channels/{trust.channel('news').pk}/act/"
    form = {"verb": "end_grant", "grant": "²"}
    assert signed_in(trust.cara).post(address, form).status_code == 404


@pytest.mark.django_db
def test_rows_of_a_file_that_have_no_number_are_passed_over(trust, signed_in):
    address = build(trust).address("consents:import_who")
    assert signed_in(trust.connie).post(address, {"row_²": "1"}).status_code == 302
