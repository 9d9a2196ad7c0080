"""Findings with their place on the composer's page, and those of one photo under one heading."""

from __future__ import annotations

from dataclasses import dataclass

from posts.views.boxes import Box

# What is mended on the page of where a photo comes from.
_OF_ORIGIN = frozenset(
    {
        "rights",
        "credit",
        "device_approved",
        "device_differs",
        "logo",
        "internal_material",
        "misleading",
        "faces_not_shown",
    }
)


# What covering or cropping can mend.
_OF_SHAPE = frozenset(
    {
        "photo_permission",
        "work_permission",
        "adult_permission",
        "faces_not_shown",
        "faces_shown",
        "fits_platform",
        "nothing_readable",
    }
)


@dataclass(frozen=True)
class Shown:
    """A box with its place on the page and what only this page knows."""

    box: Box
    anchor: str
    about: str
    who: str
    photo: int = 0

    @property
    def of_origin(self) -> str:
        """The button that leads to where the photo comes from, once a photo."""
        finding = self.box.finding
        leads = finding.rule in _OF_ORIGIN and finding.picture and self.box.answer is None
        return "Say where it comes from" if leads else ""

    @property
    def of_shape(self) -> str:
        """The button that leads to covering and cropping that photo."""
        finding = self.box.finding
        is_open = finding.rule in _OF_SHAPE and self.box.answer is None
        # The tick that says "I looked" is no writing to cover.
        fits = finding.rule != "nothing_readable" or finding.subject.startswith("writing:")
        return f"Crop or cover photo {self.photo}" if is_open and fits and self.photo else ""


# What is looked at and said photo by photo: all of it stands in one box.
OF_A_PHOTO = frozenset({"people_accounted", "alt_text", "nothing_readable", "rights"})


@dataclass(frozen=True)
class Group:
    """Boxes under one heading. `photo`: its number, where it gathers what one photo needs."""

    shown: tuple[Shown, ...]
    photo: int = 0

    @property
    def is_open(self) -> bool:
        """Is anything left to do in it?"""
        return any(s.box.answer is None for s in self.shown)
