"""What is missing for the policy to work stands on its owner's page; a route is chosen there."""

from __future__ import annotations

import pytest

from policy.choosing import choose_misuse_route
from policy.lacking import is_chosen, lacking
from policy.routes import people
from policy.rulebook import Rulebook
from schools.errors import NotAllowed
from schools.roles import Role
from tests.approvals.pages import words
from tests.policy.walk import put_in_force

pytestmark = pytest.mark.django_db


def said(trust) -> str:
    return " ".join(lacking(Rulebook.in_force()))


def test_a_school_without_anybody_who_confirms_is_named_until_there_is_somebody(trust):
    assert "Oak: nobody confirms posts yet. Add somebody as Head of School or" in said(trust)
    trust.hana  # noqa: B018  made when first asked for
    assert "Oak: nobody confirms posts yet" not in said(trust)
    assert "Elm: nobody confirms posts yet" in said(trust)


def test_a_route_that_reaches_nobody_is_named(trust):
    assert "Oak: nobody is there for when unsure" in said(trust)
    trust.hana, trust.cara  # noqa: B018  made when first asked for
    trust.person("Holly Hr", Role.CHRO, None)
    assert "Oak: nobody is there for" not in said(trust)


def test_a_data_protection_officer_is_asked_for(trust):
    assert "Nobody is Data Protection Officer" in said(trust)
    trust.person("Dee Officer", Role.DPO, None)
    assert "Nobody is Data Protection Officer" not in said(trust)


def test_it_costs_the_same_whatever_the_number_of_schools(trust, django_assert_num_queries):
    with django_assert_num_queries(3):
        lacking(Rulebook(trust.policy))


def test_r_143_under_champion_the_owner_is_told_until_a_route_is_chosen(trust, signed_in):
    put_in_force(trust, "champion")
    client = signed_in(trust.cara)
    assert "names nobody for reports of misuse" in words(client.get("/policy/desk/"))
    client.post("/policy/desk/misuse/", {"first": ["manager"], "then": ["chro"]})
    assert "names nobody for reports of misuse" not in words(client.get("/policy/desk/"))
    assert Rulebook.in_force().terms.routes.misuse == (("manager",), ("chro",))


def test_r_143_reports_go_where_was_chosen(trust):
    put_in_force(trust, "champion")
    choose_misuse_route(groups=[["dsl"]], by=trust.cara)
    assert people("misuse", trust.oak, asking=trust.tessa) == []
    dot = trust.dot
    assert people("misuse", trust.oak, asking=trust.tessa) == [dot]


def test_the_same_choice_is_kept_once(trust):
    put_in_force(trust, "champion")
    assert choose_misuse_route(groups=[["manager"], ["chro"]], by=trust.cara)
    assert not choose_misuse_route(groups=[["manager"], ["chro"]], by=trust.cara)


def test_a_route_to_nobody_is_refused(trust):
    put_in_force(trust, "champion")
    with pytest.raises(NotAllowed, match="a route names somebody"):
        choose_misuse_route(groups=[], by=trust.cara)
    assert not is_chosen(Rulebook.in_force())


def test_what_the_policy_says_itself_is_not_chosen_over(trust, signed_in):
    with pytest.raises(NotAllowed, match="The policy itself says"):
        choose_misuse_route(groups=[["manager"]], by=trust.cara)
    assert signed_in(trust.cara).get("/policy/desk/misuse/").status_code == 404


def test_nobody_else_chooses(trust, signed_in):
    put_in_force(trust, "champion")
    with pytest.raises(NotAllowed, match="do not look after"):
        choose_misuse_route(groups=[["manager"]], by=trust.hana)
    assert signed_in(trust.hana).get("/policy/desk/misuse/").status_code == 404
