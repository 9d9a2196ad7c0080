"""A yes that ends soon: the parent is told and says it again, the office is told and asks again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core import mail as outbox
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from config.environment import mail as mail_settings
from consents import agreements, campaigns, ending_soon, mailing
from consents.actions import set_hold
from consents.choosing import Choice, look
from consents.endings import last_day
from consents.errors import NotAllowed
from consents.models import (
    Agreement,
    Campaign,
    ConsentDecision,
    EndingsTold,
    Invitation,
    ParentMail,
)
from consents.tasks import tell_of_endings
from consents.wording import Document, Ends, Rule
from schools import mail
from schools.actions import grant_role
from schools.models import Notice
from schools.roles import Role
from tests.approvals.pages import words
from tests.consents.agreements.writing import polish, published
from tests.consents.asking import may
from tests.schools.post_office import opened
from tests.together import at_once

pytestmark = pytest.mark.django_db
ENDING = Campaign.Whom.ENDING
A_YEAR = Ends(Rule.YEARS, years=1)


def ruled(home, ends: Ends) -> Agreement:
    """The next version of the family's agreement, with this rule."""
    home.agreement = published(
        home.trust, replace(Document.read(home.agreement.content), ends=ends)
    )
    return home.agreement


def later(days: int):
    return time_machine.travel(timezone.now() + timedelta(days=days))


def says_yes(home, *children, key: str = "facebook") -> None:
    ticked = {home.line(child, key): "yes" for child in children or [home.ife]}
    home.sends(home.address(), **ticked)


def ends_of(child) -> list:
    return list(child.decisions.order_by("pk").values_list("until", flat=True))


def asked_again(home, **more) -> list[tuple[str, list[str]]]:
    found = look(Choice(home.trust.oak, ENDING, **more), home.agreement)
    return [(p.first_name, sorted(c.first_name for c in cs)) for p, cs in found.by_mail]


def read(address: str) -> str:
    return words(Client().get(address))


# ── the parent's words ───────────────────────────────────────────────────────────────────────────
def test_an_answer_by_link_ends_by_the_rule(home):
    ruled(home, A_YEAR)
    says_yes(home)
    today = timezone.localdate()
    assert ends_of(home.ife) == [last_day(Document(ends=A_YEAR), home.ife, today)]


def test_an_answer_at_the_door_ends_by_the_rule(home, signed_in):
    ruled(home, A_YEAR)
    address = reverse("consents:door", args=[home.ife.pk, home.folake.pk])
    page = signed_in(home.trust.connie)
    assert "A yes counts for one year" in words(page.get(address))
    page.post(address, {home.line(home.ife): "yes", home.line(home.ife, "x"): "no"})
    until = {d.answer: d.until for d in home.ife.decisions.all()}
    end = last_day(Document(ends=A_YEAR), home.ife, timezone.localdate())
    assert until == {"yes": end, "no": None}


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        (Ends(weeks=3), "A yes counts until your child leaves the school."),
        (A_YEAR, "A yes counts for one year, or until"),
        (Ends(Rule.YEARS, years=3), "A yes counts for 3 years, or until"),
        (Ends(Rule.STAGE), "A yes counts until the end of your child’s key stage"),
        (Ends(Rule.DAY, day="2031-07-20"), "A yes counts until 20 July 2031, or until"),
    ],
    ids=lambda value: getattr(value, "rule", ""),
)
def test_the_page_the_letter_and_the_list_by_mail_say_until_when(home, signed_in, ends, said):
    ruled(home, ends)
    address = home.address()
    assert said in read(address)
    letter = reverse("consents:letter", args=[home.ife.pk, home.folake.pk])
    assert said in words(signed_in(home.trust.connie).post(letter))
    says_yes(home)
    mailing.send_due(at=timezone.now() + timedelta(minutes=5))
    assert said in outbox.outbox[-1].body


def test_children_of_different_stages_each_have_their_own_day(home):
    ruled(home, Ends(Rule.STAGE))
    home.tobi.year = "3"
    home.tobi.save()
    page = read(home.address())
    today = timezone.localdate()
    summer = today.year + (today.month > 8)
    assert f"A yes from today for Ife counts until 31 August {summer + 2}." in page
    assert f"A yes from today for Tobi counts until 31 August {summer + 3}." in page


def test_it_is_said_in_the_language_of_the_page(home):
    document = Document.read(home.agreement.content)
    both = replace(
        document, ends=A_YEAR, wordings=(*document.wordings, polish(document.wordings[0]))
    )
    home.agreement = published(home.trust, both)
    assert "PL A yes counts for one year" in read(f"{home.address()}?lang=pl")


