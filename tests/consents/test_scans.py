"""A scan of a paper form: told by its content, private, opened by few, every opening noted."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from audit.models import Event
from consents import scans
from consents.models import ConsentDecision, Evidence
from consents.scans import is_unchanged
from schools.roles import Role
from tests.cast import Trusty

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def photo(shape: str = "JPEG") -> bytes:
    """A small picture of a form."""
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(file, shape)
    return file.getvalue()


def writes(trust: Trusty, signed_in, data: bytes, name: str = "form.jpg", **more: str):
    """Connie writes down a mother's yes for Rose on Facebook, with a scan."""
    form = {
        "giver": trust.mother(trust.rose).pk,
        "platforms": [trust.platform("facebook").pk],
        "kinds": ["photo"],
        "answer": "yes",
        "way": "paper",
        "given_on": timezone.localdate().isoformat(),
        "scan": SimpleUploadedFile(name, data),
    }
    return signed_in(trust.connie).post(f"/children/{trust.rose.pk}/", form | more, follow=True)


def kept(trust: Trusty, signed_in) -> ConsentDecision:
    writes(trust, signed_in, photo())
    return trust.rose.decisions.get()


def address(decision: ConsentDecision) -> str:
    return f"/children/{decision.child_id}/said/{decision.pk}/scan/"


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (photo(), "image/jpeg"),
        (photo("PNG"), "image/png"),
        (photo("WEBP"), "image/webp"),
        (PDF, "application/pdf"),
    ],
)
def test_r_145_a_photo_or_a_pdf_is_kept_with_the_answer(trust, signed_in, data, media_type):
    writes(trust, signed_in, data, name="anything.exe")
    scan = trust.rose.decisions.get().scan
    assert (scan.media_type, scan.school, scan.kept_by) == (media_type, trust.oak, trust.connie)
    assert is_unchanged(scan)
    assert "anything" not in scan.file.name


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<html><script>alert(1)</script>", "neither a photo nor a PDF"),
        (photo("GIF"), "neither a photo nor a PDF"),
        (photo()[:200], "neither a photo nor a PDF"),
        (PDF.replace(b"/Type /Catalog", b"/OpenAction << /JS (x) >>"), "It holds a script"),
        (b"%PDF-1.7\n" + b"0" * scans.MOST_BYTES, "larger than 10 MB"),
    ],
)
def test_what_is_none_is_refused_with_what_to_do_and_nothing_is_written(
    trust, signed_in, data, said
):
    page = writes(trust, signed_in, data, evidence="Drawer 3").content.decode()
    assert said in page
    assert 'value="Drawer 3"' in page
    assert not trust.rose.decisions.exists()
    assert not Evidence.objects.exists()


def test_where_the_answer_cannot_be_written_down_no_file_stays(trust, signed_in, settings):
    folder = Path(settings.GOLIVE_DATA_DIR) / "private" / "evidence"
    before = set(folder.glob("*"))
    with (
        pytest.raises(LookupError),
        scans.keeping(scans.checked(photo()), school=trust.oak, by=trust.connie),
    ):
        raise LookupError
    assert set(folder.glob("*")) == before
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("role", [Role.CONSENT_ADMIN, Role.DPO])
def test_those_who_keep_the_record_open_it_and_it_is_written_down(trust, signed_in, role):
    decision = kept(trust, signed_in)
    user = trust.person("Some Body", role, trust.oak if role == Role.CONSENT_ADMIN else None)
    answer = signed_in(user).get(address(decision))
    assert b"".join(answer.streaming_content) == photo()
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Cache-Control"] == "private, no-store"
    event = Event.objects.get(verb="evidence.opened")
    assert (event.actor_id, event.facts["decision"]) == (user.pk, decision.pk)


@pytest.mark.parametrize("who", ["hana", "tessa", "elm_office", "dot"])
def test_others_do_not_find_it_and_nothing_is_noted(trust, signed_in, who):
    decision = kept(trust, signed_in)
    assert signed_in(getattr(trust, who)).get(address(decision)).status_code == 404
    assert not Event.objects.filter(verb="evidence.opened").exists()


def test_an_answer_without_a_scan_has_none_to_open(trust, signed_in):
    trust.says(trust.rose, "yes", [trust.platform("facebook")])
    assert signed_in(trust.connie).get(address(trust.rose.decisions.get())).status_code == 404


def test_what_was_agreed_leads_to_the_scan_for_those_who_may_open_it(trust, signed_in):
    decision = kept(trust, signed_in)
    page = f"/children/{trust.rose.pk}/said/{decision.pk}/"
    assert address(decision) in signed_in(trust.connie).get(page).content.decode()
    for_hana = signed_in(trust.hana).get(page).content.decode()
    assert decision.scan.sha256 in for_hana
    assert address(decision) not in for_hana


def test_the_schools_record_names_it_and_no_copy_for_others_does(trust, signed_in):
    decision = kept(trust, signed_in)
    office, whole = signed_in(trust.connie), f"/children/exports/{trust.rose.pk}/record/"
    assert decision.scan.sha256 in office.get(whole).content.decode()
    for shape in ("record/", "record.csv"):
        copy = office.get(
            f"/children/exports/{trust.rose.pk}/{shape}?for={trust.mother(trust.rose).pk}"
        )
        text = (b"".join(copy) if copy.streaming else copy.content).decode()
        assert "scan" not in text.lower()


def test_an_adults_form_is_kept_and_opened_the_same_way(trust, signed_in):
    ada = trust.author_visit
    form = {
        "platforms": [trust.platform("x").pk],
        "kinds": ["photo"],
        "answer": "yes",
        "way": "paper",
        "given_on": timezone.localdate().isoformat(),
        "scan": SimpleUploadedFile("a.pdf", PDF),
    }
    office = signed_in(trust.connie)
    office.post(f"/children/adults/{ada.pk}/", form)
    decision = ada.decisions.get()
    page = office.get(f"/children/adults/{ada.pk}/said/{decision.pk}/").content.decode()
    assert f"/children/adults/{ada.pk}/said/{decision.pk}/scan/" in page
    answer = office.get(f"/children/adults/{ada.pk}/said/{decision.pk}/scan/")
    assert b"".join(answer.streaming_content) == PDF
