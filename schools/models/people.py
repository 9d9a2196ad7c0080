"""People who sign in, and the dated roles that say what they may do and where."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.db import models
from django.db.models import DateField, Exists, F, IntegerField, OuterRef, Q
from django.utils import timezone

from schools.models.managers import UserManager
from schools.models.places import School
from schools.roles import APPROVER_ROLES, BY_POLICY, Permission, Role, roles_with
from schools.statements import Statement, given
from schools.withholding import Reasons, can_be_withheld, withheld_from


class UserQuerySet(models.QuerySet["User"]):
    """People, by what they may do."""

    def here(self, on: date | None = None) -> UserQuerySet:
        """People who can sign in on a day (default today): not closed, their last day not over."""
        day = on or timezone.localdate()
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), is_active=True)

    def who_may(
        self, permission: Permission, school: School, on: date | None = None
    ) -> UserQuerySet:
        """Active people holding this permission for this school on a day (default today)."""
        day = on or timezone.localdate()
        held = StaffRole.objects.in_force(day).filter(Q(school=school) | Q(school=None))
        held = held.carrying(permission)
        return self.filter(is_active=True, pk__in=held.values("user_id"))


People = UserManager.from_queryset(UserQuerySet)


class User(AbstractBaseUser, PermissionsMixin):
    """A member of staff, governor, contractor or outside person with an account (R-006, R-020)."""

    class Category(models.TextChoices):
        """Who the policy covers (Sovereign, "Who is covered"; R-020)."""

        SENIOR_MANAGER = "senior_manager", "Senior manager"
        OFFICER = "officer", "Officer"
        GOVERNOR = "governor", "Governor"
        EMPLOYEE = "employee", "Employee"
        CONSULTANT = "consultant", "Consultant"
        CONTRACTOR = "contractor", "Contractor"
        TRAINEE = "trainee", "Trainee"
        HOMEWORKER = "homeworker", "Homeworker"
        PART_TIME = "part_time", "Part-time employee"
        FIXED_TERM = "fixed_term", "Fixed-term employee"
        CASUAL = "casual", "Casual staff"
        AGENCY = "agency", "Agency staff"
        VOLUNTEER = "volunteer", "Volunteer"
        THIRD_PARTY = "third_party", "Third party"

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    job_title = models.CharField(max_length=80, blank=True)
    category = models.CharField(max_length=16, choices=Category, default=Category.EMPLOYEE)
    manager = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    ends_on = models.DateField(null=True, blank=True, help_text="Outside people must have one.")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField("may open the admin", default=False)
    joined_at = models.DateTimeField(default=timezone.now)

    objects = People()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(category="third_party") | Q(ends_on__isnull=False),
                name="user_third_party_has_end",
            ),
            models.CheckConstraint(
                condition=Q(
                    category__in=[
                        "senior_manager",
                        "officer",
                        "governor",
                        "employee",
                        "consultant",
                        "contractor",
                        "trainee",
                        "homeworker",
                        "part_time",
                        "fixed_term",
                        "casual",
                        "agency",
                        "volunteer",
                        "third_party",
                    ]
                ),
                name="user_category",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        """First word of the name, for "Return to Tessa"."""
        return self.name.split(" ", 1)[0]

    @property
    def is_here(self) -> bool:
        """Can this person sign in today: not closed, the last day not over (R-021)?"""
        return self.is_active and (self.ends_on is None or self.ends_on >= timezone.localdate())

    def roles_today(self) -> list[StaffRole]:
        """Roles in force today; one query per loaded user, then remembered. Reload the user to see
        roles granted since."""
        if not hasattr(self, "_roles_today"):
            day = timezone.localdate()
            self._roles_today = _held.objects(user=self.pk, day=day) if self.is_active else []
        return self._roles_today

    def _roles_carrying(self, permission: Permission) -> list[StaffRole]:
        if permission in BY_POLICY:
            return [role for role in self.roles_today() if role.confirms]
        allowed = set(roles_with(permission))
        found = [role for role in self.roles_today() if role.role in allowed]
        if found and permission in can_be_withheld() and permission in self.withheld_today():
            return []
        return found

    def withheld_today(self) -> Reasons:
        """What this person may not do today although a role carries it, each with why (R-109).

        Asked once per loaded user, then remembered, like `roles_today`.
        """
        if not hasattr(self, "_withheld_today"):
            self._withheld_today = withheld_from(self)
        return self._withheld_today

    def why_withheld(self, permission: Permission) -> str:
        """Why this person may not do today what a role of theirs carries; empty where they may, or
        where no role carries it."""
        carries = {role.role for role in self.roles_today()} & set(roles_with(permission))
        return self.withheld_today().get(permission, "") if carries else ""

    def may(self, permission: Permission, school: School | int) -> bool:
        """May this person do this at this school, today? (R-170: scope is always a school.)"""
        school_id = school if isinstance(school, int) else school.pk
        return any(role.covers(school_id) for role in self._roles_carrying(permission))

    def may_for_trust(self, permission: Permission) -> bool:
        """May this person do this for the trust as a whole, and so for schools yet to come?"""
        return any(role.school_id is None for role in self._roles_carrying(permission))

    def may_somewhere(self, permission: Permission) -> bool:
        """May this person do this at any school? For showing a way in, never for letting in."""
        return bool(self._roles_carrying(permission))

    def school_filter(self, field: str, permission: Permission | None = None) -> Q:
        """A `Q` for querysets: rows of schools this person's roles cover (and permit)."""
        held = self._roles_carrying(permission) if permission else self.roles_today()
        if any(r.school_id is None for r in held):
            return Q()
        return Q(**{f"{field}__in": sorted({r.school_id for r in held if r.school_id})})

    def role_line(self) -> str:
        """Name's companion in the top bar: "Head of School, Oak" or the job title."""
        if self.job_title:
            return self.job_title
        first = next(iter(self.roles_today()), None)
        return first.line() if first else ""


