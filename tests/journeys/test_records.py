"""The office's other pages: a transfer file, undoing a file, records to keep, who has answered."""

from __future__ import annotations

from typing import Any

import pytest

from consents.imports.running import run_imports
from consents.models import Child
from tests.cast import Trusty
from tests.consents.imports.transfer import contact, pupil, transfer_file
from tests.journeys.walking import look, press, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(request: Any, trust: Trusty) -> Any:
    """Connie's phone; some families have answered."""
    trust.amira, trust.tom, trust.rose  # noqa: B018 (made before the browser looks for them)
    found = request.getfixturevalue("phone")
    sign_in(found, trust.connie)
    return found


def _read_it(page: Any) -> None:
    while run_imports():
        pass
    page.reload()


def test_a_transfer_file_is_brought_in_and_undone(page: Any, trust: Trusty) -> None:
    trust.oak.dfe_number = "9994001"
    trust.oak.save()
    text = transfer_file(pupil("T999400126001", "Amy", "Lee", contact("Jo", "Lee")))
    page.goto("/children/imports/")
    page.locator("input[type=file]").set_input_files(
        [{"name": "9994002_CTF_9994001_001.xml", "mimeType": "text/xml", "buffer": text.encode()}]
    )
    press(page.get_by_role("button", name="Send it and look at it first"))
    _read_it(page)
    look(page, "transfer-dry-run")
    press(page.get_by_role("button", name="Bring these rows in"))
    _read_it(page)
    assert Child.objects.filter(surname="Lee").exists()
    press(page.get_by_role("link", name="Undo this file"))
    look(page, "import-undo-first")
    press(page.get_by_role("button", name="Look what it would do"))
    _read_it(page)
    look(page, "import-undo")


OTHERS = {
    "coverage": "/children/",
    "coverage-list": "/children/?list=not-asked",
    "shown": "/children/shown/",
    "shown-class": "/children/shown/?class=4B",
    "days": "/children/days/",
    "records": "/children/exports/",
    "asks": "/children/asks/",
    "ending": "/children/ending/",
    "capacity": "/children/capacity/",
    "import-hints": "/children/imports/ask/",
}


def test_every_other_page_of_the_office_can_be_read_by_everybody(page: Any) -> None:
    for name, address in OTHERS.items():
        page.goto(address)
        look(page, name)


def test_the_record_of_one_child_can_be_read_by_everybody(page: Any, trust: Trusty) -> None:
    page.goto(f"/children/exports/{trust.amira.pk}/")
    look(page, "record-choose")
    page.goto(f"/children/exports/{trust.amira.pk}/record/")
    look(page, "record")
