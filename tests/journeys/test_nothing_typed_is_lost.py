"""What somebody types stays: while photos are prepared, and when they are signed out meanwhile."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile

from posts import actions as drafting
from posts import picturing
from posts.actions import Words
from posts.models import Post
from schools.models import User
from tests.cast import PASSWORD, Trusty, drawn
from tests.journeys.walking import look, prepare_photos, sign_in, tick_checklist

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(request: Any, trust: Trusty) -> Any:
    """A browser, and the people made before anybody needs them."""
    trust.tessa, trust.hana  # noqa: B018
    return request.getfixturevalue("phone")


def with_waiting_photos(trust: Trusty, number: int) -> Post:
    """Tessa's draft, just after she added photos."""
    post = trust.draft()
    files = [SimpleUploadedFile(f"IMG_{n}.jpg", drawn(n)) for n in range(number)]
    picturing.add(post=post, files=files, by=trust.tessa)
    return post


def test_alt_text_typed_while_photos_are_prepared_stays(page: Any, trust: Trusty) -> None:
    post = with_waiting_photos(trust, 2)
    sign_in(page, trust.tessa)
    page.goto(f"/posts/{post.pk}/edit/")
    asked: list[str] = []
    page.on("response", lambda r: asked.append(r.url) if r.url.endswith("/photos/") else None)
    field = page.get_by_label("Alt text").first
    field.click()
    typed = ""

    def type_on() -> None:
        nonlocal typed
        page.keyboard.type("ab ", delay=30)
        typed += "ab "

    while not asked:
        type_on()
    prepare_photos()
    while page.locator(".shot img").count() < 2:
        type_on()
    type_on()
    assert field.input_value() == typed
    assert page.evaluate("document.activeElement.name") == field.get_attribute("name")
    with page.expect_response(lambda r: r.request.method == "POST" and r.ok):
        page.keyboard.type("end")
    assert Post.objects.get().pictures.first().alt_text == f"{typed}end"
    look(page, "typed-while-prepared")


# ── the same draft on a second page ──────────────────────────────────────────────────────────────
def test_an_old_page_says_so_while_one_writes_and_keeps_both(page: Any, trust: Trusty) -> None:
    post = trust.draft()
    sign_in(page, trust.tessa)
    page.goto(f"/posts/{post.pk}/edit/")
    saved = Words("Title", "Saved on the phone.", None, None, None, [trust.channel("news")])
    drafting.save(post=post, words=saved, by=trust.tessa, page="phone")
    words = page.get_by_label("For every channel")
    words.fill("Typed on the laptop.")
    page.get_by_text("You saved this draft on another page meanwhile.").wait_for()
    look(page, "two-pages")
    assert page.get_by_text("Saved on the phone.").first.is_visible()
    assert words.input_value() == "Typed on the laptop."
    assert Post.objects.get().text == "Saved on the phone."
    with page.expect_navigation():
        page.get_by_role("button", name="Keep what I typed here").click()
    assert Post.objects.get().text == "Typed on the laptop."


# ── signed out meanwhile ─────────────────────────────────────────────────────────────────────────
TYPED = "We built a working aqueduct, and it rained."


def signed_out_while_typing(page: Any, trust: Trusty) -> Post:
    """Tessa types; the school day of her session is over."""
    post = trust.draft()
    sign_in(page, trust.tessa)
    page.goto(f"/posts/{post.pk}/edit/")
    Session.objects.all().delete()
    page.get_by_label("For every channel").fill(TYPED)
    page.get_by_text("You were signed out.").wait_for()
    return post


def in_a_new_tab(page: Any, user: User) -> None:
    """Signed in there, with the link the page offers."""
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in in a new tab").click()
    tab = opened.value
    tab.get_by_label("E-mail").fill(user.email)
    tab.get_by_label("Password").fill(PASSWORD)
    tab.get_by_role("button", name="Sign in").click()
    tab.get_by_role("button", name="Sign out").wait_for()
    tab.close()


def test_what_was_typed_before_one_was_signed_out_stays(page: Any, trust: Trusty) -> None:
    signed_out_while_typing(page, trust)
    assert page.get_by_label("For every channel").input_value() == TYPED
    assert page.url.endswith("/edit/")
    look(page, "signed-out")


def test_signed_in_again_what_was_typed_is_saved(page: Any, trust: Trusty) -> None:
    signed_out_while_typing(page, trust)
    in_a_new_tab(page, trust.tessa)
    with page.expect_response(lambda r: r.request.method == "POST" and r.ok):
        page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("You were signed out.").wait_for(state="hidden")
    assert Post.objects.get().text == TYPED


def test_a_press_before_signing_in_loses_nothing(page: Any, trust: Trusty) -> None:
    signed_out_while_typing(page, trust)
    page.get_by_role("button", name="Save and leave").click()
    page.get_by_role("link", name="Sign in in a new tab").wait_for()
    assert page.get_by_label("For every channel").input_value() == TYPED
    in_a_new_tab(page, trust.tessa)
    page.get_by_role("button", name="Save and leave").click()
    page.get_by_text("You find it under My posts.").wait_for()
    assert Post.objects.get().text == TYPED


def test_somebody_else_who_signs_in_saves_nothing_of_it(page: Any, trust: Trusty) -> None:
    signed_out_while_typing(page, trust)
    in_a_new_tab(page, trust.hana)
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("is signed in now. Sign in as yourself").wait_for()
    assert Post.objects.get().text == "We built a working aqueduct."


def test_with_nothing_typed_the_sign_in_page_comes_by_itself(page: Any, trust: Trusty) -> None:
    post = with_waiting_photos(trust, 1)
    sign_in(page, trust.tessa)
    page.goto(f"/posts/{post.pk}/edit/")
    Session.objects.all().delete()
    page.wait_for_url("**/sign-in/**")


def test_a_tick_made_while_a_save_is_on_its_way_stays(desktop: Any, trust: Trusty) -> None:
    post = trust.draft()
    sign_in(desktop, trust.tessa)
    desktop.goto(f"/posts/{post.pk}/edit/")
    held: list[Any] = []
    desktop.route(f"**/posts/{post.pk}/edit/", lambda route: held.append(route))  # noqa: PLW0108 (it is asked for its parameters)
    with desktop.expect_request(lambda asked: asked.method == "POST"):
        desktop.get_by_label("Title, shown on the news page").fill("An aqueduct of clay")
    tick_checklist(desktop)
    with desktop.expect_response(lambda said: said.request.method == "POST"):
        held.pop().continue_()
    desktop.wait_for_timeout(300)
    assert all(box.is_checked() for box in desktop.locator("input[name=declared]").all())
