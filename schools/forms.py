"""Forms about people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordResetForm
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone

from schools import rules
from schools.models import School, Trust, User
from schools.roles import TRUST_ROLES, Permission, Role

# What no trust can mean: nothing would ever be in time, or a photo larger than a page may send.
_LIMITS = {
    "late_after_minutes": (5, 7 * 24 * 60),
    "by_hand_late_after_hours": (1, 7 * 24),
    "largest_photo_mib": (1, 100),
}


class SignInForm(AuthenticationForm):
    """E-mail and password. The same sentence for a wrong address and a wrong password."""

    error_messages = {
        "invalid_login": "That e-mail and password do not fit together. Check both and try again.",
        "inactive": "That e-mail and password do not fit together. Check both and try again.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "E-mail"
        self.fields["username"].widget = forms.EmailInput(
            attrs={"autocomplete": "username", "autofocus": True}
        )


class ForgottenForm(PasswordResetForm):
    """Asks for a link to choose a password; also whoever was invited and has none yet."""

    def get_users(self, email: str) -> Iterable[User]:
        """Open accounts with this address. Django leaves out those without a password, and so
        would lock out whoever let an invitation go by."""
        return User.objects.here().filter(email=email.lower())


class _RoleFields(forms.Form):
    """A role at a school or the whole trust, from a day until a day."""

    role = forms.TypedChoiceField(choices=Role.choices, coerce=Role)
    school = forms.ModelChoiceField(
        School.objects.none(),
        required=False,
        empty_label="The whole trust",
        # Nothing chosen is an answer here, so the page does not call it optional.
        widget=forms.Select(attrs={"data-answered": True}),
    )
    starts = forms.DateField(
        label="From", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    ends = forms.DateField(
        label="Until and including",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="A deputy needs one, and so does somebody from outside.",
    )

    def __init__(self, *args: Any, manager: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        schools = School.objects.where(manager, Permission.STAFF_MANAGE)
        self.fields["school"].queryset = schools  # type: ignore[attr-defined]
        # The narrower choice stands there first: nobody gives the whole trust by haste.
        self.fields["school"].initial = schools.first()
        self.fields["starts"].initial = timezone.localdate
        for name in ("starts", "ends"):
            self.fields[name].widget.attrs["min"] = timezone.localdate().isoformat()
        self.giver = manager

    def clean(self) -> dict[str, Any]:
        """Dates in order, a deputy with school and end, trust roles for the whole trust only."""
        data = super().clean() or {}
        role, school = data.get("role"), data.get("school")
        starts, ends = data.get("starts"), data.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", "The last day is before the first. Pick a later one.")
        if role == Role.DEPUTY and not (school and ends):
            self.add_error("ends", "A deputy stands in at one school until a day: choose both.")
        if role in TRUST_ROLES and school:
            self.add_error("school", "This role is for the whole trust. Choose “The whole trust”.")
        if role == Role.EXTERNAL and not ends:
            self.add_error("ends", "Somebody from outside has a last day. Choose it.")
        if role and "school" not in self.errors:
            given = {"user": self.person(), "role": role, "school": school}
            for sentence in rules.may_grant(self.giver, **given, starts=starts, ends=ends):
                self.add_error(None, sentence)
        return data

    def person(self) -> User:
        """Who gets the role; somebody not yet known is a person of no number."""
        return User()


class RoleForm(_RoleFields):
    """A role for a person who has an account."""

    user = forms.ModelChoiceField(User.objects.none(), label="Who", empty_label="Choose a person")
    field_order = ("user", "role", "school", "starts", "ends")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = User.objects.filter(is_active=True)  # type: ignore[attr-defined]

    def person(self) -> User:
        """The chosen one."""
        return self.cleaned_data.get("user") or User()


class PersonForm(_RoleFields):
    """A new account with its first role."""

    name = forms.CharField(max_length=120, label="Name")
    email = forms.EmailField(label="E-mail", help_text="The invitation goes there.")
    job_title = forms.CharField(
        max_length=80, required=False, label="What they do", help_text="For example Year 4 teacher."
    )
    category = forms.ChoiceField(
        choices=User.Category.choices,
        initial=User.Category.EMPLOYEE,
        label="Category in the policy",
    )
    manager = forms.ModelChoiceField(
        User.objects.none(), required=False, label="Line manager", empty_label="Nobody named"
    )
    field_order = (
        "name",
        "email",
        "job_title",
        "category",
        "manager",
        "role",
        "school",
        "starts",
        "ends",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["manager"].queryset = User.objects.here()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Somebody from outside has a last day, whatever their role (R-021)."""
        data = super().clean()
        outside = data.get("category") == User.Category.THIRD_PARTY
        if outside and not data.get("ends") and "ends" not in self.errors:
            self.add_error("ends", "Somebody from outside has a last day. Choose it.")
        return data

    def clean_email(self) -> str:
        """An address belongs to one account."""
        email: str = self.cleaned_data["email"].lower()
        if User.objects.filter(email=email).exists():
            raise forms.ValidationError(
                "There is an account with this address already. Give that person a role instead."
            )
        return email


