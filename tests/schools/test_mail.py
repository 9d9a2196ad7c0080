"""What people are told reaches them over a real connection; a failed mail touches nothing else."""

from __future__ import annotations

import socket
from datetime import timedelta

import pytest
from django.utils import timezone

from approvals import actions as approvals
from config.environment import mail as mail_settings
from posts.models import Post
from publishing.models import Delivery
from schools import mail
from schools.actions import tell
from schools.models import Notice
from tests.schools.post_office import opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(settings, tmp_path):
    """A mail server, and settings that name it as an administrator would: by one address."""
    with opened() as made:
        for name, value in mail_settings(f"smtp://127.0.0.1:{made.port}", tmp_path).items():
            setattr(settings, name, value)
        settings.PUBLIC_URL = "https://golive.example"
        yield made


def arrived(office, user) -> list:
    """The mails for this person, sent now."""
    mail.send_due()
    return [m for m in office.mails if m["To"] == user.email]


def test_the_head_hears_that_a_post_waits_with_a_link_to_it(trust, office):
    hana = trust.hana
    submission = trust.submitted(title="An aqueduct")
    [message] = arrived(office, hana)
    assert message["Subject"] == "Waits for you: a post of Oak Primary School"
    assert f"https://golive.example/approvals/{submission.pk}/" in message.get_content()


def test_the_author_hears_that_it_is_approved(trust, office):
    trust.approved(title="An aqueduct")
    subjects = [m["Subject"] for m in arrived(office, trust.tessa)]
    assert "Approved: a post of Oak Primary School" in subjects


def test_the_author_hears_that_it_was_returned_and_where_to_read_why(trust, office, signed_in):
    submission = trust.submitted()
    approvals.return_to_author(
        submission=submission, by=trust.hana, reason="Crop the badge, please"
    )
    [message] = arrived(office, trust.tessa)
    assert "What should change and why is on the post’s page." in message.get_content()
    page = signed_in(trust.tessa).get(f"/posts/{submission.post_id}/")
    assert "Crop the badge, please" in page.content.decode()


def test_the_author_is_led_to_where_it_is_live(trust, office, signed_in):
    delivery = trust.delivery(trust.published(title="An aqueduct"))
    live = [m for m in arrived(office, trust.tessa) if m["Subject"].startswith("Live on")]
    path = f"/publishing/deliveries/{delivery.pk}/"
    assert f"https://golive.example{path}" in live[0].get_content()
    assert delivery.url in signed_in(trust.tessa).get(path).content.decode()


def test_a_head_of_another_school_hears_nothing(trust, office):
    trust.owen.roles.get()
    trust.published()
    assert arrived(office, trust.owen) == []


def test_a_mail_says_that_a_machine_wrote_it(trust, office):
    tell([trust.tessa], subject="Hello", body="Words")
    assert arrived(office, trust.tessa)[0]["Auto-Submitted"] == "auto-generated"


def test_letters_of_every_kind_arrive_whole(trust, office):
    tell([trust.tessa], subject="Zoë’s lesson: żółw 🐢", body="Ífé and D’Arcy\n.\n..a line")
    [message] = arrived(office, trust.tessa)
    assert message["Subject"] == "Zoë’s lesson: żółw 🐢"
    assert "Ífé and D’Arcy\n.\n..a line" in message.get_content().replace("\r\n", "\n")


def test_a_line_break_in_a_subject_cannot_add_a_recipient(trust, office):
    tell([trust.tessa], subject="News\nBcc: everyone@example.org", body="Words")
    [message] = arrived(office, trust.tessa)
    assert message["Bcc"] is None


def test_a_subject_is_one_line(trust, office):
    tell([trust.tessa], subject="Beans\n\nWe planted them.", body="Words")
    assert arrived(office, trust.tessa)[0]["Subject"] == "Beans We planted them."


def test_a_mail_is_sent_once(trust, office):
    tell([trust.tessa], subject="Hello", body="Words")
    mail.send_due()
    mail.send_due(at=timezone.now() + timedelta(days=1))
    assert len(office.mails) == 1


def test_a_closed_account_is_told_nothing(trust, office):
    trust.tessa.is_active = False
    tell([trust.tessa], subject="Hello", body="Words")
    assert arrived(office, trust.tessa) == []


# ── when it fails ────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def nobody_listens(settings, tmp_path):
    """A port where no server is."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    for name, value in mail_settings(f"smtp://127.0.0.1:{port}", tmp_path).items():
        setattr(settings, name, value)


def test_a_post_goes_out_while_no_mail_can_be_sent(trust, nobody_listens):
    post = trust.published(children=[trust.amira])
    assert mail.send_due() == 0
    assert Delivery.objects.get(post=post).state == "sent"
    assert Post.objects.get(pk=post.pk).state == "closed"


def test_a_mail_that_failed_is_sent_when_the_server_is_back(trust, office):
    tell([trust.tessa], subject="Hello", body="Words")
    office.refuses = "451 try later"
    assert arrived(office, trust.tessa) == []
    office.refuses = ""
    mail.send_due(at=timezone.now() + timedelta(minutes=2))
    assert [m["Subject"] for m in office.mails] == ["Hello"]


def test_a_mail_that_always_fails_is_given_up_and_still_read_in_the_program(
    trust, office, signed_in
):
    tell([trust.tessa], subject="Hello", body="Words")
    office.refuses = "550 no such person"
    moment = timezone.now()
    for _ in range(9):
        mail.send_due(at=moment)
        moment += timedelta(hours=4)
    notice = Notice.objects.get()
    assert notice.given_up_at is not None
    assert "did not take it" in notice.problem
    assert "Hello" in signed_in(trust.tessa).get("/notices/").content.decode()


def test_a_mail_that_cannot_be_written_holds_back_no_other(trust, office):
    trust.tessa.email = "tessa@demo.example\nBcc: all@example.org"
    trust.tessa.save()
    tell([trust.tessa], subject="Hello", body="Words")
    tell([trust.hana], subject="Hello", body="Words")
    assert [m["Subject"] for m in arrived(office, trust.hana)] == ["Hello"]
