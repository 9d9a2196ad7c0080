"""Every picture has a basis; what is not ours is credited; logos and documents are permitted."""

from __future__ import annotations

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError

from approvals import actions as approvals
from policy import branding
from posts.actions import answer_warning
from posts.content import digest, freeze
from posts.errors import NotPossible, Refused
from posts.models import MaterialRequest, Picture
from posts.origins import actions, requesting
from posts.whole import WholePost
from schools.actions import grant_role
from schools.errors import NotAllowed
from schools.models import Notice
from schools.roles import Role
from tests.cast import declared
from tests.policy.walk import approver, put_in_force
from tests.posts.origins.saying import found, photo_of, say, told

pytestmark = pytest.mark.django_db
LIBRARY = {"rights": "licensed", "device": None, "evidence": "pictures.example/7"}


def unsaid(trust):
    """A draft that is complete but for where its photo comes from."""
    post = trust.draft(photos=1)
    post.pictures.update(rights="", device=None)
    return post


# ── R-100: a basis for every picture ─────────────────────────────────────────────────────────────
def test_r_100_a_picture_without_a_basis_cannot_be_submitted(trust):
    with pytest.raises(Refused, match="Say where photo 1 comes from"):
        approvals.submit(post=unsaid(trust), by=trust.tessa, declared=declared())


def test_r_100_nothing_is_taken_for_granted_of_a_new_photo(trust):
    post = trust.draft()
    [picture] = trust.add_photos(post, 1, said=False)
    assert (picture.rights, picture.device, picture.origin_said_by) == ("", None, None)


def test_r_100_one_press_says_that_we_took_all_photos(trust, signed_in):
    post = trust.draft()
    trust.add_photos(post, 3, said=False)
    press = {"then": "took", "took_with": f"device:{trust.tablet.pk}", "text": "x"}
    page = signed_in(trust.tessa).post(f"/posts/{post.pk}/edit/", press, follow=True)
    assert "Kept: 3 photos are ours." in page.content.decode()
    assert set(post.pictures.values_list("rights", "device")) == {("ours", trust.tablet.pk)}


def test_r_100_that_press_needs_a_device_and_changes_nothing_without(trust, signed_in):
    post = trust.draft()
    trust.add_photos(post, 1, said=False)
    page = signed_in(trust.tessa).post(f"/posts/{post.pk}/edit/", {"then": "took", "text": "x"})
    assert "Choose first what the photos were taken with." in page.content.decode()
    assert photo_of(post).rights == ""


def test_r_100_that_press_leaves_what_is_said_of_others(trust):
    post = trust.draft(photos=1)
    say(trust, post, **LIBRARY, credit="Jane Roe")
    trust.add_photos(post, 1, said=False)
    assert actions.we_took_them(post=post, device=trust.tablet, by=trust.tessa) == 1
    assert list(post.pictures.values_list("rights", flat=True)) == ["licensed", "ours"]


@pytest.mark.parametrize("rights", ["licensed", "public_domain", "supplied"])
def test_r_100_what_is_not_ours_says_where_its_permission_stands(trust, rights):
    post = trust.draft(photos=1)
    say(trust, post, rights=rights, device=None, credit="Jane Roe")
    assert told(post, "rights") == ["Say where the permission for photo 1 stands."]
    say(trust, post, rights=rights, device=None, credit="Jane Roe", evidence="Her mail of 3 May")
    assert told(post, "rights") == []


def test_r_125_third_party_copyright_without_a_licence_stops_the_post(trust):
    post = trust.draft(photos=1)
    say(trust, post, rights="licensed", device=None, credit="Jane Roe")
    with pytest.raises(Refused):
        approvals.submit(post=post, by=trust.tessa, declared=declared())


def test_who_said_it_and_when_is_kept(trust):
    picture = say(trust, trust.draft(photos=1), **LIBRARY, credit="Jane Roe")
    assert picture.origin_said_by == trust.tessa
    assert picture.origin_said_at is not None


def test_saying_the_same_again_changes_no_revision(trust):
    post = trust.draft(photos=1)
    before = say(trust, post, **LIBRARY, credit="Jane Roe").post.revision
    assert say(trust, post, **LIBRARY, credit="Jane Roe").post.revision == before


def test_nothing_can_be_said_of_a_post_that_waits(trust):
    submission = trust.submitted(photos=1)
    with pytest.raises(NotPossible, match="with the Head"):
        say(trust, submission.post, altered="edited")


def test_r_171_a_pupils_work_names_the_pupil_whose_work_it_is(trust):
    post = trust.draft(photos=1)
    say(trust, post, rights="work")
    assert told(post, "rights") == ["Say whose work photo 1 shows, on its list of people."]


def test_the_basis_is_a_known_one(trust):
    with pytest.raises(IntegrityError, match="picture_rights"):
        trust.draft(photos=1).pictures.update(rights="found it")


