"""One question that forgot the school (failure 33): every model, every address, every form."""

from __future__ import annotations

from typing import Any

import pytest

from consents.models import Adult, ConsentDecision
from policy.models import ChannelGrant
from posts.models import Appearance, LeftOut, Mention, Picture, Post, Wording
from schools.models import StaffRole
from schools.roles import Role
from tests.house.test_models import OURS
from tests.schools.test_walls import at_elm
from tests.schools.world import build

pytestmark = pytest.mark.django_db

# What one sees of each model depends on the person: every one of these asks who is looking.
ASKS_WHO = {
    "cases.Case",
    "consents.Campaign",
    "consents.Child",
    "consents.Import",
    "posts.Post",
    "publishing.Delivery",
}
# The rest has no page of its own: it is reached through one of those, named here.
REACHED_THROUGH = {
    "approvals.ApprovalDecision": "submission",
    "approvals.ApproverAnswer": "decision",
    "approvals.Declaration": "submission",
    "approvals.ExtraYes": "submission",
    "approvals.Stop": "school",
    "approvals.Submission": "post",
    "cases.Concerned": "case",
    "cases.Note": "case",
    "consents.Adult": "school",
    "consents.AdultLink": "adult",
    "consents.AdultMail": "adult",
    "consents.Ask": "school",
    "consents.CapacityRecord": "child",
    "consents.CareRecord": "child",
    "consents.ConsentDecision": "child or adult",
    "consents.EndingsTold": "school",
    "consents.Evidence": "school",
    "consents.Guardianship": "child",
    "consents.Hint": "child",
    "consents.Hold": "child",
    "consents.ImportRow": "source",
    "consents.ImportTrace": "source",
    "consents.Invitation": "campaign",
    "consents.Invitation_children": "invitation",
    "consents.Parent": "guardianships",
    "consents.ParentLink": "parent",
    "consents.ParentMail": "school",
    "consents.RememberedHeading": "school",
    "policy.Acknowledgement": "user",
    "consents.RosterChange": "school",
    "consents.SamePerson": "guardianships on both sides",
    "consents.SchoolStop": "child",
    "policy.Channel": "school",
    "policy.ChannelGrant": "channel",
    "policy.LinkedInPermission": "user",
    "policy.NoticeShown": "user",
    "policy.Restriction": "school",
    "policy.Training": "user",
    "policy.TrainingRequirement": "school",
    "policy.Device": "school",
    "policy.DeviceApproval": "device",
    "policy.DeviceException": "device",
    "policy.Logo": "school",
    "posts.Alike": "picture",
    "posts.Appearance": "picture",
    "posts.Caught": "post",
    "posts.Cover": "picture",
    "posts.Deletion": "owner, or school for its Heads",
    "posts.Fetched": "post",
    "posts.Found": "picture",
    "posts.Frame": "picture",
    "posts.LeftOut": "picture",
    "posts.Look": "picture",
    "posts.MaterialRequest": "picture",
    "posts.Mention": "post",
    "posts.Picture": "post",
    "posts.Question": "post, or whom it asks",
    "posts.ReminderRequest": "school, or who asked",
    "posts.Rendition": "picture",
    "posts.ShapeStep": "picture",
    "posts.WarningAnswer": "post",
    "posts.Wording": "post",
    "publishing.Attempt": "delivery",
    "publishing.Connection": "channel",
    "publishing.ProfileReview": "channel",
    "publishing.Release": "submission",
    "publishing.ReliedOn": "delivery",
    "publishing.Snapshot": "delivery",
    "schools.Notice": "user",
    "schools.School": "their roles",
    "schools.StaffRole": "school",
    "schools.User": "their roles",
}
# No school's own: the trust's, the public's, or the machine's.
OF_NO_SCHOOL = {
    "audit.Event",
    "audit.Seal",
    "consents.Agreement",
    "consents.AdultWording",
    "consents.AgreementDraft",
    "consents.BadAddress",
    "consents.Knock",
    "policy.Formality",
    "policy.HistoryRow",
    "policy.Platform",
    "policy.PolicyDocument",
    "policy.PolicyVersion",
    "policy.Purpose",
    "policy.Review",
    "policy.ReviewReminder",
    "policy.Rule",
    "policy.ShownText",
    "posts.ToErase",
    "publishing.NewsItem",
    "publishing.NewsPhoto",
    "schools.ApproverRole",
    "schools.Heartbeat",
    "schools.Trust",
    "schools.User_groups",
    "schools.User_user_permissions",
}
MODELS: dict[str, Any] = {model._meta.label: model for model in OURS}


def test_of_every_model_it_is_said_who_may_see_it():
    assert set(MODELS) == ASKS_WHO | set(REACHED_THROUGH) | OF_NO_SCHOOL


@pytest.mark.failure(33)
@pytest.mark.parametrize("role", list(Role), ids=str)
def test_of_no_model_anything_of_oak_is_visible_to_elm(trust, role):
    build(trust)
    somebody = at_elm(trust, role)
    for name in ASKS_WHO:
        rows = MODELS[name].objects
        assert rows.exists(), f"no {name} that could be seen"
        assert not rows.visible_to(somebody).exists(), name