def test_a_version_from_before_there_were_rules_says_it_in_its_own_text(home):
    content = home.agreement.content
    english = content["wordings"][0]
    for key in [key for key in english["words"] if key.startswith("ends_")]:
        del english["words"][key]
    english["parts"]["ends"] = agreements.BEFORE_RULES
    Agreement.objects.create(number=9, title="Old", text="", content=content, sha256="0" * 64)
    page = read(home.address())
    assert agreements.BEFORE_RULES in page
    assert "A yes counts" not in page


def test_the_next_version_brings_the_words_that_are_new(trust):
    whole = agreements.starting_document("Two Trees Trust")
    old = {key: word for key, word in whole.wordings[0].words.items() if "ends_" not in key}
    content = replace(whole, wordings=(replace(whole.wordings[0], words=old),)).content()
    Agreement.objects.create(number=1, title="Old", text="", content=content, sha256="0" * 64)
    draft = agreements.start(by=trust.cara)
    assert agreements.may_publish(Document.read(draft.content)) == []


# ── saying it again ──────────────────────────────────────────────────────────────────────────────
def test_a_yes_that_ends_soon_stands_with_its_day_and_is_renewed_by_a_press(home):
    ruled(home, A_YEAR)
    says_yes(home)
    [first] = ends_of(home.ife)
    with later(340):
        address = home.address()
        page = read(address)
        assert "Some of your answers end soon. To keep a yes, press “Yes” again." in page
        assert "Yes until" in page
        home.sends(address, set=f"{home.line(home.ife)}:yes")
        again = last_day(Document(ends=A_YEAR), home.ife, timezone.localdate())
        assert ends_of(home.ife) == [first, again]
        assert "end soon" not in read(address)
        assert may(home.ife, "facebook", on=again)


def test_a_yes_that_has_long_to_go_is_not_said_twice(home):
    ruled(home, A_YEAR)
    says_yes(home)
    with later(100):
        home.sends(home.address(), set=f"{home.line(home.ife)}:yes")
    assert home.ife.decisions.count() == 1


def test_a_yes_that_would_not_last_longer_is_not_said_twice(home):
    day = timezone.localdate() + timedelta(days=20)
    ruled(home, Ends(Rule.DAY, day=day.isoformat()))
    says_yes(home)
    address = home.address()
    home.sends(address, set=f"{home.line(home.ife)}:yes")
    assert home.ife.decisions.count() == 1
    assert "end soon" not in read(address)


def test_a_no_to_what_ends_soon_is_a_withdrawal_at_once(home):
    ruled(home, A_YEAR)
    says_yes(home)
    with later(340):
        home.sends(home.address(), set=f"{home.line(home.ife)}:no")
        assert not may(home.ife, "facebook")
    assert home.ife.decisions.first().answer == "withdrawn"


def test_after_its_last_day_the_question_is_open_again(home):
    ruled(home, A_YEAR)
    says_yes(home)
    with later(400):
        says_yes(home)
        assert may(home.ife, "facebook")
    assert home.ife.decisions.count() == 2


def test_when_the_fixed_day_has_passed_a_parent_is_told_and_can_still_say_no(home):
    day = timezone.localdate() + timedelta(days=5)
    ruled(home, Ends(Rule.DAY, day=day.isoformat()))
    with later(6):
        address = home.address()
        answer = home.sends(address, **{home.line(home.ife): "yes"})
        assert "These questions are no longer asked." in words(answer)
        home.sends(address, **{home.line(home.ife): "no"})
    assert [d.answer for d in ConsentDecision.objects.all()] == ["no"]


# ── the office asks again ────────────────────────────────────────────────────────────────────────
def test_only_those_whose_yes_ends_soon_are_asked_again(home):
    ruled(home, A_YEAR)
    says_yes(home)
    with later(300):
        assert asked_again(home) == []
    with later(340):
        assert asked_again(home) == [("Folake", ["Ife"])]


def test_and_those_whose_yes_has_ended(home):
    ruled(home, A_YEAR)
    says_yes(home)
    with later(500):
        assert asked_again(home) == [("Folake", ["Ife"])]


def test_whoever_renewed_is_not_asked_again(home):
    ruled(home, A_YEAR)
    says_yes(home)
    with later(340):
        home.sends(home.address(), set=f"{home.line(home.ife)}:yes")
        assert asked_again(home) == []


def test_nobody_is_asked_again_where_it_would_change_nothing(home):
    day = timezone.localdate() + timedelta(days=20)
    ruled(home, Ends(Rule.DAY, day=day.isoformat()))
    says_yes(home)
    assert asked_again(home) == []
    ruled(home, A_YEAR)
    assert asked_again(home) == [("Folake", ["Ife"])]


