"""What a Head can say."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any, cast

from django import forms

from approvals.rules import LONGEST_ANSWER, NOT_CONFIRMED
from policy.findings import Finding
from policy.models import Channel, Rule
from policy.rulebook import Rulebook


class ApproveForm(forms.Form):
    """Approve for all channels or some, having looked at each photo.

    `digest` is that of the page: an approval of anything but what was shown is refused.
    """

    digest = forms.CharField(widget=forms.HiddenInput)
    channels = forms.ModelMultipleChoiceField(
        Channel.objects.none(), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(
        self,
        *args: Any,
        channels: list[Channel],
        photos: list[int],
        confirms: Sequence[str] = (),
        asked: Sequence[Finding] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        self.photos, self.offered, self.confirms = photos, channels, confirms
        field = cast("forms.ModelMultipleChoiceField[Channel]", self.fields["channels"])
        field.queryset = Channel.objects.filter(pk__in=[c.pk for c in channels])
        for number, picture in enumerate(photos, 1):
            self.fields[f"looked_{picture}"] = forms.BooleanField(
                error_messages={"required": f"Look at photo {number} first, then tick it."}
            )

        for words in confirms:
            self.fields[confirm_field(words)] = forms.BooleanField(
                error_messages={"required": NOT_CONFIRMED}
            )
        for finding in asked:
            # Whether an answer is needed depends on the channels; the verb asks that.
            self.fields[note_field(finding)] = forms.CharField(
                required=False,
                max_length=LONGEST_ANSWER,
                label="Your note",
                widget=forms.Textarea(attrs={"rows": 2, "class": "form-control", "form": "decide"}),
            )

    def clean_channels(self) -> list[Channel]:
        """Those ticked, or every one when the button for all of them was pressed."""
        if "all" in self.data:
            return self.offered
        chosen = list(self.cleaned_data["channels"])
        if not chosen:
            raise forms.ValidationError("Choose at least one channel to approve.")
        return chosen

    @property
    def ticked(self) -> set[int]:
        """The photos ticked so far, to be kept when something else was missing."""
        return {pk for pk in self.photos if self.data.get(f"looked_{pk}")}

    @property
    def to_confirm(self) -> list[tuple[str, str, bool]]:
        """Each sentence with the name of its box and whether it is ticked."""
        named = [(confirm_field(words), words) for words in self.confirms]
        return [(name, words, bool(self.data.get(name))) for name, words in named]

    @property
    def confirmed(self) -> list[str]:
        """The sentences that are ticked."""
        return [words for _, words, ticked in self.to_confirm if ticked]

    @property
    def notes(self) -> dict[str, str]:
        """What the Head says to each warning, by its key."""
        return {f.key: self.cleaned_data.get(note_field(f), "") for f in self.asked}

    @property
    def unticked(self) -> set[int]:
        """Channels the Head took out, to be kept when something else was missing."""
        if not self.is_bound or "all" in self.data:
            return set()
        sent = set(self.data.getlist("channels")) if hasattr(self.data, "getlist") else set()
        return {c.pk for c in self.offered if str(c.pk) not in sent}


def confirm_field(words: str) -> str:
    """The name of the box of one sentence: a tick counts for that sentence alone."""
    return f"confirm_{sha256(words.encode()).hexdigest()[:12]}"


def note_field(finding: Finding) -> str:
    """The name of the field for one warning."""
    return f"note_{sha256(finding.key.encode()).hexdigest()[:12]}"


class AnswerForm(forms.Form):
    """Return or decline, with a reason in words and, if one fits, the clause meant."""

    reason = forms.CharField(
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"}),
        error_messages={"required": "Write what should change, so that it can be mended."},
    )
    clause = forms.ChoiceField(required=False, widget=forms.Select(attrs={"class": "form-select"}))

    def __init__(self, *args: Any, book: Rulebook, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.book = book
        rules = [r for r in book.rules.values() if r.on and r.source == Rule.Source.CLAUSE]
        field = cast(forms.ChoiceField, self.fields["clause"])
        field.choices = [("", "None of these"), *((r.key, _named(r)) for r in rules)]

    def reference(self) -> str:
        """The clause chosen, as it is cited; empty when none was."""
        rule = self.book.rules.get(self.cleaned_data["clause"])
        return rule.reference if rule else ""


def _named(rule: Rule) -> str:
    return f"{rule.reference}: {rule.title}"