# ── R-103: credit ────────────────────────────────────────────────────────────────────────────────
def test_r_103_a_third_partys_picture_without_credit_is_refused(trust):
    post = trust.draft(photos=1)
    say(trust, post, **LIBRARY)
    with pytest.raises(Refused, match="Say whom to name for photo 1"):
        approvals.submit(post=post, by=trust.tessa, declared=declared())


def test_r_103_the_credit_is_in_the_published_text(trust):
    post = trust.draft(photos=1, text="A heron came by.")
    say(trust, post, **LIBRARY, credit="Jane Roe, CC BY 4.0")
    submission = approvals.submit(post=post, by=trust.tessa, declared=declared())
    [part] = submission.content["channels"]
    assert part["text"] == "A heron came by.\n\nPhoto: Jane Roe, CC BY 4.0"


def test_r_103_the_credit_is_in_the_preview(trust, signed_in):
    post = trust.draft(photos=1)
    say(trust, post, **LIBRARY, credit="Jane Roe, CC BY 4.0")
    page = signed_in(trust.tessa).get(f"/posts/{post.pk}/edit/").content.decode()
    assert "Photo: Jane Roe, CC BY 4.0" in page.split('id="views"')[1]


def test_r_103_the_news_page_shows_it(trust, client):
    post = trust.draft(photos=1)
    say(trust, post, **LIBRARY, credit="Jane Roe, CC BY 4.0")
    approvals.approve(
        submission=approvals.submit(post=post, by=trust.tessa, declared=declared()), by=trust.hana
    )
    trust.send_all()
    assert "Photo: Jane Roe, CC BY 4.0" in client.get("/news/oak/").content.decode()


def test_r_103_the_credit_counts_within_the_platforms_limit(trust):
    post = trust.draft(photos=1, channels=["x"], text="a" * 279)
    assert told(post, "fits_platform") == []
    say(trust, post, **LIBRARY, credit="Jane Roe")
    assert "too long" in " ".join(told(post, "fits_platform"))


def test_r_103_a_channel_that_leaves_the_photo_out_does_not_name_it(trust):
    post = trust.draft(photos=1, channels=["news", "facebook"], text="A heron.")
    say(trust, post, **LIBRARY, credit="Jane Roe")
    whole = WholePost.load(post)
    whole.left_out = frozenset({(whole.pictures[0].pk, trust.channel("facebook").pk)})
    said = {w.channel.platform.key: whole.text_on(w) for w in whole.wordings}
    assert said == {"news": "A heron.\n\nPhoto: Jane Roe", "facebook": "A heron."}


def test_r_103_one_source_of_several_photos_is_named_once(trust):
    post = trust.draft(photos=2, text="A heron.")
    for picture in post.pictures.select_related("post"):
        said = actions.Said(**LIBRARY, credit="Jane Roe")
        actions.say(picture=picture, said=said, by=trust.tessa)
        picture.post.refresh_from_db()
    [wording] = WholePost.load(post).wordings
    assert WholePost.load(post).text_on(wording) == "A heron.\n\nPhoto: Jane Roe"


def test_a_pupils_name_in_a_credit_needs_permission_like_any_other(trust):
    post = trust.draft(children=[trust.amira])
    say(trust, post, **LIBRARY, credit="Amira Khan")
    assert told(post, "name_permission") != []


# ──: logos and documents ────────────────────────────────────────────────────────────
def test_r_101_a_logo_of_the_library_passes(trust):
    post = trust.draft(photos=1)
    say(trust, post, logo_shown="library", logo=trust.crest)
    assert found(post, "logo") == []


def test_r_101_another_logo_waits_for_the_headteachers_written_permission(trust):
    post = trust.draft(photos=1)
    picture = say(trust, post, logo_shown="other")
    with pytest.raises(Refused, match="the Head permits it in writing"):
        approvals.submit(post=post, by=trust.tessa, declared=declared())
    asked = requesting.ask_for_permission(picture=picture, matter="logo", by=trust.tessa)
    assert "has been asked" in told(post, "logo")[0]
    requesting.answer_permission(asked=asked, permit=True, words="For this fair.", by=trust.hana)
    assert approvals.submit(post=post, by=trust.tessa, declared=declared())


def test_r_101_a_refusal_does_not_let_it_go(trust):
    post = trust.draft(photos=1)
    picture = say(trust, post, logo_shown="other")
    asked = requesting.ask_for_permission(picture=picture, matter="logo", by=trust.tessa)
    requesting.answer_permission(asked=asked, permit=False, words="The old crest.", by=trust.hana)
    assert "It was not permitted." in told(post, "logo")[0]