class ApproverRole(models.Model):
    """A role that confirms posts under the policy in force (R-078, R-123).

    Written only while a version is put into force, in the same transaction. No row: nobody does.
    """

    role = models.CharField(max_length=20, choices=Role, unique=True)

    class Meta:
        ordering = ["role"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=sorted(APPROVER_ROLES)), name="approverrole_role"
            ),
        ]

    def __str__(self) -> str:
        return self.get_role_display()


class StaffRoleQuerySet(models.QuerySet["StaffRole"]):
    """Roles, by the day."""

    def in_force(self, day: date | None = None) -> StaffRoleQuerySet:
        """Roles that count on a day (default today): begun and not ended."""
        when = day or timezone.localdate()
        return self.on_any_of(when, when)

    def on_any_of(self, first: date, last: date | None) -> StaffRoleQuerySet:
        """Roles that count on a day of these; without `last`, on a day from `first` on."""
        found = self.filter(
            Q(ends=None) | Q(ends__gte=first),
            Q(user__ends_on=None) | Q(user__ends_on__gte=first),
            ended_at=None,
        )
        return found.filter(starts__lte=last) if last else found

    def carrying(self, permission: Permission) -> StaffRoleQuerySet:
        """Roles with this permission, by the table or by the policy in force."""
        if permission in BY_POLICY:
            return self.filter(role__in=ApproverRole.objects.values("role"))
        return self.filter(role__in=roles_with(permission))

    def with_confirms(self) -> StaffRoleQuerySet:
        """Each with `confirms`: does the policy in force let this role confirm posts?"""
        return self.annotate(confirms=Exists(ApproverRole.objects.filter(role=OuterRef("role"))))

    def standing(self) -> StaffRoleQuerySet:
        """Roles that count today or will."""
        return self.on_any_of(timezone.localdate(), None)


class StaffRole(models.Model):
    """One person, one role, one school (or the whole trust), from a day until a day (R-027, R-172).

    Deputies are roles with an end. Granting and ending go through `schools.actions`.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="roles")
    school = models.ForeignKey(
        School,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="roles",
        help_text="Empty: every school of the trust.",
    )
    role = models.CharField(max_length=20, choices=Role)
    starts = models.DateField(default=timezone.localdate)
    ends = models.DateField(null=True, blank=True, help_text="The last day it counts.")
    granted_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="granted_roles"
    )
    granted_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(
        null=True, blank=True, help_text="Taken away before its last day; counts at once."
    )

    objects = StaffRoleQuerySet.as_manager()

    confirms: bool  # only on rows from `with_confirms`

    class Meta:
        ordering = ["school__name", "role"]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="staffrole_role"),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")), name="staffrole_dates"
            ),
            models.CheckConstraint(
                condition=~Q(role="deputy") | (Q(ends__isnull=False) & Q(school__isnull=False)),
                name="staffrole_deputy_dated",
            ),
        ]
        indexes = [models.Index(fields=["role", "school"], name="staffrole_role_school")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.line()}"

    def covers(self, school_id: int) -> bool:
        """Does this role reach that school?"""
        return self.school_id is None or self.school_id == school_id

    def has_begun(self) -> bool:
        """Is today its first day, or later?"""
        return self.starts <= timezone.localdate()

    def line(self) -> str:
        """ "Head of School, Oak" or "Chief Executive, whole trust"."""
        where = self.school.short_name if self.school else "whole trust"
        return f"{self.get_role_display()}, {where}"


_DAY, _USER = given("day", DateField), given("user", IntegerField)
_held = Statement(
    lambda: (
        StaffRole.objects.in_force(_DAY).filter(user=_USER).with_confirms().select_related("school")
    )
)
