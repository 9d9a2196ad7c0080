"""The office withdraws: exactly what was named, and nothing where the name is none."""

from __future__ import annotations

import pytest

from consents.models import ConsentDecision, Kind

pytestmark = pytest.mark.django_db


@pytest.fixture
def press(trust, signed_in):
    """`press(platform="facebook", kind="photo")`: Connie presses it on Amira’s page."""
    trust.says(trust.amira, "yes", [trust.platform("facebook")], kind=Kind.VIDEO)
    client = signed_in(trust.connie)

    def pressed(**form):
        return client.post(f"/children/{trust.amira.pk}/withdraw/", form, follow=True)

    return pressed


def withdrawn() -> list[tuple[str, str]]:
    rows = ConsentDecision.objects.filter(answer="withdrawn").order_by("platform", "kind")
    return list(rows.values_list("platform__key", "kind"))


@pytest.mark.parametrize(
    "form",
    [
        {"platform": "abc", "kind": "zzz"},
        {"platform": "", "kind": "zzz"},
        {"platform": "", "kind": ""},
        {"platform": "999999"},
        {"kind": "photo"},
        {"platform": "²", "kind": "photo"},
    ],
)
def test_a_name_that_is_none_withdraws_nothing(press, form):
    assert press(**form).status_code == 404
    assert withdrawn() == []


def test_a_kind_that_is_none_withdraws_nothing_of_the_platform(trust, press):
    assert press(platform=trust.platform("facebook").pk, kind="zzz").status_code == 404
    assert withdrawn() == []


def test_one_kind_on_one_platform_is_just_that(trust, press):
    page = press(platform=trust.platform("facebook").pk, kind="photo").content.decode()
    assert withdrawn() == [("facebook", "photo")]
    assert "1 permission withdrawn, at once." in page


def test_a_platform_is_every_kind_on_it(trust, press):
    press(platform=trust.platform("facebook").pk)
    assert withdrawn() == [("facebook", "photo"), ("facebook", "video")]


def test_everything_is_what_stands_when_nothing_is_named(press):
    said = ConsentDecision.objects.filter(answer="yes").count()
    page = press().content.decode()
    assert len(withdrawn()) == said > 2
    assert f"{said} permissions withdrawn, at once." in page


def test_the_page_does_not_claim_that_anything_was_live(press):
    assert "what is live is taken down" not in str(next(iter(press().context["messages"])))


@pytest.mark.parametrize("platform", ["", "abc", "999999"])
def test_an_adults_platform_that_is_none_withdraws_nothing(trust, signed_in, platform):
    trust.adult_says(trust.author_visit, "yes", [trust.platform("facebook")])
    address = f"/children/adults/{trust.author_visit.pk}/withdraw/"
    answer = signed_in(trust.connie).post(address, {"platform": platform})
    assert answer.status_code == 404
    assert withdrawn() == []
