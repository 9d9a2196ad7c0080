"""Anyone's Stop, and the safeguarding lead's hold, which is one."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from posts.models import Post
from schools.models import School, User
from schools.roles import Permission


class StopQuerySet(models.QuerySet["Stop"]):
    """Stops, by whether they still stand and who lifts them."""

    def standing(self) -> StopQuerySet:
        """Nobody has let it go on."""
        return self.filter(resumed_at=None)

    def lifted_by(self, user: User) -> StopQuerySet:
        """Those this person may lift: a Head any Stop of the school, its safeguarding lead what
        they hold (R-043)."""
        heads = Q(is_hold=False) & user.school_filter("school", Permission.POST_APPROVE)
        leads = Q(is_hold=True) & user.school_filter("school", Permission.HOLD_SET)
        return self.filter(heads | leads)


class Stop(models.Model):
    """Anyone's "something is wrong" on a post; only a Head resumes it (R-080). With `is_hold` it is
    the safeguarding lead's, who alone lifts it (R-043); to ordinary staff both look alike (P3).

    `reason` is read by whoever sees the post; `note` by safeguarding leads alone.
    """

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="stops")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    reason = models.CharField(max_length=500)
    is_hold = models.BooleanField(default=False)
    note = models.CharField(max_length=500, blank=True)
    resumed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    resumed_at = models.DateTimeField(null=True, blank=True)

    objects = StopQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(resumed_at=None, resumed_by=None)
                | Q(resumed_at__isnull=False, resumed_by__isnull=False),
                name="stop_resumed_by_whom",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="stop_says_why"),
            models.CheckConstraint(
                condition=Q(is_hold=True) | Q(note=""), name="stop_note_is_of_a_hold"
            ),
        ]

    def __str__(self) -> str:
        return f"stop {self.pk}"

    @property
    def lifted_with(self) -> Permission:
        """What whoever lets it go on must be allowed at the school."""
        return Permission.HOLD_SET if self.is_hold else Permission.POST_APPROVE
