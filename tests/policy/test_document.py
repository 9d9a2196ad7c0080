"""The policy document itself as PDF: looked at by content, private until in force, signed with."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from policy import documenting, life, pdf, rules, writing
from policy.models import PolicyDocument, PolicyVersion
from schools.errors import NotAllowed
from schools.roles import Role
from tests.approvals.pages import words
from tests.policy.pdfs import packed
from tests.policy.pdfs import pdf as made

pytestmark = pytest.mark.django_db


@pytest.fixture
def celia(trust):
    return trust.person("Celia Chief", Role.CEO, None)


@pytest.fixture
def draft(trust) -> PolicyVersion:
    version = writing.start(by=trust.cara)
    writing.change(version=version, by=trust.cara, notes="Clearer words")
    return PolicyVersion.objects.get(pk=version.pk)


def attached(version: PolicyVersion, trust, **more) -> PolicyDocument:
    return documenting.attach(version=version, data=made(**more), by=trust.cara)


def upload(client: Client, version: PolicyVersion, data: bytes, name: str = "policy.pdf"):
    file = SimpleUploadedFile(name, data, "application/pdf")
    address = f"/policy/versions/{version.pk}/document/change/"
    return client.post(address, {"verb": "attach", "file": file}, follow=True)


def status(user: Client, version: PolicyVersion) -> int:
    answer = user.get(f"/policy/versions/{version.pk}/document/")
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer.status_code


# ── what it is ───────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04 a letter of Word", "This is no PDF"),
        (made(end=b""), "The end of it is missing"),
        (made(more=b"4 0 obj << /Encrypt 5 0 R >> endobj\n"), "locked with a password"),
        (made(more=b"4 0 obj << /S /JavaScript /JS (app.alert) >> endobj\n"), "holds a script"),
        (made(more=b"4 0 obj << /S /J#61vaScript >> endobj\n"), "holds a script"),
        (made(more=packed(b"4 0 << /S /Launch /F (cmd.exe) >>")), "holds a script"),
        (made(more=b"4 0 obj << /EmbeddedFiles 7 0 R >> endobj\n"), "another file"),
        (made(more=b"%" + b"x" * pdf.MOST_BYTES), "larger than 10 MB"),
    ],
)
def test_what_is_no_plain_pdf_is_refused_with_how_to_mend_it(data, said):
    [problem] = pdf.problems(data)
    assert said in problem


@pytest.mark.parametrize("more", [b"", packed(b"4 0 << /Type /Font >>"), b"% /JSOther\n"])
def test_a_plain_pdf_is_taken(more):
    assert pdf.problems(made(more=more)) == []


def test_it_is_told_by_its_content_whatever_its_name(trust, signed_in, draft):
    answer = upload(signed_in(trust.cara), draft, b"GIF89a", name="policy.pdf")
    assert answer.status_code == 422
    assert "This is no PDF" in words(answer)
    assert not PolicyDocument.objects.exists()


def test_what_is_attached_is_kept_byte_by_byte_under_a_name_nobody_guesses(trust, draft):
    document = attached(draft, trust)
    with document.file.open("rb") as file:
        kept = file.read()
    assert hashlib.sha256(kept).hexdigest() == document.sha256
    assert "social" not in document.file.name


# ── who reads it ─────────────────────────────────────────────────────────────────────────────────
def test_until_it_is_in_force_only_who_writes_the_policy_reads_it(trust, signed_in, celia, draft):
    documenting.show(document=attached(draft, trust), to_everybody=True, by=trust.cara)
    assert status(signed_in(trust.cara), draft) == 200
    assert status(signed_in(celia), draft) == 200
    assert status(signed_in(trust.tessa), draft) == 404
    assert status(Client(), draft) == 404


def test_in_force_staff_read_it_and_the_public_only_once_its_owner_says_so(trust, signed_in):
    document = attached(trust.policy, trust)
    assert status(signed_in(trust.tessa), trust.policy) == 200
    assert status(Client(), trust.policy) == 404
    assert "The document itself" not in words(Client().get("/policy/"))
    documenting.show(document=document, to_everybody=True, by=trust.cara)
    assert status(Client(), trust.policy) == 200
    assert "The document itself (PDF," in words(Client().get("/policy/"))
    documenting.show(document=document, to_everybody=False, by=trust.cara)
    assert status(Client(), trust.policy) == 404


def test_it_is_handed_out_as_a_file_and_never_opened_in_the_page(trust, signed_in):
    attached(trust.policy, trust)
    answer = signed_in(trust.tessa).get(f"/policy/versions/{trust.policy.pk}/document/")
    b"".join(answer.streaming_content)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="social-media-policy-5-0.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_staff_find_it_where_they_read_what_the_policy_asks(trust, signed_in):
    attached(trust.policy, trust)
    assert "The document itself" in words(signed_in(trust.tessa).get("/policy/you/read/"))


def test_what_was_taken_off_is_nowhere_and_stays_on_record(trust, signed_in):
    document = attached(trust.policy, trust)
    documenting.remove(document=document, by=trust.cara)
    assert status(signed_in(trust.cara), trust.policy) == 404
    assert PolicyDocument.objects.get().removed_by == trust.cara


# ── it is part of what is signed ─────────────────────────────────────────────────────────────────
def test_another_document_voids_what_was_signed(trust, celia, draft):
    attached(draft, trust)
    life.sign_off(version=draft, by=celia)
    assert "It is not signed off." not in rules.missing(draft)
    attached(draft, trust, words="Our policy, changed")
    assert "It is not signed off." in rules.missing(draft)


def test_the_same_document_once_more_changes_nothing(trust, celia, draft):
    first = attached(draft, trust)
    life.sign_off(version=draft, by=celia)
    assert attached(draft, trust) == first
    assert "It is not signed off." not in rules.missing(draft)


def test_whether_everybody_may_read_it_is_not_part_of_the_text(trust, celia, draft):
    document = attached(draft, trust)
    life.sign_off(version=draft, by=celia)
    documenting.show(document=document, to_everybody=True, by=trust.cara)
    assert "It is not signed off." not in rules.missing(draft)


def test_what_staff_were_told_of_keeps_its_document(trust, celia, draft):
    document = attached(draft, trust)
    life.sign_off(version=draft, by=celia)
    today = timezone.localdate()
    life.note_formality(
        version=draft, kind="board_minute", by=trust.cara, on=today, reference="Minute 7"
    )
    life.announce(version=draft, on=today + timedelta(days=40), by=trust.cara)
    with pytest.raises(NotAllowed, match="Take the announcement back first"):
        documenting.remove(document=document, by=trust.cara)
    life.activate_due(at=timezone.now() + timedelta(days=41))
    with pytest.raises(NotAllowed, match="signed as it is"):
        attached(draft, trust, words="Another one")


def test_a_version_has_one_document_says_the_database(trust):
    document = attached(trust.policy, trust)
    document.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        document.save(force_insert=True)


def test_nobody_else_attaches_shows_or_takes_off(trust, signed_in, draft):
    document = attached(draft, trust)
    for verb in (
        lambda: documenting.attach(version=draft, data=made("x"), by=trust.hana),
        lambda: documenting.show(document=document, to_everybody=True, by=trust.hana),
        lambda: documenting.remove(document=document, by=trust.hana),
    ):
        with pytest.raises(NotAllowed, match="do not look after"):
            verb()
    assert upload(signed_in(trust.hana), draft, made("x")).status_code == 404


def test_a_draft_given_up_takes_its_document_along(
    trust, draft, django_capture_on_commit_callbacks
):
    document = attached(draft, trust)
    with django_capture_on_commit_callbacks(execute=True):
        writing.discard(version=draft, by=trust.cara)
    assert not document.file.storage.exists(document.file.name)


# ── the page ─────────────────────────────────────────────────────────────────────────────────────
def test_the_owner_attaches_shows_and_takes_off_on_one_page(trust, signed_in, draft):
    client = signed_in(trust.cara)
    address = f"/policy/versions/{draft.pk}/document/change/"
    assert "part of what is signed" in words(upload(client, draft, made()))
    assert "as soon as the version is in force" in words(
        client.post(address, {"verb": "show"}, follow=True)
    )
    assert PolicyDocument.objects.get().is_public
    assert "taken off this version" in words(client.post(address, {"verb": "remove"}, follow=True))
    assert PolicyDocument.objects.get().removed_at is not None
