"""A draft open on two pages, or by two people: nothing that was written is lost or overwritten."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from approvals import actions as approvals
from posts import actions as drafting
from posts import mends, picturing
from posts.checks.people import drop_way
from posts.models import Post
from schools.models import User
from tests.approvals.pages import words
from tests.cast import Trusty, declared, drawn

pytestmark = pytest.mark.django_db


class Page:
    """The composer as one page load shows it; `type` and `save` as its author would."""

    def __init__(self, client: Any, post: Post) -> None:
        self.client, self.address = client, f"/posts/{post.pk}/edit/"
        self.form = self._read(client.get(self.address))

    def _read(self, answer: Any) -> dict[str, Any]:
        form = answer.context["form"]
        names = [name for name in form.fields if name != "photos"]
        said = {name: form[name].value() for name in names}
        return {name: value for name, value in said.items() if value not in (None, False)}

    def type(self, **fields: Any) -> Page:
        self.form |= fields
        return self

    def save(self, **pressed: Any) -> Any:
        """With a button, without JavaScript."""
        return self.client.post(self.address, self.form | pressed, follow=True)

    def autosave(self) -> Any:
        """As htmx posts it while one writes; the page keeps the revision it is answered with."""
        answer = self.client.post(self.address, self.form, headers={"HX-Request": "true"})
        [revision] = re.findall(r'name="revision" id="revision" value="(\d*)"', answer.text)
        self.form["revision"] = revision
        return answer


@pytest.fixture
def draft(trust: Trusty) -> Post:
    """Tessa's draft with a photo that has alt text, on two channels."""
    return trust.draft(children=[trust.amira], channels=["news", "facebook"])


def opened(trust: Trusty, signed_in: Any, by: User | None = None) -> Page:
    return Page(signed_in(by or trust.tessa), Post.objects.get())


def alt() -> str:
    return Post.objects.get().pictures.get().alt_text


# ── a photo the page does not know ───────────────────────────────────────────────────────────────
def test_a_page_without_the_photo_leaves_its_alt_text_alone(trust, signed_in, draft):
    page = opened(trust, signed_in)
    picture = draft.pictures.get()
    for name in (f"alt_{picture.pk}", f"decorative_{picture.pk}"):
        page.form.pop(name, None)
    page.type(title="Another title").save()
    assert Post.objects.get().title == "Another title"
    assert alt() == "Pupils beside a model"


def test_a_photo_added_meanwhile_keeps_what_was_written_about_it(trust, signed_in, draft):
    page = opened(trust, signed_in)
    [added] = trust.add_photos(Post.objects.get(), 1)
    picturing.describe(picture=added, alt_text="A bridge", is_decorative=False, by=trust.tessa)
    page.type(title="Another title").save(over=Post.objects.get().revision)
    added.refresh_from_db()
    assert added.alt_text == "A bridge"


def test_alt_text_that_is_emptied_on_purpose_is_emptied(trust, signed_in, draft):
    opened(trust, signed_in).type(**{f"alt_{draft.pictures.get().pk}": ""}).save()
    assert alt() == ""


def test_a_page_without_a_channels_own_words_leaves_them_alone(trust, signed_in, draft):
    facebook = trust.channel("facebook")
    name = f"own_{facebook.pk}"
    opened(trust, signed_in).type(**{name: "Short words"}).save()
    page = opened(trust, signed_in)
    page.form.pop(name)
    page.type(title="Another title").save()
    assert Post.objects.get().wordings.get(channel=facebook).text == "Short words"


# ── one's own second page ────────────────────────────────────────────────────────────────────────
def test_an_old_page_of_ones_own_overwrites_nothing(trust, signed_in, draft):
    phone, laptop = opened(trust, signed_in), opened(trust, signed_in)
    laptop.type(text="Long and careful words.").save()
    answer = phone.type(title="From the phone").save()
    post = Post.objects.get()
    assert (post.title, post.text) == ("An aqueduct", "Long and careful words.")
    assert "You saved this draft on another page" in words(answer)


