"""An optional box says where in a photo somebody is."""

from __future__ import annotations

import pytest

from posts.errors import NotPossible
from posts.marks import box_from, mark
from posts.models import Appearance
from posts.seeing.boxes import Box

pytestmark = pytest.mark.django_db


@pytest.fixture
def amira_in_it(trust):
    """Amira in the photo of Tessa's draft."""
    trust.draft(children=[trust.amira])
    return Appearance.objects.select_related("picture__post").get()


def test_a_box_is_kept_as_parts_of_the_photo(trust, amira_in_it, signed_in):
    sent = {"mark": amira_in_it.pk, "left": "25", "top": "10", "width": "50", "height": "40.5"}
    signed_in(trust.tessa).post(f"/posts/photos/{amira_in_it.picture_id}/people/", sent)
    amira_in_it.refresh_from_db()
    assert (amira_in_it.left, amira_in_it.width, amira_in_it.height) == (0.25, 0.5, 0.405)


def test_the_page_draws_it_with_its_number(trust, amira_in_it, signed_in):
    mark(appearance=amira_in_it, box=Box(0.25, 0.5, 0.5, 0.5), by=trust.tessa)
    page = signed_in(trust.tessa).get(f"/posts/photos/{amira_in_it.picture_id}/people/")
    assert (
        '<rect class="box" x="250" y="375" width="500" height="375" rx="8"/>'
        in page.content.decode()
    )


def test_it_can_be_taken_away(trust, amira_in_it, signed_in):
    mark(appearance=amira_in_it, box=Box(0.25, 0.5, 0.5, 0.5), by=trust.tessa)
    sent = {"mark": amira_in_it.pk, "unmark": "1"}
    signed_in(trust.tessa).post(f"/posts/photos/{amira_in_it.picture_id}/people/", sent)
    assert Appearance.objects.get().left is None


@pytest.mark.parametrize(
    "sent",
    [
        {"left": "-1", "top": "0", "width": "10", "height": "10"},
        {"left": "60", "top": "0", "width": "50", "height": "10"},
        {"left": "0", "top": "0", "width": "0", "height": "10"},
        {"left": "0", "top": "0", "width": "nan", "height": "10"},
        {"left": "x", "top": "0", "width": "10", "height": "10"},
        {},
    ],
)
def test_a_box_outside_the_photo_is_refused_in_words(sent):
    with pytest.raises(NotPossible, match=r"inside the photo|four numbers"):
        box_from(sent)


def test_nobody_marks_another_schools_photo(trust, amira_in_it, signed_in):
    sent = {"mark": amira_in_it.pk, "left": "1", "top": "1", "width": "5", "height": "5"}
    answer = signed_in(trust.owen).post(f"/posts/photos/{amira_in_it.picture_id}/people/", sent)
    assert answer.status_code == 404
