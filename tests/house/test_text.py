"""A character that the database cannot keep is answered in words, wherever it is put."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

pytestmark = pytest.mark.django_db
SAID = "That contains a character we cannot keep."


def refused(answer) -> bool:
    return answer.status_code == 400 and SAID in answer.content.decode()


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("connie", "/children/?q=Am%00ira"),
        ("connie", "/children/class/?class=%00"),
        ("tessa", "/posts/?show=%00"),
        ("hana", "/approvals/?show=%00"),
        ("hana", "/notices/?page=%00"),
        ("dot", "/children/holds/?q=%00"),
    ],
)
def test_in_a_query_on_any_page(trust, signed_in, who, address):
    assert refused(signed_in(getattr(trust, who)).get(address))


@pytest.mark.parametrize("form", [{"username": "a\0b", "password": "x"}, {"user\0name": "a"}])
def test_at_the_door(form):
    assert refused(Client().post("/sign-in/", form))


def test_in_the_words_of_a_post(trust, signed_in):
    post = trust.draft()
    answer = signed_in(trust.tessa).post(f"/posts/{post.pk}/edit/", {"text": "An\0aqueduct"})
    assert refused(answer)


def test_in_an_address(client):
    assert refused(client.get("/news/oak%00/"))


def test_in_a_cookie(client):
    # Inside quotes a cookie may hold any byte, written in octal.
    assert refused(client.get("/", headers={"Cookie": 'sessionid="a\\000b"'}))


def test_the_bytes_of_a_file_are_left_alone(trust, signed_in):
    post = trust.draft()
    photo = SimpleUploadedFile("a.jpg", b"\xff\xd8\0\0", "image/jpeg")
    answer = signed_in(trust.tessa).post(f"/posts/{post.pk}/edit/", {"photos": photo})
    assert answer.status_code != 400