class AboutForm(forms.Form):
    """What is kept of a person with an account: exactly one category (R-020), who manages them,
    and the last day (R-021)."""

    job_title = forms.CharField(max_length=80, required=False, label="What they do")
    category = forms.ChoiceField(choices=User.Category.choices, label="Category in the policy")
    manager = forms.ModelChoiceField(
        User.objects.none(),
        required=False,
        label="Line manager",
        empty_label="Nobody named",
        help_text="Whom they ask when the policy says “ask your manager”.",
    )
    ends_on = forms.DateField(
        required=False,
        label="Last day",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="After it they cannot sign in. Somebody from outside needs one.",
    )

    def __init__(self, *args: Any, user: User, by: User, **kwargs: Any) -> None:
        kept = {name: getattr(user, name) for name in self.base_fields}
        kwargs["initial"] = kept
        super().__init__(*args, **kwargs)
        self.user, self.by = user, by
        manager = cast("forms.ModelChoiceField[User]", self.fields["manager"])
        manager.queryset = User.objects.here().exclude(pk=user.pk)

    def clean(self) -> dict[str, Any]:
        """What the rule says, at the form."""
        data = super().clean() or {}
        if not self.errors:
            for sentence in rules.may_change_person(self.by, self.user, **data):
                self.add_error(None, sentence)
        return data


class SchoolForm(forms.ModelForm):
    """What a school is called, and where its office is."""

    class Meta:
        model = School
        fields = ("name", "short_name", "kind", "office_email", "phone", "address")
        labels = {
            "short_name": "Short name",
            "kind": "What it is",
            "office_email": "The office’s e-mail",
            "phone": "The office’s phone number",
            "address": "The school’s address, in one line",
        }
        help_texts = {
            "short_name": "As people say it, for example Oak.",
            "phone": "The one on your website. Posts may hold it without a question.",
            "address": "The one on your website, with its postcode. Posts may hold it as well.",
        }


class TrustForm(forms.ModelForm):
    """The trust's own settings."""

    class Meta:
        model = Trust
        fields = ("name", "late_after_minutes", "by_hand_late_after_hours", "largest_photo_mib")
        labels = {
            "name": "Name of the trust",
            "late_after_minutes": "A post is too late after (minutes)",
            "by_hand_late_after_hours": "The same where a person posts it (hours)",
            "largest_photo_mib": "Largest photo (MB)",
        }
        help_texts = {
            "late_after_minutes": "Later than this it is not sent: it goes back "
            "to whoever confirms posts.",
            "by_hand_late_after_hours": "",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (least, most) in _LIMITS.items():
            field = cast("forms.IntegerField", self.fields[name])
            field.validators += [MinValueValidator(least), MaxValueValidator(most)]
            field.widget.attrs |= {"min": least, "max": most}