def test_r_101_a_permission_that_ended_stops_what_has_not_gone_out(trust):
    post = trust.draft(photos=1)
    say(trust, post, logo_shown="library", logo=trust.crest)
    approvals.approve(
        submission=approvals.submit(post=post, by=trust.tessa, declared=declared()), by=trust.hana
    )
    branding.end(logo=trust.crest, by=trust.hana)
    assert trust.send_all() == ["refused"]


def test_r_101_only_the_headteacher_permits(trust):
    with pytest.raises(NotAllowed):
        branding.permit(name="Crest", permission="Yes", school=trust.oak, by=trust.tessa)
    picture = say(trust, trust.draft(photos=1), logo_shown="other")
    asked = requesting.ask_for_permission(picture=picture, matter="logo", by=trust.tessa)
    with pytest.raises(NotPossible, match="Only the Head "):
        requesting.answer_permission(asked=asked, permit=True, words="Fine", by=trust.tessa)


def test_r_101_a_deputy_does_not_permit(trust):
    deputy = trust.person("Dee Stand", Role.STAFF, trust.oak)
    grant_role(user=deputy, role=Role.DEPUTY, school=trust.oak, by=None, ends=date(2099, 1, 1))
    with pytest.raises(NotAllowed):
        branding.permit(name="Crest", permission="Yes", school=trust.oak, by=deputy)


def test_r_101_where_the_policy_does_not_ask_nothing_stops(trust):
    post = trust.draft(photos=1)
    say(trust, post, logo_shown="other")
    trust.policy.rules.filter(key="logo").update(on=False)
    assert found(post, "logo") == []


def test_r_101_another_schools_logo_cannot_be_chosen(trust):
    elms = trust.person("Eve Elm", Role.HEAD, trust.elm)
    logo = branding.permit(name="Elm leaf", permission="Yes", school=trust.elm, by=elms)
    with pytest.raises(NotPossible, match="another school"):
        say(trust, trust.draft(photos=1), logo_shown="library", logo=logo)


def test_r_102_a_document_without_permission_stops_the_post(trust):
    post = trust.draft(photos=1)
    picture = say(trust, post, has_document=True)
    with pytest.raises(Refused, match="a confidential or internal document"):
        approvals.submit(post=post, by=trust.tessa, declared=declared())
    asked = requesting.ask_for_permission(picture=picture, matter="document", by=trust.tessa)
    requesting.answer_permission(asked=asked, permit=True, words="It is public now.", by=trust.hana)
    assert found(post, "internal_material") == []


def test_r_102_a_permission_for_a_logo_is_none_for_a_document(trust):
    post = trust.draft(photos=1)
    picture = say(trust, post, has_document=True, logo_shown="other")
    asked = requesting.ask_for_permission(picture=picture, matter="logo", by=trust.tessa)
    requesting.answer_permission(asked=asked, permit=True, words="Fine", by=trust.hana)
    assert found(post, "internal_material") != []


def test_the_head_is_told_and_answers_on_a_page_of_their_own(trust, signed_in):
    picture = say(trust, trust.draft(photos=1), logo_shown="other")
    asked = requesting.ask_for_permission(picture=picture, matter="logo", by=trust.tessa)
    client = signed_in(trust.hana)
    assert "1 request" in client.get("/approvals/").content.decode()
    press = {"permit": "1", "words": "For this fair."}
    client.post(f"/posts/permissions/{asked.pk}/answer/", press)
    assert MaterialRequest.objects.get(pk=asked.pk).answered_by == trust.hana


# ── R-042: edited and generated ──────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("altered", ["edited", "generated"])
def test_r_042_a_marked_picture_asks_author_and_head(trust, altered):
    post = trust.draft(photos=1)
    say(trust, post, altered=altered)
    [finding] = found(post, "misleading")
    assert finding.asks
    assert finding.approver_answers


def test_r_042_the_head_cannot_approve_before_saying_that_nobody_is_misled(trust):
    post = trust.draft(photos=1)
    picture = say(trust, post, altered="generated")
    subject = f"{picture.pk}:generated"
    answer_warning(
        post=post, rule="misleading", subject=subject, words="A drawing.", by=trust.tessa
    )
    submission = approvals.submit(post=post, by=trust.tessa, declared=declared())
    with pytest.raises(NotPossible):
        approvals.approve(submission=submission, by=trust.hana)
    said = {f"misleading|{subject}": "It is clearly a drawing."}
    assert approvals.approve(submission=submission, by=trust.hana, notes=said)


def test_r_042_words_that_say_so_ask_nobody(trust):
    post = trust.draft(photos=1, text="How Rome may have looked: an illustration made by AI.")
    say(trust, post, altered="generated")
    assert found(post, "misleading") == []


def test_r_042_an_ordinary_photo_asks_nobody(trust):
    assert found(trust.draft(photos=1), "misleading") == []


