"""What a withdrawal stops is told for what is chosen, and for nothing else (R-147)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from consents.actions import set_hold
from consents.models import ConsentDecision, Kind
from tests.approvals.pages import words
from tests.consents.test_all_refusals_look_alike import looked

pytestmark = pytest.mark.django_db

NEWS = "News page: is live, and GoLive takes it down."
FACEBOOK = "Facebook: waits for the Head"


@pytest.fixture
def posts(trust) -> None:
    """Amira's photo is live on the news page; another post with it waits for Facebook."""
    trust.published(children=[trust.amira])
    trust.submitted(children=[trust.amira], channels=["facebook"])


def address(trust, what: object) -> str:
    return f"/children/{trust.amira.pk}/withdraw/foretold/?what={what}"


@pytest.fixture
def told(trust, signed_in) -> Callable[[object], str]:
    """`told("7:photo")`: what Connie's page shows once she has chosen that."""
    return lambda what: words(signed_in(trust.connie).get(address(trust, what)))


@pytest.fixture
def sent(trust, signed_in) -> Callable[..., str]:
    """`sent(what="all", look="1")`: the page that comes back where nothing runs in the browser."""

    def send(**form: object) -> str:
        client = signed_in(trust.connie)
        return client.post(f"/children/{trust.amira.pk}/withdraw/", form).content.decode()

    return send


def section(html: str) -> str:
    """The words of the card about withdrawing, without the list of what can be chosen."""
    return html[html.index('id="foretold"') : html.index("How they said it")]


def test_of_a_platform_only_what_is_there_is_told(trust, posts, told):
    seen = told(trust.platform("facebook").pk)
    assert FACEBOOK in seen
    assert NEWS not in seen


def test_of_a_kind_only_what_needs_it_is_told(trust, posts, told):
    news = trust.platform("news")
    trust.says(trust.amira, "yes", [news], kind=Kind.WORK)
    assert "nothing is stopped or taken down" in told(f"{news.pk}:work")
    assert NEWS in told(f"{news.pk}:photo")


def test_it_is_headed_by_what_is_chosen(trust, posts, told):
    assert "Photo on Facebook" in told(f"{trust.platform('facebook').pk}:photo")


@pytest.mark.parametrize("what", ["", "all", "999999", "abc", "²:photo"])
def test_without_a_choice_it_is_told_for_everything(posts, told, what):
    seen = told(what)
    assert FACEBOOK in seen
    assert NEWS in seen


def test_the_page_says_that_it_is_for_everything_until_something_is_chosen(trust, posts, signed_in):
    page = words(signed_in(trust.connie).get(f"/children/{trust.amira.pk}/"))
    assert "Until you choose, this is for everything." in page


def test_looking_where_nothing_runs_in_the_browser_tells_just_that_and_keeps_the_choice(
    trust, posts, sent
):
    facebook = trust.platform("facebook").pk
    html = sent(what=facebook, look="1", way="phone")
    assert FACEBOOK in section(html)
    assert "News page" not in section(html)
    assert f'<option value="{facebook}" selected>' in html


def test_looking_writes_nothing_down_and_finds_nothing_missing(trust, posts, sent):
    before = ConsentDecision.objects.count()
    html = sent(what="all", look="1", who=trust.mother(trust.amira).pk)
    assert ConsentDecision.objects.count() == before
    assert "Nothing is written down yet" not in html


def test_a_press_that_asks_who_says_so_tells_what_was_chosen(trust, posts, sent):
    html = sent(what=trust.platform("facebook").pk, way="phone")
    assert "Press the name of whoever says so" in html
    assert FACEBOOK in section(html)
    assert "News page" not in section(html)


@pytest.fixture
def named(trust) -> str:
    """A post that waits and says Amira's first name; its choice to take back the full one."""
    trust.says(trust.amira, "yes", [trust.platform("news")], kind=Kind.FULL_NAME)
    trust.submitted(children=[trust.amira], text="Amira built it.")
    return f"{trust.platform('news').pk}:full_name"


def test_a_first_name_that_the_full_one_carried_is_told(named, told):
    assert "News page: waits for the Head" in told(named)


def test_a_first_name_that_has_a_yes_of_its_own_is_not(trust, named, told):
    trust.says(trust.amira, "yes", [trust.platform("news")], kind=Kind.FIRST_NAME)
    assert "nothing is stopped or taken down" in told(named)


def test_who_writes_nothing_down_is_told_nothing(trust, posts, signed_in):
    assert signed_in(trust.tessa).get(address(trust, "all")).status_code == 404


def test_it_reads_the_same_for_a_pupil_under_a_hold(trust, named, signed_in):
    before = looked(signed_in(trust.connie), address(trust, named))
    set_hold(child=trust.amira, kind="protected", by=trust.dot)
    assert looked(signed_in(trust.connie), address(trust, named)) == before
