"""The draft form: everything the composer's page can say, kept whole even when it is wrong."""

from __future__ import annotations

import secrets
from datetime import date, datetime, time
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from consents.words import joined
from policy.models import Channel, Purpose
from policy.people import openness
from policy.rulebook import Rulebook
from posts import audiences
from posts.actions import Words
from posts.models import Picture
from posts.whole import WholePost
from schools.clock import noun
from schools.models import School, User
from schools.roles import Permission


class ManyFiles(forms.ClearableFileInput):
    """A file input that takes several photos at once."""

    allow_multiple_selected = True


class ManyPhotos(forms.FileField):
    """Several uploaded files. Their content is looked at later: one bad file, even an empty one,
    must not cost the others."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """A list, whether none, one or many were chosen."""
        files = data if isinstance(data, list | tuple) else [data] if data else []
        return [cast(UploadedFile, super(ManyPhotos, self).clean(f, initial)) for f in files]


class Measured(forms.CharField):
    """Words with a longest length. Nothing typed or pasted is cut off: what is too long comes back
    whole, with by how much. A `max_length` would have the browser cut it silently."""

    def __init__(self, *, most: int, called: str, **kwargs: Any) -> None:
        self.most, self.called = most, called
        super().__init__(required=False, **kwargs)

    def validate(self, value: str) -> None:
        """Says how much too long."""
        super().validate(value)
        over = len(value) - self.most
        if over > 0:
            raise forms.ValidationError(
                f"{self.called} is {noun(over, 'character', 'characters')} too long: "
                f"{len(value):,} of {self.most:,}. All of it is still here."
            )


class NewPostForm(forms.Form):
    """Which school is it for?"""

    school = forms.ModelChoiceField(
        School.objects.none(),
        empty_label=None,
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[School]", self.fields["school"])
        field.queryset = School.objects.where(user, Permission.POST_DRAFT)


class ReminderForm(forms.Form):
    """Ask for a reminder or update for parents (protocol 4)."""

    school = forms.ModelChoiceField(
        School.objects.none(),
        empty_label=None,
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    title = forms.CharField(max_length=120, label="What it is about")
    text = forms.CharField(
        max_length=4_000, label="What it should say", widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[School]", self.fields["school"])
        field.queryset = School.objects.where(user, Permission.POST_DRAFT)


class DraftForm(forms.Form):
    """Title, words, purpose, channels with own words, when, alt texts, and new photos."""

    NOW, LATER = "now", "later"

    title = Measured(most=120, called="The title", label="Title, shown on the news page")
    text = Measured(
        most=10_000,
        called="The text",
        label="For every channel",
        strip=True,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    purpose = forms.ModelChoiceField(
        Purpose.objects.none(), required=False, empty_label=None, widget=forms.RadioSelect
    )
    owned_by = forms.ModelChoiceField(
        User.objects.none(),
        required=False,
        label="Who is responsible for it?",
        empty_label="Choose who",
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    channels = forms.ModelMultipleChoiceField(
        Channel.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    when = forms.ChoiceField(
        choices=[(NOW, "As soon as it is approved"), (LATER, "At a time")],
        required=False,
        widget=forms.RadioSelect,
    )
    on_day = forms.DateField(
        required=False,
        label="Day",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    at_time = forms.TimeField(
        required=False, label="Time", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    photos = ManyPhotos(required=False, allow_empty_file=True)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    # Tells this page's own saves from those of another tab or device.
    page = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    # Counts this page's saves, so that one the network held up does not undo the next.
    turn = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    # "Keep mine": the revision that was shown beside it.
    over = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, whole: WholePost, book: Rulebook, **kwargs: Any) -> None:
        self.whole, self.post = whole, whole.post
        kwargs.setdefault("initial", _initial(whole))
        super().__init__(*args, **kwargs)
        self.open = openness(self.post.author, self.post.school_id, book)
        ours = Channel.objects.usable().filter(school=self.post.school)
        # What was chosen before it was closed stays there, to be taken out by a press.
        chosen = {channel.pk for channel in whole.channels}
        every = list(ours.select_related("platform"))
        self.usable = [c for c in every if self.open.is_open(c) or c.pk in chosen]
        self.closed = [c for c in every if not self.open.is_open(c)]
        purposes = [p for p in book.purposes() if self._is_open(p)]
        self._limit("purpose", Purpose.objects.filter(pk__in=[p.pk for p in purposes]))
        self._limit(
            "owned_by", User.objects.who_may(Permission.POST_OWN_REMINDER, self.post.school)
        )
        if asked := audiences.choices(book, self.post):
            self.fields["audience"] = _audience(asked)
        self._limit("channels", ours.filter(pk__in=[c.pk for c in self.usable]))
        for channel in self.usable:
            self.fields[f"own_{channel.pk}"] = Measured(
                most=10_000,
                called=f"The text for {channel.platform.name}",
                label=f"Words for {channel.platform.name}",
                widget=forms.Textarea(attrs={"rows": 3}),
            )
        for number, picture in enumerate(whole.pictures, 1):
            self.fields[f"alt_{picture.pk}"] = Measured(
                most=1_000,
                called=f"The alt text of photo {number}",
                label=f"Alt text of photo {number}",
                widget=forms.Textarea(attrs={"rows": 2}),
            )
            self.fields[f"decorative_{picture.pk}"] = forms.BooleanField(
                required=False, label="Only decoration"
            )

    def _is_open(self, purpose: Purpose) -> bool:
        return self.open.allows_purpose(purpose.key) or purpose == self.post.purpose

    @property
    def may_schedule(self) -> bool:
        """Can a time be chosen? One that stands already can be taken out."""
        return self.open.may_schedule or self.post.goes_out_at is not None

    @property
    def why_closed(self) -> list[str]:
        """What is not offered here, and why."""
        limited = [c.platform.name for c in self.closed if self.open.is_restricted(c)]
        ungranted = [c.platform.name for c in self.closed if not self.open.is_restricted(c)]
        said = []
        if limited:
            said.append(f"A Head has closed {joined(limited)} to posts by {self.post.author.name}.")
        if ungranted:
            said.append(
                f"{self.post.author.name} needs a manager’s consent to use {joined(ungranted)}."
            )
        return said

    def _limit(self, name: str, queryset: Any) -> None:
        cast("forms.ModelChoiceField[Any]", self.fields[name]).queryset = queryset

    def clean(self) -> dict[str, Any]:
        """A time needs a day and must exist once: when the clocks go forward an hour is missing,
        and when they go back one comes twice."""
        data = super().clean() or {}
        data["goes_out_at"] = None
        if data.get("when") == self.LATER:
            day, clock = data.get("on_day"), data.get("at_time")
            if day is None or clock is None:
                if "on_day" not in self.errors and "at_time" not in self.errors:
                    self.add_error("at_time", "Pick a day and a time.")
            else:
                data["goes_out_at"] = self._moment(day, clock)
        return data

    def _moment(self, day: date, clock: time) -> datetime | None:
        naive = datetime.combine(day, clock)
        moment = naive.replace(tzinfo=timezone.get_default_timezone())
        back = timezone.localtime(moment.astimezone(timezone.get_fixed_timezone(0)))
        if back.replace(tzinfo=None) != naive:
            self.add_error(
                "at_time",
                "The clocks go forward then, so that time does not exist. Pick an hour later.",
            )
            return None
        if moment.utcoffset() != moment.replace(fold=1).utcoffset():
            self.add_error(
                "at_time",
                "The clocks go back then, so that time comes twice. Pick an hour earlier or later.",
            )
            return None
        return moment

    def words(self) -> Words:
        """What was said, as the action takes it."""
        data = self.cleaned_data
        purpose = data["purpose"]
        return Words(
            title=data["title"],
            text=data["text"],
            purpose=purpose,
            owned_by=data["owned_by"] if purpose is not None and purpose.is_update else None,
            goes_out_at=data["goes_out_at"],
            channels=list(data["channels"]),
            audience=data.get("audience") if "audience" in self.data else None,
            own_words={
                c.pk: data.get(name, "")
                for c in self.usable
                if (name := f"own_{c.pk}") in self.data
            },
        )

    def descriptions(self) -> list[tuple[Picture, str, bool]]:
        """Each photo's alt text and whether it only decorates. A photo that the page did not know
        yet, or no longer, keeps what is said of it."""
        return [
            (
                p,
                self.cleaned_data.get(f"alt_{p.pk}", ""),
                bool(self.cleaned_data.get(f"decorative_{p.pk}")),
            )
            for p in self.whole.pictures
            if f"alt_{p.pk}" in self.data
        ]


def _audience(asked: list[tuple[str, str]]) -> forms.ChoiceField:
    select = forms.Select(attrs={"class": "form-select live"})
    return forms.ChoiceField(
        required=False, label="Whom it is for, if you like", choices=asked, widget=select
    )


def _initial(whole: WholePost) -> dict[str, Any]:
    post = whole.post
    when = timezone.localtime(post.goes_out_at) if post.goes_out_at else None
    found: dict[str, Any] = {
        "title": post.title,
        "text": post.text,
        "purpose": post.purpose,
        "owned_by": post.owned_by,
        "audience": post.audience,
        "channels": [channel.pk for channel in whole.channels],
        "when": DraftForm.LATER if when else DraftForm.NOW,
        "on_day": when.date() if when else None,
        "at_time": when.time() if when else None,
        "revision": post.revision,
        "page": secrets.token_urlsafe(9),
    }
    found |= {f"own_{w.channel_id}": w.text for w in whole.wordings}
    found |= {f"alt_{p.pk}": p.alt_text for p in whole.pictures}
    found |= {f"decorative_{p.pk}": p.is_decorative for p in whole.pictures}
    return found
