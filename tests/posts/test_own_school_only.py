"""A post shows and names only people of its own school, whoever puts them there (P8)."""

from __future__ import annotations

import pytest

from consents.models import Ask, Child, Kind
from posts import mends, picturing
from posts.errors import NotPossible
from posts.models import Appearance, Mention, Picture, Post
from schools.actions import grant_role
from schools.models import User
from schools.roles import Role
from tests.cast import Trusty

pytestmark = pytest.mark.django_db


@pytest.fixture
def both(trust: Trusty) -> User:
    """Tessa, who teaches at Elm too."""
    grant_role(user=trust.tessa, role=Role.STAFF, school=trust.elm, by=None)
    return trust.tessa


@pytest.fixture
def picture(trust: Trusty, both: User) -> Picture:
    """A photo of Oak's post."""
    draft = trust.draft(photos=1, by=both)
    return draft.pictures.get()


@pytest.mark.parametrize("work", [False, True])
def test_a_child_of_the_other_school_is_not_put_into_a_photo(trust, both, picture, work):
    with pytest.raises(NotPossible, match="not on the roll"):
        picturing.show_child(picture=picture, child=trust.leo, by=both, work=work)
    assert not Appearance.objects.exists()


def test_a_child_of_the_other_school_is_not_found_by_number_on_the_page(
    trust, signed_in, both, picture
):
    address = f"/posts/photos/{picture.pk}/people/"
    assert signed_in(both).post(address, {"child": trust.leo.pk}).status_code == 404
    assert not Appearance.objects.exists()


def test_a_child_of_the_other_school_is_not_named_on_purpose(trust, both, picture):
    with pytest.raises(NotPossible, match="not on the roll"):
        picturing.mention(post=picture.post, child=trust.leo, by=both)
    assert not Mention.objects.exists()


@pytest.mark.parametrize("way", ["mention child={}", "ask_parents child={} platform={} kind=photo"])
def test_a_way_out_reaches_no_child_of_the_other_school(trust, both, picture, way):
    pressed = way.format(trust.leo.pk, trust.platform("x").pk)
    with pytest.raises(NotPossible, match="no longer fits"):
        mends.apply(pressed, post=picture.post, by=both)
    assert not Mention.objects.exists()
    assert not Ask.objects.filter(kind=Kind.PHOTO).exists()


def test_an_adult_of_the_other_school_is_not_put_into_a_photo(trust, both, picture):
    trust.author_visit.school = trust.elm
    trust.author_visit.save()
    with pytest.raises(NotPossible, match="another school"):
        picturing.show_adult(picture=picture, adult=trust.author_visit, by=both)


def test_a_child_who_left_for_the_other_school_is_not_put_into_a_new_photo(trust, both, picture):
    moved = Child.objects.get(pk=trust.amira.pk)
    Child.objects.filter(pk=moved.pk).update(school=trust.elm)
    with pytest.raises(NotPossible, match="not on the roll"):
        picturing.show_child(picture=picture, child=moved, by=both)
    assert Post.objects.get().pictures.get().appearances.count() == 0
