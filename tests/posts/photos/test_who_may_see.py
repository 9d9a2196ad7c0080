"""The pages' photos are for people of that school (P8), and tell a browser to keep nothing."""

from __future__ import annotations

import pytest
from django.http import HttpResponseBase
from django.test import Client

from posts.models import Picture
from tests.cast import Trusty
from tests.posts.photos.uploading import signed_in

COPIES = ["thumb", "medium", "large", "rendition"]


@pytest.fixture
def picture(trust: Trusty) -> Picture:
    """A photo of Amira in a post that is with Oak's Head, renditions made."""
    return trust.submitted(children=[trust.amira]).post.pictures.get()


def asked(client: Client, picture: Picture, size: str = "thumb") -> HttpResponseBase:
    """The answer to a browser, read to its end."""
    address = f"/posts/photos/{picture.pk}/{size}.jpg"
    if size == "rendition":
        address = f"/posts/renditions/{picture.renditions.get().pk}.jpg"
    answer = client.get(address)
    list(answer)
    return answer


def statuses(client: Client, picture: Picture) -> set[int]:
    """What this browser is answered for every copy of the photo."""
    return {asked(client, picture, size).status_code for size in COPIES}


@pytest.mark.parametrize("who", ["tessa", "hana", "edith"])
def test_author_and_heads_of_the_school_see_it(trust: Trusty, picture: Picture, who: str) -> None:
    assert statuses(signed_in(getattr(trust, who)), picture) == {200}


@pytest.mark.parametrize("who", ["owen", "elm_office", "pat"])
def test_for_another_school_s_people_it_is_not_there(
    trust: Trusty, picture: Picture, who: str
) -> None:
    assert statuses(signed_in(getattr(trust, who)), picture) == {404}


def test_without_an_account_one_is_asked_to_sign_in(picture: Picture) -> None:
    assert statuses(Client(), picture) == {302}


@pytest.mark.parametrize("address", ["people/", "thumb.jpg"])
def test_another_school_s_head_can_change_nothing_about_it(
    trust: Trusty, picture: Picture, address: str
) -> None:
    browser = signed_in(trust.owen)
    answer = browser.post(f"/posts/photos/{picture.pk}/{address}", {"somebody": "1"})
    assert answer.status_code in {404, 405}
    assert picture.appearances.count() == 1


def test_the_progress_of_another_school_s_photos_is_not_told(
    trust: Trusty, picture: Picture
) -> None:
    answer = signed_in(trust.owen).get(f"/posts/{picture.post_id}/photos/")
    assert answer.status_code == 404


@pytest.mark.parametrize("size", COPIES)
def test_a_browser_is_told_that_it_is_a_jpeg_and_to_keep_nothing(
    trust: Trusty, picture: Picture, size: str
) -> None:
    answer = asked(signed_in(trust.hana), picture, size)
    told = {name: answer[name] for name in ("Content-Type", "Cache-Control", "Content-Disposition")}
    assert told == {
        "Content-Type": "image/jpeg",
        "Cache-Control": "private, no-store",
        "Content-Disposition": 'inline; filename="photo.jpg"',
    }


def test_a_browser_is_told_not_to_guess_what_it_is(trust: Trusty, picture: Picture) -> None:
    assert asked(signed_in(trust.hana), picture)["X-Content-Type-Options"] == "nosniff"


def test_a_browser_is_told_not_to_run_anything_in_it(trust: Trusty, picture: Picture) -> None:
    policy = asked(signed_in(trust.hana), picture)["Content-Security-Policy"].split("; ")
    assert {"default-src 'none'", "object-src 'none'"} <= set(policy)


def test_a_size_nobody_made_is_not_there(trust: Trusty, picture: Picture) -> None:
    assert asked(signed_in(trust.hana), picture, "original").status_code == 404