def test_a_no_is_never_asked_again(home):
    ruled(home, A_YEAR)
    home.sends(home.address(), **{home.line(home.ife): "no"})
    with later(340):
        assert asked_again(home) == []


def test_a_pupil_who_came_back_is_asked_about_again(home):
    says_yes(home)
    home.ife.returned_on = timezone.localdate() + timedelta(days=1)
    home.ife.save()
    with later(2):
        assert asked_again(home) == [("Folake", ["Ife"])]


def test_a_class_of_them_can_be_chosen(home):
    ruled(home, A_YEAR)
    says_yes(home, home.ife, home.tobi)
    with later(340):
        assert asked_again(home, form="4B") == [("Folake", ["Ife", "Tobi"])]
        assert asked_again(home, form="5A") == []


def test_once_the_fixed_day_has_passed_nothing_is_sent(home):
    day = timezone.localdate() + timedelta(days=5)
    ruled(home, Ends(Rule.DAY, day=day.isoformat()))
    with later(6), pytest.raises(NotAllowed, match="Publish the next version first"):
        send(home, Campaign.Whom.ALL)


def send(home, whom: str = ENDING, days: tuple[int, ...] = ()) -> Campaign:
    return campaigns.send(
        choice=Choice(home.trust.oak, whom), key=uuid4(), remind_after=days, by=home.trust.connie
    )


@pytest.mark.parametrize(
    ("named", "whom"),
    [("ending", "ending"), ("ended", "ending"), ("not-asked", "not_asked"), ("all", "all")],
)
def test_a_list_leads_to_asking_those_it_shows(home, signed_in, named, whom):
    query = {"school": "oak", "list": named, "class": "4B", "year": "4"}
    connie = signed_in(home.trust.connie)
    page = connie.get(reverse("consents:children"), query)
    address = page.context["ask_url"]
    assert address in page.content.decode().replace("&amp;", "&")
    form = connie.get(address).context["form"]
    chosen = {name: form[name].value() for name in ("school", "form", "year", "whom")}
    assert chosen == {"school": "oak", "form": "4B", "year": "4", "whom": whom}


def test_a_list_of_two_schools_lets_one_choose_the_school(home, signed_in):
    grant_role(user=home.trust.connie, role=Role.CONSENT_ADMIN, school=home.trust.elm, by=None)
    connie = signed_in(home.trust.connie)
    page = connie.get(reverse("consents:children"), {"list": "ending"})
    assert "school=" not in page.context["ask_url"]
    form = connie.get(page.context["ask_url"]).context["form"]
    assert form["whom"].value() == "ending"
    assert not form.is_bound


def test_whoever_may_not_ask_is_led_to_what_was_asked(home, signed_in):
    hana = signed_in(home.trust.hana)
    page = hana.get(reverse("consents:children"), {"list": "ending"})
    assert hana.get(page.context["ask_url"]).status_code == 200


def test_the_office_of_one_school_is_led_to_no_asking_of_another_it_only_looks_at(home, signed_in):
    grant_role(user=home.trust.hana, role=Role.CONSENT_ADMIN, school=home.trust.elm, by=None)
    hana = signed_in(home.trust.hana)
    page = hana.get(reverse("consents:children"), {"list": "ending", "school": "oak"})
    assert page.context["ask_url"] == reverse("consents:campaigns")


def test_the_lists_go_by_the_weeks_of_the_version_in_force(home, signed_in):
    ruled(home, replace(A_YEAR, weeks=2))
    says_yes(home)
    address = reverse("consents:children")
    with later(340):
        page = signed_in(home.trust.connie).get(address, {"list": "ending"})
        assert "No pupil is left on this list." in words(page)
    with later(355):
        connie = signed_in(home.trust.connie)
        assert "Ife" in words(connie.get(address, {"list": "ending"}))
        assert "Within 2 weeks." in words(connie.get(reverse("consents:children")))


# ── the office is told ───────────────────────────────────────────────────────────────────────────
def told() -> list[Notice]:
    return list(Notice.objects.filter(subject__contains="to ask again"))


def ends_soon(home):
    """A yes to two kinds about Ife that ends within weeks; a moment in those weeks."""
    home.trust.connie  # noqa: B018 (is there before)
    ruled(home, A_YEAR)
    says_yes(home)
    home.sends(home.address(), set=f"{home.line(home.ife, 'news', 'video')}:yes")
    return later(340)


def test_the_office_is_told_how_many_and_where_and_no_name(home, signed_in):
    with ends_soon(home):
        assert tell_of_endings() == 1
        [notice] = told()
        assert notice.user == home.trust.connie
        assert "1 pupil" in notice.subject
        assert not {"Ife", "Adeyemi"} & set(f"{notice.subject} {notice.body}".split())
        assert "Ife Adeyemi" in words(signed_in(home.trust.connie).get(notice.path))


