"""Forms about the rules of the next version: one of them, and a clause of the trust's own."""

from __future__ import annotations

from typing import Any

from django import forms

from policy.forms.versions import Many, in_order
from policy.models import OWN_MODES, Rule
from policy.naming import PLACES_SAID
from policy.terms import APPROVER, AUTHOR
from schools.roles import Role

_OWN_MODES = [(mode.value, mode.label) for mode in OWN_MODES]


class RuleForm(forms.ModelForm):
    """One rule. Whether it would fall below the floor is asked by the verb."""

    mode = forms.ChoiceField(label="What it does", choices=Rule.Mode.choices)
    roles = Many(
        required=False,
        label="Who mends it or acts",
        choices=[(AUTHOR, "The author"), (APPROVER, "Whoever confirms posts"), *Role.choices],
    )
    shown = Many(
        required=False,
        label="Where it stands, besides the page of the policy",
        choices=list(PLACES_SAID.items()),
    )

    class Meta:
        model = Rule
        fields = ("on", "mode", "title", "reference", "text", "roles", "shown")
        labels = {
            "on": "In use",
            "reference": "Clause",
            "text": "What it asks",
        }
        help_texts = {"reference": "Where it stands in the document, for example “Protocol 1”."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.is_own:
            self.fields["mode"].choices = _OWN_MODES  # type: ignore[attr-defined]
        if self.instance.source == Rule.Source.FLOOR:
            for name in ("title", "reference", "text"):
                self.fields[name].disabled = True
                self.fields[name].help_text = "The floor’s own, the same in every trust."

    def clean_roles(self) -> list[str]:
        """In the order they had."""
        return in_order(self.cleaned_data["roles"], self.instance.roles)

    def clean_shown(self) -> list[str]:
        """In the order they had."""
        return in_order(self.cleaned_data["shown"], self.instance.shown)


class ClauseForm(forms.Form):
    """A clause of the trust's own, beside those of the policy it came from."""

    title = forms.CharField(label="What it is called", max_length=120)
    reference = forms.CharField(
        label="Clause",
        max_length=80,
        help_text="Where it stands in the document, for example “Protocol 8”.",
    )
    text = forms.CharField(label="What it asks", widget=forms.Textarea(attrs={"rows": 4}))
    mode = forms.ChoiceField(
        label="What it does",
        choices=_OWN_MODES,
        help_text="GoLive shows it and keeps that it was shown. It checks nothing by itself.",
    )
    shown = Many(
        required=False,
        label="Where it stands, besides the page of the policy",
        choices=list(PLACES_SAID.items()),
    )
