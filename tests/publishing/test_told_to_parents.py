"""Before a parent changes a yes to no, their page says what that stops and takes down (R-147)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from approvals import actions as approvals
from consents import agreements
from consents.actions import set_hold
from consents.ledger import years_before
from consents.models import Agreement, Child, Guardianship, Kind, Parent
from consents.wording import Document, fingerprint
from posts import picturing
from posts.models import Post
from publishing import assisted, taking_down
from publishing.reviewing import review_live
from schools import clock
from tests.approvals.pages import queries, words
from tests.consents.parents.at_home import Home
from tests.consents.parents.at_home import home as made

pytestmark = pytest.mark.django_db

LINK = "https://www.facebook.com/oakprimary/posts/1"
WAITS = "Anything that waits to go out is stopped."
STANDS = "These posts are there with your yes. If you change it to no, we take them down:"
GOING = "You changed your yes to no. We are taking these posts down:"
NONE = "At the moment, no post is there with your yes."


@pytest.fixture
def home(trust) -> Home:
    """Folake said yes to photos of Ife and Tobi on the news page and Facebook, by her link."""
    home = made(trust)
    squares = [
        home.line(child, key) for child in (home.ife, home.tobi) for key in ("news", "facebook")
    ]
    home.sends(home.address(), **dict.fromkeys(squares, "yes"))
    return home


def page(home: Home, parent: Parent | None = None) -> str:
    return Client().get(home.address(parent)).content.decode()


def said(home: Home, parent: Parent | None = None) -> str:
    return words(Client().get(home.address(parent)))


def listed(home: Home, parent: Parent | None = None) -> list[str]:
    """The lines of posts on the page, as they are read."""
    found = re.findall(r'<div class="there">.*?</div>', page(home, parent), re.DOTALL)
    rows = re.findall(r"<li>(.*?)</li>", " ".join(found), re.DOTALL)
    return [" ".join(re.sub(r"<svg.*?</svg>|<[^>]+>", " ", row).split()) for row in rows]


def by_hand(home: Home, *children: Child, **words: str) -> Post:
    """On Facebook, where a person posts."""
    post = home.trust.approved(children=list(children), channels=["facebook"], **words)
    assert home.trust.uma
    home.trust.send_all()
    delivery = home.trust.delivery(post, "facebook")
    assisted.open_package(delivery=delivery, by=home.trust.uma)
    assisted.posted(delivery=home.trust.delivery(post, "facebook"), url=LINK, by=home.trust.uma)
    return post


# ── before ───────────────────────────────────────────────────────────────────────────────────────
def test_without_any_post_it_says_so(home):
    assert NONE in said(home)
    assert WAITS in said(home)


def test_what_is_live_is_listed_with_platform_day_child_and_link(home):
    post = home.trust.published(children=[home.ife])
    assert STANDS in said(home)
    today = clock.day(timezone.localdate())
    [line] = listed(home)
    assert line.endswith(f"News page, {today} Ife: Photo See it : News page, {today}")
    assert f'href="{home.trust.delivery(post).url}" rel="noreferrer"' in page(home)


def test_what_a_person_posted_is_listed_with_its_link(home):
    by_hand(home, home.ife)
    assert f'href="{LINK}"' in page(home)


def test_it_says_that_copies_cannot_be_called_back(home):
    home.trust.published(children=[home.ife])
    assert "Copies cannot be called back." in said(home)


def test_one_press_still_withdraws(home):
    home.trust.published(children=[home.ife])
    address = home.address()
    stop = {"version": home.agreement.pk, "stop": "all"}
    assert 'name="stop" value="all"' in page(home)
    assert Client().post(address, stop).status_code == 302
    assert review_live() == 1


def test_siblings_in_one_post_stand_on_one_line(home):
    home.trust.published(children=[home.tobi, home.ife])
    [line] = listed(home)
    assert "Ife: Photo Tobi: Photo" in line


def test_the_newest_stands_first_and_the_rest_is_folded(home):
    for _ in range(6):
        home.trust.published(children=[home.ife])
    assert len(listed(home)) == 6
    assert "Show 1 more" in said(home)


def test_what_went_out_is_listed_though_its_author_has_changed_the_post_since(home):
    post = home.trust.approved(children=[home.ife], channels=["news", "facebook"])
    home.trust.send_all()
    approvals.take_back(post=Post.objects.get(pk=post.pk), by=home.trust.tessa)
    picturing.remove(picture=post.pictures.get(), by=home.trust.tessa)
    assert len(listed(home)) == 1


# ── what does not show ───────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("stage", ["draft", "submitted", "approved"])
def test_what_is_not_out_is_told_by_no_word_of_its_own(home, stage):
    before = said(home)
    later = {"goes_out_at": timezone.now() + timedelta(days=1)} if stage == "approved" else {}
    getattr(home.trust, stage)(children=[home.ife], **later)
    home.trust.send_all()
    assert said(home) == before


def test_what_is_being_posted_by_hand_is_not_out_yet(home):
    assert home.trust.uma
    before = said(home)
    post = home.trust.approved(children=[home.ife], channels=["facebook"])
    home.trust.send_all()
    assisted.open_package(delivery=home.trust.delivery(post, "facebook"), by=home.trust.uma)
    assert said(home) == before


def test_neither_words_nor_title_nor_other_children_show(home):
    home.trust.published(children=[home.ife, home.trust.amira], title="A Roman morning")
    seen = page(home)
    for word in ("Amira", "Khan", "Roman", "aqueduct"):
        assert word not in re.sub(r'href="[^"]*"', "", seen)


def test_a_post_of_other_children_is_not_listed(home):
    home.trust.published(children=[home.trust.amira])
    assert listed(home) == []


def test_a_child_one_may_not_answer_for_is_not_listed(home):
    home.trust.published(children=[home.ife])
    Guardianship.objects.filter(parent=home.folake, child=home.ife).update(court_order=True)
    assert listed(home) == []


def test_a_parent_who_said_no_yes_reads_nothing_of_the_others(home):
    before = said(home, home.father)
    home.trust.published(children=[home.ife])
    assert said(home, home.father) == before
    home.sends(home.address(home.father), **{home.line(home.tobi, "x"): "yes"})
    assert listed(home, home.father) == []
    assert NONE in said(home, home.father)


def test_the_others_no_changes_nothing_on_this_page_until_the_post_is_gone(home):
    by_hand(home, home.ife)
    before = said(home)
    home.sends(home.address(home.father), **{home.line(home.ife): "no"})
    assert said(home) == before
    review_live()
    assert said(home) == before
    taking_down.confirm_gone(
        delivery=home.trust.delivery(Post.objects.get(), "facebook"), by=home.trust.uma
    )
    assert listed(home) == []


def test_a_hold_changes_nothing_on_this_page_until_the_post_is_gone(home):
    by_hand(home, home.ife)
    before = said(home)
    set_hold(child=home.ife, kind="protected", by=home.trust.dot)
    review_live()
    assert said(home) == before


# ── after ────────────────────────────────────────────────────────────────────────────────────────
def test_after_the_press_it_says_what_is_being_taken_down(home):
    by_hand(home, home.ife)
    home.sends(home.address(), set=f"{home.line(home.ife)}:no")
    assert GOING in said(home)
    assert STANDS not in said(home)
    assert len(listed(home)) == 1


def test_one_no_leaves_the_other_posts_with_ones_yes(home):
    by_hand(home, home.ife)
    home.trust.published(children=[home.ife])
    home.sends(home.address(), set=f"{home.line(home.ife)}:no")
    seen = said(home)
    assert seen.index(STANDS) < seen.index("News page,") < seen.index(GOING)
    assert len(listed(home)) == 2


def test_what_our_own_page_stopped_showing_is_not_called_there(home):
    home.trust.published(children=[home.ife])
    home.sends(home.address(), set=f"{home.line(home.ife, 'news')}:no")
    assert listed(home) == []


@pytest.mark.parametrize(
    ("first", "full", "heading"),
    [("yes", "no", GOING), ("no", "yes", GOING), ("yes", "yes", STANDS)],
)
def test_a_full_name_needs_both_forms_not_refused(home, first, full, heading):
    names = {home.line(home.ife, kind=k): "yes" for k in (Kind.FIRST_NAME, Kind.FULL_NAME)}
    home.sends(home.address(), **names)
    post = home.trust.approved(children=[home.ife], channels=["facebook"], text="Ife Adeyemi won.")
    assert home.trust.uma
    home.trust.send_all()
    assisted.open_package(delivery=home.trust.delivery(post, "facebook"), by=home.trust.uma)
    assisted.posted(delivery=home.trust.delivery(post, "facebook"), url=LINK, by=home.trust.uma)
    for kind, word in ((Kind.FIRST_NAME, first), (Kind.FULL_NAME, full)):
        home.sends(home.address(), set=f"{home.line(home.ife, kind=kind)}:{word}")
    assert heading in said(home)


# ── the page ─────────────────────────────────────────────────────────────────────────────────────
def test_more_posts_are_no_more_questions(home):
    address = home.address()
    counts = []
    for _ in range(2):
        home.trust.published(children=[home.ife])
        counts.append(queries(Client(), address))
    assert counts[0] == counts[1]


def test_a_version_from_before_it_had_these_words_says_them_in_english(home):
    document = Document.read(home.agreement.content)
    content = document.content()
    for key in [key for key in content["wordings"][0]["words"] if key.startswith("live_")]:
        del content["wordings"][0]["words"][key]
    Agreement.objects.bulk_create(
        [
            Agreement(
                number=home.agreement.number + 1,
                title=document.title,
                text="As it was",
                content=content,
                sha256=fingerprint(content),
                starts_on=home.agreement.starts_on,
                published_at=timezone.now(),
            )
        ]
    )
    assert agreements.in_force() != home.agreement
    assert WAITS in said(home)


# ── of a pupil who decides alone ─────────────────────────────────────────────────────────────────
PAST = "These posts went out with your yes. At 18, a young person decides for themself."
NOTED = "You changed your yes to no, and we noted it. At 18, a young person decides for themself"


def comes_of_age(home: Home, *, own: str = "") -> None:
    """Ife is 18 today; `own`: what they answer themself."""
    home.ife.born_on = years_before(timezone.localdate(), 18)
    home.ife.save()
    if own:
        places = [home.trust.platform(key) for key in ("news", "facebook")]
        home.trust.says_own(home.ife, own, places)


def press_no(home: Home, key: str = "facebook") -> str:
    answer = home.sends(home.address(), set=f"{home.line(home.ife, key)}:no")
    return words(Client().get(answer.url))


def test_r_151_what_went_out_with_a_grown_up_pupils_own_yes_is_no_post_of_the_parents(home):
    comes_of_age(home, own="yes")
    by_hand(home, home.ife)
    assert listed(home) == []
    assert NONE in said(home)
    press_no(home)
    assert listed(home) == []
    assert GOING not in said(home)


@pytest.mark.parametrize(("own", "state"), [("yes", "sent"), ("", "cannot_take_down")])
def test_r_151_of_a_grown_up_pupil_it_promises_what_will_be(home, own, state):
    post = by_hand(home, home.ife)
    comes_of_age(home, own=own)
    before = said(home)
    assert PAST in before
    assert STANDS not in before
    press_no(home)
    after = said(home)
    assert NOTED in after
    assert GOING not in after
    review_live()
    review_live()
    assert home.trust.delivery(post, "facebook").state == state


def test_the_page_does_not_tell_what_the_pupil_said(home):
    by_hand(home, home.ife)
    comes_of_age(home)
    before = said(home)
    home.trust.says_own(home.ife, "yes", [home.trust.platform("facebook")])
    assert said(home) == before


def test_of_a_grown_up_pupil_alone_no_stop_is_promised(home):
    comes_of_age(home, own="yes")
    assert WAITS in said(home)  # of Tobi
    home.sends(home.address(), set=f"{home.line(home.tobi)}:no")
    home.sends(home.address(), set=f"{home.line(home.tobi, 'news')}:no")
    assert WAITS not in said(home)


def test_it_says_that_a_grown_up_pupil_decides_and_the_parents_word_is_noted(home):
    comes_of_age(home, own="yes")
    assert "A post that Ife says yes to stays" in said(home)
    answer = press_no(home)
    assert "Changed. We noted what you said." in answer
    assert "It counts from now" not in answer


def test_a_younger_sibling_in_the_post_is_still_the_parents_to_take_back(home):
    post = by_hand(home, home.ife, home.tobi)
    comes_of_age(home, own="yes")
    assert STANDS in said(home)
    home.sends(home.address(), set=f"{home.line(home.tobi)}:no")
    assert GOING in said(home)
    review_live()
    assert home.trust.delivery(post, "facebook").state == "cannot_take_down"


def test_a_grown_up_pupil_who_left_is_spoken_for_by_the_parent_again(home):
    by_hand(home, home.ife)
    comes_of_age(home, own="yes")
    home.ife.left_on = timezone.localdate()
    home.ife.save()
    assert STANDS in said(home)
    press_no(home)
    assert GOING in said(home)
    assert review_live() == 1
