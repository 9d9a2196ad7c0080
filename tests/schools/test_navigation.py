"""The top bar says where one is, and that is one place."""

from __future__ import annotations

import re

import pytest

from schools.actions import grant_role
from schools.roles import Role

pytestmark = pytest.mark.django_db

ENTRY = re.compile(r'<a href="[^"]+"[^>]*>([^<]+)')
CURRENT = re.compile(r'aria-current="page">([^<]+)')


@pytest.mark.parametrize(
    ("address", "entry"),
    [
        ("/posts/", "My posts"),
        ("/posts/school/", "School’s posts"),
        ("/publishing/", "Publishing"),
        ("/publishing/channels/", "Channels"),
        ("/children/", "Permissions"),
        ("/staff/", "Staff"),
        ("/notices/", None),
    ],
)
def test_one_entry_of_the_top_bar_is_current(trust, signed_in, address, entry):
    for role in (Role.CIO, Role.CONSENT_ADMIN):
        grant_role(user=trust.uma, role=role, school=trust.oak, by=None)
    nav = signed_in(trust.uma).get(address).content.decode().split("</nav>")[0]
    assert CURRENT.findall(nav) == ([entry] if entry else [])


def test_behind_the_menu_of_a_phone_is_what_a_wide_page_has_in_a_line(trust, signed_in):
    page = signed_in(trust.hana).get("/approvals/").content.decode()
    line, menu = (part.split("</nav>")[0] for part in page.split("<nav ")[1:3])
    assert ENTRY.findall(line) == ENTRY.findall(menu)
    assert "Permissions" in ENTRY.findall(menu)


@pytest.mark.parametrize(("address", "here"), [("/approvals/", "Approvals"), ("/notices/", None)])
def test_the_closed_menu_says_where_one_is(trust, signed_in, address, here):
    page = signed_in(trust.hana).get(address).content.decode()
    [summary] = re.findall(r"<summary>Menu(.*?)</summary>", page)
    assert re.findall(r"([A-Z][a-z ]+)</span>$", summary) == ([here] if here else [])