# ── the exact post (P1) ──────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    "said",
    [
        {"rights": "supplied"},
        {"evidence": "Another mail"},
        {"credit": "Jane Roe"},
        {"device": None},
        {"altered": "edited"},
        {"logo_shown": "other"},
        {"has_document": True},
        {"face_clear": True},
    ],
    ids=lambda said: next(iter(said)),
)
def test_whatever_is_said_is_part_of_the_digest(trust, said):
    submission = trust.submitted(photos=1)
    Picture.objects.filter(post=submission.post).update(**said)
    assert digest(freeze(WholePost.load(submission.post))) != submission.digest


def test_what_was_frozen_before_origins_were_asked_keeps_its_digest_and_goes_out(trust):
    post = trust.draft(photos=1)
    post.pictures.update(rights="", device=None, origin_said_by=None, origin_said_at=None)
    type(post).objects.filter(pk=post.pk).update(content_form=1)
    post.refresh_from_db()
    submission = approvals.submit(post=post, by=trust.tessa, declared=declared())
    assert "origins" not in submission.content
    approvals.approve(submission=submission, by=trust.hana)
    assert trust.send_all() == ["sent"]


def test_taken_back_it_is_asked_where_its_photos_come_from(trust):
    post = trust.draft(photos=1)
    post.pictures.update(rights="", device=None)
    type(post).objects.filter(pk=post.pk).update(content_form=1)
    post.refresh_from_db()
    approvals.submit(post=post, by=trust.tessa, declared=declared())
    post.refresh_from_db()
    approvals.take_back(post=post, by=trust.tessa)
    assert told(post, "rights") == ["Say where photo 1 comes from."]


# ── whose permission it is, by the policy ────────────────────────────────────────────────────────
def asked_for_a_document(trust) -> MaterialRequest:
    picture = say(trust, trust.draft(photos=1), has_document=True)
    return requesting.ask_for_permission(picture=picture, matter="document", by=trust.tessa)


def test_r_102_in_champion_a_manager_permits_an_internal_document(trust, signed_in):
    put_in_force(trust, "champion")
    manager = approver(trust, "champion")
    asked = asked_for_a_document(trust)
    assert "The Manager has been asked" in told(asked.picture.post, "internal_material")[0]
    client = signed_in(manager)
    assert "Your written permission is asked for" in client.get("/posts/requests/").text
    client.post(f"/posts/permissions/{asked.pk}/answer/", {"permit": "1", "words": "It is public."})
    asked.refresh_from_db()
    assert (asked.answer, asked.answered_by) == ("yes", manager)


def test_r_102_in_champion_a_head_does_not_permit_it(trust, signed_in):
    put_in_force(trust, "champion")
    asked, hana = asked_for_a_document(trust), trust.hana
    with pytest.raises(NotPossible, match="Only the Manager permits this"):
        requesting.answer_permission(asked=asked, permit=True, words="Fine", by=hana)
    address = f"/posts/permissions/{asked.pk}/answer/"
    assert signed_in(hana).post(address, {"permit": "1", "words": "Fine"}).status_code == 404


def test_r_102_whoever_may_permit_it_is_told(trust):
    put_in_force(trust, "champion")
    manager, _ = approver(trust, "champion"), trust.hana
    asked_for_a_document(trust)
    told_of_it = Notice.objects.filter(subject="Your written permission is asked for")
    assert {notice.user for notice in told_of_it} == {manager}


def test_r_102_a_manager_of_another_school_does_not_permit_it(trust):
    put_in_force(trust, "champion")
    other = trust.person("Mia Manager", Role.MANAGER, trust.elm)
    with pytest.raises(NotPossible):
        requesting.answer_permission(
            asked=asked_for_a_document(trust), permit=True, words="Fine", by=other
        )


def test_r_102_whom_the_owner_names_in_the_rule_permits_it(trust):
    trust.policy.rules.filter(key="internal_material").update(roles=["author", "ceo"])
    chief = trust.person("Chris Chief", Role.CEO, None)
    asked = asked_for_a_document(trust)
    requesting.answer_permission(asked=asked, permit=True, words="It is public now.", by=chief)
    assert found(asked.picture.post, "internal_material") == []


def test_r_101_in_sovereign_the_executive_headteacher_permits_as_the_head_does(trust):
    requesting.answer_permission(
        asked=asked_for_a_document(trust), permit=True, words="It is public.", by=trust.edith
    )
    assert MaterialRequest.objects.get().answer == "yes"


def test_what_came_with_the_program_names_who_permits_and_what_was_signed_stays(trust):
    name = import_module("policy.migrations.0016_who_permits_documents").name
    rule = trust.policy.rules.filter(key="internal_material")
    rule.update(roles=["author"])
    name(apps, None)
    assert rule.get().roles == ["author", "head", "executive_head"]
