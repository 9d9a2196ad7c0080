"""Where a photo comes from, in a sentence or two for author and Head."""

from __future__ import annotations

from collections.abc import Iterator

from policy.models import Device
from posts.models import Picture
from posts.origins.rules import file_says, like_it, permitted, taken_at
from schools.clock import moment

MOST = 3
_RIGHTS = {
    Picture.Rights.OURS: "We made it",
    Picture.Rights.WORK: "A pupil’s work, with permission",
    Picture.Rights.LICENSED: "Licensed to us",
    Picture.Rights.PUBLIC_DOMAIN: "In the public domain",
    Picture.Rights.SUPPLIED: "Given to us, with permission",
}
_ALTERED = {
    Picture.Altered.EDITED: "Edited: something was put in, taken out or changed.",
    Picture.Altered.GENERATED: "Made by a computer (AI).",
}


def said(picture: Picture) -> str:
    """What its author says; empty where nothing is said yet."""
    return " ".join(_said(picture)) if picture.rights else ""


def file_told(picture: Picture) -> str:
    """What the file itself says of its device and time: evidence, not proof. Never a place."""
    device, taken = file_says(picture), taken_at(picture)
    software = picture.facts.get("software")
    parts = [
        device,
        f"taken {moment(taken)}" if taken else "",
        f"last written by “{software}”" if software else "",
        "with the place where it was taken" if picture.facts.get("has_gps") else "",
    ]
    return ", ".join(part for part in parts if part)


def compared(picture: Picture, devices: list[Device]) -> str:
    """The same beside the register of devices: evidence, not proof. Empty where the file says
    nothing to compare."""
    if not (picture.facts.get("model") or picture.facts.get("serial")):
        return ""
    found = [device.called for device in like_it(picture, devices)]
    if not found:
        return "No device in the register is like that."
    more = f" and {len(found) - MOST} more" if len(found) > MOST else ""
    return f"Like that in the register: {'; '.join(found[:MOST])}{more}."


def _said(picture: Picture) -> Iterator[str]:
    with_what = f", with {_taken_with(picture)}" if _taken_with(picture) else ""
    yield f"{_RIGHTS[Picture.Rights(picture.rights)]}{with_what}."
    if picture.evidence:
        yield f"Source: {picture.evidence.rstrip('.')}."
    if picture.credit:
        yield f"Named under the words: {picture.credit.rstrip('.')}."
    if picture.altered:
        yield _ALTERED[Picture.Altered(picture.altered)]
    if picture.logo is not None:
        yield f"Shows our logo “{picture.logo.name}” from the brand library."
    elif picture.logo_shown:
        yield "Shows another logo of ours."
    if picture.has_document:
        yield "Shows a confidential or internal document."
    for given in permitted(picture):
        yield f"Permitted in writing: “{given.words}”"
    if picture.face_clear:
        yield "A face can be clearly seen."


def _taken_with(picture: Picture) -> str:
    if not picture.is_taken_by_us:
        return ""
    if picture.device is not None:
        return picture.device.called
    return picture.get_device_kind_display().lower()
