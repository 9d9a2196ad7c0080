"""Scans of paper forms: told by their content, kept privately, opened by few (R-145).

A form holds more than its answers: addresses, signatures, sometimes the other parent's name. So it
is opened by those who keep the record and by the Data Protection Officer, not by everybody who may
read the answers; every opening is written down; and no copy for one of the family says it exists.

One scan is one family's form, kept with the answers of one giver about one person. So it is asked
for where one person's answers are written down, on the pupil's or the grown-up's page and at the
door, and not with a class list: a pile scanned in one go would hand every family's form to whoever
is shown the proof of one answer.
"""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image, UnidentifiedImageError

from audit.actions import record
from consents.asking import must_record
from consents.errors import NotAllowed
from consents.exports.actions import may_take_school
from consents.models import ConsentDecision, Evidence
from policy import pdf
from schools.models import School, User

MOST_BYTES = 10 * 2**20
MOST_PIXELS = 60_000_000
_FORMATS = {"JPEG": "image/jpeg", "MPO": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
NO_SCAN = "This is neither a photo nor a PDF. Scan or photograph the form as JPEG, PNG or PDF."


@dataclass(frozen=True)
class Scan:
    """A file whose content was looked at."""

    data: bytes
    media_type: str


def checked(data: bytes) -> Scan:
    """A photo or a PDF by its content, whatever it is called. Raises `NotAllowed` with what to
    do instead."""
    if not data:
        raise NotAllowed("The file is empty. Choose it again.")
    if len(data) > MOST_BYTES:
        raise NotAllowed("The file is larger than 10 MB. Scan it at a smaller size.")
    if b"%PDF-" in data[:1024]:
        if problems := pdf.problems(data):
            raise NotAllowed(problems[0])
        return Scan(data, "application/pdf")
    return Scan(data, _photo(data))


def _photo(data: bytes) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as image:
                size, found = image.width * image.height, _FORMATS.get(image.format or "")
                image.verify()
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise NotAllowed("The photo has too many pixels. Take it at a smaller size.") from error
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
            raise NotAllowed(NO_SCAN) from error
    if found is None:
        raise NotAllowed(NO_SCAN)
    if size > MOST_PIXELS:
        raise NotAllowed("The photo has too many pixels. Take it at a smaller size.")
    return found


@contextmanager
def keeping(scan: Scan | None, *, school: School, by: User) -> Iterator[Evidence | None]:
    """The scan as evidence for what is written down within the block, in one transaction with it:
    where that fails nothing of it stays."""
    must_record(by, school.pk)
    if scan is None:
        yield None
        return
    with transaction.atomic():
        kept = Evidence(
            school=school,
            media_type=scan.media_type,
            sha256=hashlib.sha256(scan.data).hexdigest(),
            size=len(scan.data),
            kept_by=by,
        )
        kept.file.save("scan", ContentFile(scan.data), save=False)
        try:
            kept.save()
            yield kept
        except BaseException:
            kept.file.delete(save=False)
            raise


def may_open(user: User, school: School) -> bool:
    """Who keeps the record of the school, and the Data Protection Officer."""
    return may_take_school(user, school)


def opened(*, decision: ConsentDecision, by: User) -> Evidence:
    """The scan of this answer, and the line in the history that says who opened it."""
    scan = decision.scan
    if scan is None or not may_open(by, scan.school):
        raise NotAllowed("Only those who keep the record open its scans.")
    record("evidence.opened", scan, by=by, school_id=scan.school_id, decision=decision.pk)
    return scan


def is_unchanged(scan: Evidence) -> bool:
    """Are the bytes those that were kept?"""
    with scan.file.open("rb") as file:
        return hashlib.sha256(file.read()).hexdigest() == scan.sha256