def test_an_old_page_drops_no_channel(trust, signed_in, draft):
    trust_page = opened(trust, signed_in)
    opened(trust, signed_in).type(
        channels=[trust.channel(key).pk for key in ("news", "facebook", "x")]
    ).save()
    trust_page.type(title="Another title").save()
    assert Post.objects.get().wordings.count() == 3


def test_both_texts_are_shown(trust, signed_in, draft):
    phone, laptop = opened(trust, signed_in), opened(trust, signed_in)
    name = f"alt_{draft.pictures.get().pk}"
    laptop.type(text="Saved words.", **{name: "Saved description"}).save()
    answer = phone.type(text="Typed words.", channels=[trust.channel("x").pk]).save()
    page = answer.text
    assert answer.status_code == 422
    assert "Saved words." in words(answer)
    assert "Saved description" in words(answer)
    assert ">Typed words.</textarea>" in page
    ticked = re.findall(r'name="channels" value="(\d+)" checked', page)
    assert ticked == [str(trust.channel("x").pk)]


def test_what_is_saved_stands_under_the_names_of_its_fields(trust, signed_in, draft):
    phone, laptop = opened(trust, signed_in), opened(trust, signed_in)
    laptop.type(title="Saved title", text="Saved words.").save()
    page = words(phone.type(text="Typed words.").save())
    assert "Title Saved title For every channel Saved words. Channels News page, Facebook" in page


def test_keeping_mine_is_one_press(trust, signed_in, draft):
    phone, laptop = opened(trust, signed_in), opened(trust, signed_in)
    laptop.type(text="Saved words.").save()
    answer = phone.type(text="Typed words.").save()
    [over] = re.findall(r'name="over" value="(\d+)"', answer.text)
    phone.save(over=over)
    assert Post.objects.get().text == "Typed words."


def test_keeping_mine_does_not_overwrite_what_came_after_it_was_shown(trust, signed_in, draft):
    phone, laptop = opened(trust, signed_in), opened(trust, signed_in)
    laptop.type(text="Saved words.").save()
    [over] = re.findall(r'name="over" value="(\d+)"', phone.type(text="Mine").save().text)
    opened(trust, signed_in).type(text="Still later words.").save()
    phone.save(over=over)
    assert Post.objects.get().text == "Still later words."


# ── saving while one writes ──────────────────────────────────────────────────────────────────────
def test_a_page_saves_again_and_again_while_one_writes(trust, signed_in, draft):
    page = opened(trust, signed_in)
    name = f"alt_{draft.pictures.get().pk}"
    for text in ("We", "We built", "We built it"):
        page.type(text=text, **{name: f"{text} here"}).autosave()
    assert (Post.objects.get().text, alt()) == ("We built it", "We built it here")


def test_a_save_whose_answer_was_lost_is_no_conflict(trust, signed_in, draft):
    page = opened(trust, signed_in)
    before = page.form["revision"]
    page.type(text="We built").autosave()
    page.type(text="We built it", revision=before).autosave()
    assert Post.objects.get().text == "We built it"


def test_saying_who_is_in_a_photo_on_its_own_page_is_no_conflict(trust, signed_in, draft):
    page = opened(trust, signed_in)
    picturing.show_somebody(picture=draft.pictures.get(), by=trust.tessa)
    page.type(text="We built it").autosave()
    assert Post.objects.get().text == "We built it"


def test_an_old_page_is_told_while_one_writes_and_stays_an_old_page(trust, signed_in, draft):
    phone, laptop = opened(trust, signed_in), opened(trust, signed_in)
    laptop.type(text="Saved words.").save()
    for typed in ("T", "Typed words."):
        answer = phone.type(text=typed).autosave()
        assert answer.status_code == 422
        assert "Saved words." in words(answer)
        assert Post.objects.get().text == "Saved words."


def test_a_draft_that_went_to_the_head_says_so_while_one_writes(trust, signed_in, draft):
    page = opened(trust, signed_in)
    draft.refresh_from_db()
    approvals.submit(post=draft, by=trust.tessa, declared=declared())
    answer = page.type(text="More").autosave()
    assert "Take it back first" in words(answer)