# ── another school's number in one's own form ────────────────────────────────────────────────────
Form = tuple[Any, str, dict[str, Any]]


def composer(trust, draft, *channels: Any, **more: Any) -> Form:
    """Tessa's own draft as it stands, with something more."""
    form = {"text": draft.text, "title": draft.title, "purpose": draft.purpose_id, "when": "now"}
    chosen = [trust.channel("news").pk, *(channel.pk for channel in channels)]
    alts = {f"alt_{picture.pk}": picture.alt_text for picture in draft.pictures.all()}
    return trust.tessa, f"/posts/{draft.pk}/edit/", form | {"channels": chosen} | alts | more


def school_of(trust, whose: str) -> Any:
    return trust.oak if whose == "ours" else trust.elm


def picture_of(trust, draft, whose: str) -> Picture:
    """Amira's photo, or one in a draft of Elm's."""
    if whose == "theirs":
        draft = trust.draft(photos=1)
        Post.objects.filter(pk=draft.pk).update(school=trust.elm, author=trust.owen)
    return draft.pictures.get()


def pupil_of(trust, whose: str) -> Any:
    return trust.child("Nia", "Bell", school=school_of(trust, whose))


def choose_a_channel(trust, draft, whose) -> Form:
    return composer(trust, draft, trust.channel("facebook", school_of(trust, whose)))


def leave_out_on_a_channel(trust, draft, whose) -> Form:
    channel = trust.channel("news", school_of(trust, whose))
    way = f"leave_out picture={draft.pictures.get().pk} channel={channel.pk}"
    return composer(trust, draft, way=way)


def leave_out_a_photo(trust, draft, whose) -> Form:
    picture = picture_of(trust, draft, whose)
    way = f"leave_out picture={picture.pk} channel={trust.channel('news').pk}"
    return composer(trust, draft, way=way)


def take_out_a_photo(trust, draft, whose) -> Form:
    picture = picture_of(trust, draft, whose)
    return composer(trust, draft, way=f"remove_picture picture={picture.pk}")


def name_a_pupil(trust, draft, whose) -> Form:
    return composer(trust, draft, way=f"mention child={pupil_of(trust, whose).pk}")


def show_a_pupil(trust, draft, whose) -> Form:
    address = f"/posts/photos/{draft.pictures.get().pk}/people/"
    return trust.tessa, address, {"child": pupil_of(trust, whose).pk}


def show_an_adult(trust, draft, whose) -> Form:
    adult = Adult.objects.create(school=school_of(trust, whose), name="Ada", kind="visitor")
    return trust.tessa, f"/posts/photos/{draft.pictures.get().pk}/people/", {"adult": adult.pk}


def write_an_answer_into_the_class_grid(trust, draft, whose) -> Form:
    answer = f"a_{pupil_of(trust, whose).pk}_{trust.platform('news').pk}"
    return trust.connie, "/children/class/?school=oak&class=4B", {answer: "yes"}


def write_down_a_parents_answer(trust, draft, whose) -> Form:
    form = {
        "giver": trust.mother(trust.amira if whose == "ours" else trust.leo).pk,
        "platforms": [trust.platform("news").pk],
        "kinds": ["photo"],
        "answer": "yes",
        "way": "paper",
        "given_on": "2026-01-05",
    }
    return trust.connie, f"/children/{trust.amira.pk}/", form


def let_somebody_post_to_an_account(trust, draft, whose) -> Form:
    user = trust.person("Ravi New", Role.AUTHORISED_USER, school_of(trust, whose))
    address = f"/publishing/channels/{trust.channel('facebook').pk}/act/"
    return trust.cara, address, {"verb": "grant", "user": user.pk}


def give_a_role(trust, draft, whose) -> Form:
    manager = trust.person("Mo Manager", Role.CIO, trust.oak)
    school = school_of(trust, whose).pk
    form = {"user": trust.pat.pk, "role": Role.STAFF, "school": school, "starts": "2099-01-05"}
    return manager, "/staff/", form


FORMS = [
    choose_a_channel,
    leave_out_on_a_channel,
    leave_out_a_photo,
    take_out_a_photo,
    name_a_pupil,
    show_a_pupil,
    show_an_adult,
    write_an_answer_into_the_class_grid,
    write_down_a_parents_answer,
    let_somebody_post_to_an_account,
    give_a_role,
]
WRITTEN = [Appearance, ChannelGrant, ConsentDecision, LeftOut, Mention, Picture, StaffRole, Wording]


@pytest.fixture
def changes(trust, signed_in):
    """Press a form that holds a number of ours or of theirs: does it change any row?"""
    draft = trust.draft(children=[trust.amira])

    def press(form, whose: str) -> bool:
        person, address, said = form(trust, draft, whose)
        browser, before = signed_in(person), _rows()
        browser.post(address, said)
        return _rows() != before

    return press


def _rows() -> list[set[int]]:
    return [set(model.objects.values_list("pk", flat=True)) for model in WRITTEN]


@pytest.mark.failure(33)
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_another_schools_number_in_ones_own_form_changes_nothing(changes, form):
    assert not changes(form, "theirs")


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_ones_own_number_in_the_same_form_does(changes, form):
    assert changes(form, "ours"), "or the test above proves nothing"