def test_they_are_told_once_a_week(home):
    with ends_soon(home):
        start = timezone.now()
        week = timedelta(days=7)
        days = [start + timedelta(days=n) for n in range(8)]
        mondays = {ending_soon.monday(timezone.localdate(at)) for at in days}
        assert sum(ending_soon.tell_offices(at=at) for at in days) == len(mondays) == 2
        assert ending_soon.tell_offices(at=start + week) == 0


@pytest.mark.django_db(transaction=True)
def test_two_workers_tell_it_once(home):
    with ends_soon(home):
        came = at_once(ending_soon.tell_offices, ending_soon.tell_offices)
        assert came == ["done", "done"]
        assert (len(told()), EndingsTold.objects.count()) == (1, 1)


def test_where_nothing_ends_nobody_is_told(home):
    ruled(home, A_YEAR)
    says_yes(home)
    assert tell_of_endings() == 0
    assert not EndingsTold.objects.exists()


def test_another_schools_office_is_not_told(home):
    home.trust.elm_office  # noqa: B018
    with ends_soon(home):
        tell_of_endings()
        assert {notice.user for notice in told()} == {home.trust.connie}


def test_where_nobody_keeps_permissions_it_is_told_once_somebody_does(home):
    with ends_soon(home):
        home.trust.connie.roles.all().delete()
        assert tell_of_endings() == 0
        assert not EndingsTold.objects.exists()


def test_a_pupil_under_a_hold_is_counted_like_any_other(home):
    with ends_soon(home):
        set_hold(child=home.ife, kind="protected", by=home.trust.dot)
        tell_of_endings()
        assert "1 pupil" in told()[0].subject


def test_a_mail_that_fails_touches_nothing(home, settings, tmp_path):
    with ends_soon(home), opened() as office:
        for name, value in mail_settings(f"smtp://127.0.0.1:{office.port}", tmp_path).items():
            setattr(settings, name, value)
        office.refuses = "451 try later"
        tell_of_endings()
        assert mail.send_due() == 0
        assert EndingsTold.objects.count() == 1
        assert told()[0].sent_at is None
        assert home.ife.decisions.count() == 2


def test_it_is_history_without_names(home):
    with ends_soon(home):
        tell_of_endings()
    event = Event.objects.get(verb="endings.told")
    assert event.facts["pupils"] == 1


# ── leavers ──────────────────────────────────────────────────────────────────────────────────────
def leaves(child) -> None:
    child.left_on = timezone.localdate()
    child.save()


def test_about_a_child_who_has_left_nothing_is_asked(home):
    address = home.address()
    leaves(home.ife)
    assert home.line(home.tobi) in Client().get(address).content.decode()
    assert home.line(home.ife) not in Client().get(address).content.decode()
    leaves(home.tobi)
    home.sends(address, **{home.line(home.tobi): "yes"})
    assert not ConsentDecision.objects.exists()


def test_no_reminder_about_pupils_who_have_left(home):
    send(home, Campaign.Whom.ALL, days=(7,))
    ParentMail.objects.update(sent_at=timezone.now())
    Invitation.objects.filter(parent=home.folake).get().children.set([home.ife])
    leaves(home.ife)
    campaigns.remind_due(at=timezone.now() + timedelta(days=8))
    reminded = ParentMail.objects.filter(kind=ParentMail.Kind.REMINDER)
    assert [mail.parent for mail in reminded] == [home.father]


def test_a_mail_that_waits_about_a_leaver_is_not_sent(home):
    send(home, Campaign.Whom.ALL)
    Invitation.objects.get(parent=home.folake).children.set([home.ife])
    leaves(home.ife)
    mailing.send_due()
    waiting = ParentMail.objects.get(parent=home.folake)
    assert (waiting.sent_at, waiting.problem) == (None, mailing.NO_LONGER)
    assert ParentMail.objects.get(parent=home.father).sent_at


def test_a_campaign_leaves_leavers_out(home):
    ruled(home, A_YEAR)
    says_yes(home, home.ife, home.tobi)
    leaves(home.ife)
    with later(340):
        assert asked_again(home) == [("Folake", ["Tobi"])]


def test_the_office_reads_what_a_leavers_parents_can_still_do(home, signed_in):
    home.address()
    leaves(home.ife)
    leaves(home.tobi)
    page = signed_in(home.trust.connie).get(reverse("consents:parents", args=[home.ife.pk]))
    assert "Ife left on" in words(page)
    assert "still sees what they said and can take a yes back" in words(page)
