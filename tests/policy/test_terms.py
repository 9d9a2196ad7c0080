"""What a policy decides is read whole or not at all."""

from __future__ import annotations

from typing import Any

import pytest

from policy.presets import files
from policy.reading import Unreadable
from policy.terms import Terms, read_words
from schools.roles import Role


def plain(**changed: Any) -> dict[str, Any]:
    """Sovereign's terms, changed."""
    return files.preset("sovereign").terms | changed


@pytest.mark.parametrize("key", files.keys())
def test_the_terms_of_every_preset_can_be_read(key):
    assert Terms.read(files.preset(key).terms).approver_roles


def test_terms_are_typed():
    assert Terms.read(plain()).approver_roles == (Role.HEAD, Role.EXECUTIVE_HEAD)


def test_a_key_that_is_missing_is_refused_by_name():
    terms = plain()
    del terms["device_rule"]
    with pytest.raises(Unreadable, match=r"terms\.device_rule: this is missing"):
        Terms.read(terms)


def test_a_key_that_nobody_knows_is_refused_by_name():
    with pytest.raises(Unreadable, match=r"terms\.devise_rule: this is not known"):
        Terms.read(plain(devise_rule="any"))


WRONG: dict[str, tuple[Any, str]] = {
    "positive_only": ("yes", "true or false is wanted"),
    "change_notice_months": (True, "a whole number is wanted"),
    "personal_use": ("never", "a list is wanted"),
    "device_rule": ("none", "“none” is none of approved_only, record_only"),
    "signs_off": ("boss", "“boss” is none of"),
    "linked_documents": ([{"title": "One"}], r"linked_documents\.1\.address: this is missing"),
    "routes": ([], "named entries are wanted"),
    "approver_roles": (["staff"], "confirms no posts in any trust"),
    "activation_requires": (["board_minute"], "signed off by somebody"),
}


@pytest.mark.parametrize("name", sorted(WRONG))
def test_a_value_of_another_kind_is_refused_in_words(name):
    value, said = WRONG[name]
    with pytest.raises(Unreadable, match=said):
        Terms.read(plain(**{name: value}))


def test_nobody_at_all_cannot_confirm_posts():
    with pytest.raises(Unreadable, match="somebody must confirm"):
        Terms.read(plain(approver_roles=[]))


@pytest.mark.parametrize("route", [[], [[]], [["the cook"]]])
def test_a_route_leads_to_a_role(route):
    routes = plain()["routes"] | {"misuse": route}
    with pytest.raises(Unreadable, match=r"terms\.routes\.misuse"):
        Terms.read(plain(routes=routes))


def test_a_word_list_that_is_missing_is_refused():
    words = dict(files.preset("sovereign").words)
    del words["offence"]
    with pytest.raises(Unreadable, match=r"words\.offence: this is missing"):
        read_words(words)
