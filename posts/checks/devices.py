"""What took the photos: a device of the trust or one approved before (R-065), and what is still on
somebody's own phone (R-066)."""

from __future__ import annotations

from collections.abc import Iterator

from policy.devices import Trouble, trouble
from policy.findings import Finding, Way
from posts.checks.case import Case
from posts.checks.rights import asked
from posts.models import Picture
from posts.origins import rules

_WORDS = {
    Trouble.RETIRED: "Photo {0} was added after {1} was retired.",
    Trouble.NOT_APPROVED: "Photo {0} is of {1}, which was not approved when the photo was added.",
    Trouble.TAKEN_BEFORE: "Photo {0} was taken before {1} was approved.",
}


def device_allowed(case: Case) -> Iterator[Finding]:
    """Each photo that one of us took names its device, and that device could be used then."""
    if not rules.device_asked(case.book):
        return
    for number, picture in asked(case):
        if not picture.is_taken_by_us:
            continue
        if picture.device is None:
            yield _finding(case, picture, f"Say what photo {number} was taken with.", "unsaid")
            continue
        found = trouble(
            picture.device,
            uploaded_at=picture.uploaded_at,
            taken_at=rules.taken_at(picture),
        )
        if found is not None:
            message = _WORDS[found].format(number, picture.device.called)
            yield _finding(case, picture, message, found, *_ways(picture, found))


def device_is_the_one(case: Case) -> Iterator[Finding]:
    """The file names another device: it can be wrong, so it is asked, not refused."""
    if not (rules.device_asked(case.book) and case.book.is_on("device_differs")):
        return
    for number, picture in asked(case):
        if picture.is_taken_by_us and picture.device and rules.is_another_device(picture):
            yield case.book.finding(
                "device_differs",
                f"The file of photo {number} says {rules.file_says(picture)}; "
                f"you said {picture.device.called}. Which is right?",
                subject=f"{picture.pk}:{picture.device_id}",
                picture=picture.pk,
            )


def deleted_from_phone(case: Case) -> Iterator[Finding]:
    """Until its owner says that it is gone from their own device, the post waits."""
    if not rules.deletion_asked(case.book):
        return
    for number, picture in asked(case):
        deletion = getattr(picture, "deletion", None)
        if deletion is not None and deletion.confirmed_at is None and picture.device:
            yield case.book.finding(
                rules.DELETION,
                f"Photo {number} is to be deleted from {picture.device.called} first; its owner "
                "says so under “Photos on own devices”.",
                subject=f"{picture.pk}",
                picture=picture.pk,
            )


def _ways(picture: Picture, found: Trouble) -> tuple[Way, ...]:
    if found == Trouble.RETIRED:
        return ()
    fields = (("picture", str(picture.pk)),)
    return (Way("Ask for an exception", "ask_exception", "The CIO decides", fields),)


def _finding(case: Case, picture: Picture, message: str, what: str, *ways: Way) -> Finding:
    return case.book.finding(
        "device_approved", message, subject=f"{picture.pk}:{what}", picture=picture.pk, ways=ways
    )