# ── somebody else ────────────────────────────────────────────────────────────────────────────────
def test_what_the_head_saved_meanwhile_is_named(trust, signed_in, draft):
    page = opened(trust, signed_in)
    opened(trust, signed_in, trust.hana).type(text="The Head’s words.").save()
    answer = page.type(text="Typed words.").save()
    assert "Hana Okafor saved this draft" in words(answer)
    assert Post.objects.get().text == "The Head’s words."


def test_the_verb_without_a_revision_just_saves(trust, draft):
    wording = drafting.Words("T", "New", None, None, None, [trust.channel("news")])
    assert drafting.save(post=draft, words=wording, by=trust.tessa)


# ── saves of one page that overtake each other ───────────────────────────────────────────────────
def test_a_save_that_was_held_up_does_not_undo_the_one_after_it(trust, signed_in, draft):
    page = opened(trust, signed_in)
    late = {**page.form, "text": "Typed first.", "turn": "1"}
    page.type(text="Typed last.", turn="2").save()
    page.client.post(page.address, late, headers={"HX-Request": "true"})
    assert Post.objects.get().text == "Typed last."


def test_nor_does_it_undo_one_that_changed_nothing(trust, signed_in, draft):
    page = opened(trust, signed_in)
    late = {**page.form, "text": "Typed by mistake.", "turn": "1"}
    page.type(turn="2").autosave()
    page.client.post(page.address, late, headers={"HX-Request": "true"})
    assert Post.objects.get().text == "We built a working aqueduct."


def test_a_save_of_another_page_after_one_that_changed_nothing_counts(trust, signed_in, draft):
    opened(trust, signed_in).type(turn="2").autosave()
    opened(trust, signed_in).type(text="From another page.", turn="1").autosave()
    assert Post.objects.get().text == "From another page."


def test_photos_of_a_save_that_was_held_up_are_kept(trust, signed_in, draft):
    page = opened(trust, signed_in)
    late = {**page.form, "text": "Typed first.", "turn": "1"}
    page.type(text="Typed last.", turn="2").autosave()
    photo = SimpleUploadedFile("IMG_9.jpg", drawn(9))
    page.client.post(page.address, late | {"photos": [photo]})
    assert Post.objects.get().text == "Typed last."
    assert Post.objects.get().pictures.count() == 2


def test_a_press_that_was_held_up_is_done_with_the_later_words(trust, signed_in, draft):
    page = opened(trust, signed_in)
    late = {**page.form, "text": "Typed first.", "turn": "1", "way": _drop_facebook(trust)}
    page.type(text="Typed last.", turn="2").autosave()
    page.client.post(page.address, late)
    post = Post.objects.get()
    assert (post.text, post.wordings.count()) == ("Typed last.", 1)


def test_a_page_that_comes_back_goes_on_counting(trust, signed_in, draft):
    page = opened(trust, signed_in)
    wrong = page.client.post(
        page.address, page.form | {"when": "later", "on_day": "never", "turn": "8"}
    )
    assert 'name="turn" value="8"' in wrong.text


def _drop_facebook(trust: Trusty) -> str:
    return mends.encoded(drop_way(trust.channel("facebook")))


def test_without_a_script_every_save_counts(trust, signed_in, draft):
    page = opened(trust, signed_in)
    page.type(text="Typed first.").save()
    page.type(text="Typed last.").save()
    assert Post.objects.get().text == "Typed last."


def test_alt_text_that_was_held_up_does_not_undo_the_one_after_it(trust, signed_in, draft):
    page = opened(trust, signed_in)
    [field] = [name for name in page.form if name.startswith("alt_")]
    late = {**page.form, field: "Typed first.", "turn": "1"}
    page.type(**{field: "Typed last.", "turn": "2"}).save()
    page.client.post(page.address, late, headers={"HX-Request": "true"})
    assert alt() == "Typed last."
