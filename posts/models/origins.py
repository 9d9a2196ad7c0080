"""Where a picture comes from and what it shows besides people, as its author says it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from policy.models import Device, Logo
from schools.models import User


class Origin(models.Model):
    """Fields of a picture. Empty means that nobody has said anything yet, never "no".

    `credit` is published under the words; `evidence` is for who asks later and stays here.
    """

    class Rights(models.TextChoices):
        """On what basis we may publish it (R-100)."""

        OURS = "ours", "We made it"
        WORK = "work", "A pupil’s work, with permission"
        LICENSED = "licensed", "Licensed to us"
        PUBLIC_DOMAIN = "public_domain", "In the public domain"
        SUPPLIED = "supplied", "Given to us, with permission"

    class Kind(models.TextChoices):
        """What it was taken with, where the policy only wants that written down (R-124)."""

        TRUSTS = "trusts", "A device of the school or trust"
        OWN = "own", "Somebody’s own phone or camera"

    class Altered(models.TextChoices):
        """More than cropped or made lighter (R-042)."""

        EDITED = "edited", "Edited: something was put in, taken out or changed"
        GENERATED = "generated", "Made by a computer (AI)"

    class LogoShown(models.TextChoices):
        """Is a logo of ours in it (R-101)?"""

        LIBRARY = "library", "Yes, from the brand library"
        OTHER = "other", "Yes, another one"

    rights = models.CharField(max_length=13, choices=Rights, blank=True)
    evidence = models.CharField(max_length=300, blank=True)
    credit = models.CharField(max_length=120, blank=True)
    device = models.ForeignKey(
        Device, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    device_kind = models.CharField(max_length=6, choices=Kind, blank=True)
    altered = models.CharField(max_length=9, choices=Altered, blank=True)
    logo_shown = models.CharField(max_length=7, choices=LogoShown, blank=True)
    logo = models.ForeignKey(
        Logo, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    has_document = models.BooleanField(
        default=False, help_text="A confidential or internal document can be seen in it."
    )
    face_clear = models.BooleanField(null=True, blank=True)
    origin_said_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    origin_said_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_taken_by_us(self) -> bool:
        """Did one of us press the button, so that it has a device?"""
        ours = self.rights in {self.Rights.OURS, self.Rights.WORK}
        return ours and self.altered != self.Altered.GENERATED

    @property
    def is_of_others(self) -> bool:
        """Is it somebody else's, so that its source and a credit are named?"""
        return self.rights in OF_OTHERS


OF_OTHERS = frozenset({Origin.Rights.LICENSED, Origin.Rights.PUBLIC_DOMAIN, Origin.Rights.SUPPLIED})

ORIGIN_CONSTRAINTS = [
    models.CheckConstraint(
        condition=Q(rights__in=["", "ours", "work", "licensed", "public_domain", "supplied"]),
        name="picture_rights",
    ),
    models.CheckConstraint(
        condition=Q(device_kind__in=["", "trusts", "own"]), name="picture_device_kind"
    ),
    models.CheckConstraint(
        condition=Q(altered__in=["", "edited", "generated"]), name="picture_altered"
    ),
    models.CheckConstraint(
        condition=Q(logo_shown__in=["", "other"], logo=None)
        | Q(logo_shown="library", logo__isnull=False),
        name="picture_logo_of_library",
    ),
    models.CheckConstraint(
        condition=Q(origin_said_at=None, origin_said_by=None)
        | Q(origin_said_at__isnull=False, origin_said_by__isnull=False),
        name="picture_origin_said_by_whom",
    ),
]
