"""What a page can say of where photos come from."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from policy.models import Device, Logo
from policy.rulebook import Rulebook
from posts.models import Picture
from posts.origins.actions import Said, last_device, usable_devices
from posts.origins.rules import device_asked
from posts.spoken import visibility
from schools.models import User

_SELECT = {"class": "form-select"}
_NO_LOGO, _OTHER = "", str(Picture.LogoShown.OTHER)
_SEEN = [("", "Nobody has said yet"), ("yes", "Yes"), ("no", "No")]
_FACE = {None: "", True: "yes", False: "no"}


def device_choices(devices: list[Device], book: Rulebook) -> list[tuple[str, str]]:
    """What a photo was taken with: devices by name, or their kind where that is all the policy
    wants written down (R-124)."""
    if device_asked(book):
        return [(f"device:{device.pk}", device.called) for device in devices]
    return [(f"kind:{kind.value}", str(kind.label)) for kind in Picture.Kind]


def chosen(value: str, devices: list[Device], book: Rulebook) -> tuple[Device | None, str]:
    """The device or the kind that such a choice says; nothing for anything that is not offered."""
    if value not in dict(device_choices(devices, book)):
        return None, ""
    what, _, which = value.partition(":")
    if what == "kind":
        return None, which
    return next(d for d in devices if str(d.pk) == which), ""


class OriginForm(forms.Form):
    """Where one photo comes from, what took it, and what it shows besides people."""

    rights = forms.ChoiceField(
        choices=Picture.Rights.choices,
        required=False,
        label="Why may we use it?",
        widget=forms.RadioSelect,
    )
    taken_with = forms.ChoiceField(
        required=False, label="What was it taken with?", widget=forms.Select(attrs=_SELECT)
    )
    evidence = forms.CharField(
        max_length=300,
        required=False,
        label="Where its permission or licence stands",
        help_text="Only where it is not ours: for example the web page, or whose mail of which "
        "day. It stays here.",
    )
    credit = forms.CharField(
        max_length=120,
        required=False,
        label="Whom to name",
        help_text="Published under the words, for example Jane Roe, CC BY 4.0.",
    )
    altered = forms.ChoiceField(
        choices=[("", "No, or only cropped or made lighter"), *Picture.Altered.choices],
        required=False,
        label="Was it changed?",
        widget=forms.Select(attrs=_SELECT),
    )
    shows_logo = forms.ChoiceField(
        required=False, label="Is a logo of ours in it?", widget=forms.Select(attrs=_SELECT)
    )
    has_document = forms.BooleanField(
        required=False, label="A confidential or internal document can be seen in it"
    )
    face = forms.ChoiceField(
        choices=_SEEN,
        required=False,
        label="Can a face be clearly seen?",
        widget=forms.Select(attrs=_SELECT),
    )

    def __init__(
        self, *args: Any, picture: Picture, book: Rulebook, user: User, **kwargs: Any
    ) -> None:
        self.book = book
        self.devices = _devices(picture)
        post = picture.post
        self.logos = list(
            Logo.objects.usable_at(post.school_id) | Logo.objects.filter(pk=picture.logo_id or 0)
        )
        kwargs.setdefault("initial", _initial(picture, last_device(user)))
        super().__init__(*args, **kwargs)
        self.fields["face"].help_text = visibility(list(picture.found.all()))
        offered = [("", "Nothing chosen yet"), *device_choices(self.devices, book)]
        cast("forms.ChoiceField", self.fields["taken_with"]).choices = offered
        library = [(f"logo:{logo.pk}", f"Yes: {logo.name}") for logo in self.logos]
        cast("forms.ChoiceField", self.fields["shows_logo"]).choices = [
            (_NO_LOGO, "No"),
            *library,
            (_OTHER, "Yes, one that is not in the brand library"),
        ]

    def said(self) -> Said:
        """As the verb takes it."""
        data = self.cleaned_data
        device, kind = chosen(data["taken_with"], self.devices, self.book)
        logo = next((x for x in self.logos if f"logo:{x.pk}" == data["shows_logo"]), None)
        shown = Picture.LogoShown.LIBRARY if logo else data["shows_logo"]
        return Said(
            rights=data["rights"],
            evidence=data["evidence"],
            credit=data["credit"],
            device=device,
            device_kind=kind,
            altered=data["altered"],
            logo_shown=shown,
            logo=logo,
            has_document=data["has_document"],
            face_clear={"yes": True, "no": False}.get(data["face"]),
        )


def _devices(picture: Picture) -> list[Device]:
    """Those in use, and the one it was said to be, should that be in use no longer."""
    usable = usable_devices(picture.post)
    kept = Device.objects.filter(pk=picture.device_id or 0).select_related("owner")
    return list(dict.fromkeys([*usable, *kept]))


def _initial(picture: Picture, last: int | None) -> dict[str, Any]:
    """As it was said. The device named last stands there as a proposal for a photo of which
    nothing is said yet; whose it is, is never proposed."""
    device = picture.device_id or (None if picture.rights else last)
    taken_with = f"device:{device}" if device else f"kind:{picture.device_kind}"
    return {
        "rights": picture.rights,
        "taken_with": taken_with,
        "evidence": picture.evidence,
        "credit": picture.credit,
        "altered": picture.altered,
        "shows_logo": f"logo:{picture.logo_id}" if picture.logo_id else picture.logo_shown,
        "has_document": picture.has_document,
        "face": _FACE[picture.face_clear],
    }
