"""That a school's pupils are others, or called otherwise: which of them, it does not say."""

from __future__ import annotations

from django.db import models

from schools.models import School


class RosterChange(models.Model):
    """The latest change of a school's names, classes or roll, as one chance number.

    Written by triggers of `consents_child` alone (`consents.roster`), so that imports, bulk updates
    and plain SQL count too. Two transactions at once leave a row each; the next one clears both.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    token = models.BigIntegerField()

    def __str__(self) -> str:
        return f"school {self.school_id}: {self.token}"
