"""What a pupil is also called is kept on their page, and looked for in posts."""

from __future__ import annotations

import pytest

from audit.models import Event
from consents.errors import NotAllowed
from consents.imports import writing
from consents.imports.plan import Plan
from consents.models import Child, Import
from consents.nicknames import set_nicknames
from posts.checks import check
from tests.consents.imports.conftest import Office, as_csv

pytestmark = pytest.mark.django_db


def test_it_is_written_down_on_the_pupils_page(trust, signed_in):
    page = f"/children/{trust.amira.pk}/"
    client = signed_in(trust.connie)
    client.post(f"{page}nicknames/", {"nicknames": " Mimi ,, Mims , Mimi"})
    assert Child.objects.get(pk=trust.amira.pk).nicknames == "Mimi, Mims"
    assert 'value="Mimi, Mims"' in client.get(page).content.decode()


def test_r_073_a_nickname_is_a_name(trust):
    set_nicknames(child=trust.amira, nicknames="Mimi", by=trust.connie)
    asked = check(trust.draft(text="Well done Mimi!")).unanswered
    assert [f.rule for f in asked] == ["name_maybe"]


def test_only_whoever_keeps_permissions_writes_it_down(trust):
    with pytest.raises(NotAllowed):
        set_nicknames(child=trust.amira, nicknames="Mimi", by=trust.tessa)


def test_too_much_is_refused_and_nothing_changed(trust):
    with pytest.raises(NotAllowed, match="80 characters"):
        set_nicknames(child=trust.amira, nicknames="Mimi, " * 5 + "a" * 90, by=trust.connie)
    assert Child.objects.get(pk=trust.amira.pk).nicknames == ""


def test_history_knows_that_it_was_written_and_no_name(trust):
    set_nicknames(child=trust.amira, nicknames="Mimi", by=trust.connie)
    set_nicknames(child=trust.amira, nicknames="Mimi", by=trust.connie)
    [event] = Event.objects.about(trust.amira).filter(verb="child.nicknames_kept")
    assert "Mimi" not in str(event.facts)


def test_a_file_that_says_nothing_of_them_keeps_what_was_written_meanwhile(trust, monkeypatch):
    child = trust.child("Tomas", "Reed", mis_id="0100", form="4B")
    office, write = Office(trust, trust.connie, trust.oak), writing.write
    head = ["Adno", "Forename", "Surname", "DOB", "Reg"]
    source = office.sends(as_csv([head, ["0100", "Tomas", "Reed", "04/05/2017", "5C"]]))

    def meanwhile(plan: Plan, of: Import) -> None:
        set_nicknames(child=child, nicknames="Tommo", by=trust.connie)
        write(plan, of)

    monkeypatch.setattr(writing, "write", meanwhile)
    office.confirms(source)
    child.refresh_from_db()
    assert (child.form, child.nicknames) == ("5C", "Tommo")
