"""Forms about channels and their connections."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.text import capfirst

from policy.models import Channel, Platform
from posts.errors import NotPossible
from publishing.connecting import must_be_a_roles
from publishing.profiles import LINES
from schools.models import School, User
from schools.roles import Permission


class ChannelForm(forms.ModelForm):
    """An official account or page of a school. Never a personal profile (failure 35)."""

    class Meta:
        model = Channel
        fields = ("school", "platform", "name", "address", "mailbox", "way")
        labels = {
            "name": "The account’s own name",
            "address": "Where the public finds it",
            "mailbox": "Mailbox it is registered with",
            "way": "How a post gets there",
        }
        help_texts = {
            "name": "As it stands on the account, for example Oak Primary School.",
            "address": "Its web address. Leave this out for GoLive’s own news page.",
            "mailbox": "One that belongs to a role, for example news@ or office@; nobody’s own.",
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        schools = cast("forms.ModelChoiceField[School]", self.fields["school"])
        schools.queryset = School.objects.where(user, Permission.CHANNEL_CONNECT)
        schools.empty_label = "Choose a school"
        platforms = cast("forms.ModelChoiceField[Platform]", self.fields["platform"])
        platforms.queryset = Platform.objects.filter(is_retired=False)
        platforms.empty_label = "Choose a platform"
        ways = [(way.value, capfirst(way.label)) for way in Channel.Way]
        cast("forms.ChoiceField", self.fields["way"]).choices = ways

    def clean(self) -> dict[str, Any]:
        """The news page is GoLive's own; only a website can be a WordPress; no account hangs on one
        person's mailbox."""
        data = super().clean() or {}
        platform, way = data.get("platform"), data.get("way")
        if platform and way == Channel.Way.NEWS_PAGE and platform.key != "news":
            self.add_error("way", "Only the news page is GoLive’s own. Choose another way.")
        if platform and way == Channel.Way.WORDPRESS and platform.key != "website":
            self.add_error("way", "Only a school website can be a WordPress. Choose another way.")
        if platform and platform.key == "news" and way != Channel.Way.NEWS_PAGE:
            self.add_error("way", "The news page is GoLive’s own. Choose that way.")
        try:
            must_be_a_roles(data.get("mailbox", ""))
        except NotPossible as error:
            self.add_error("mailbox", str(error))
        return data


class MailboxForm(forms.Form):
    """With which mailbox an account is registered (R-046)."""

    mailbox = forms.EmailField(
        label="Mailbox it is registered with",
        help_text="One that belongs to a role, for example news@ or office@; nobody’s own.",
    )


class ProfileForm(forms.Form):
    """What is true of an account's profile (R-094). Every line is asked for by the verb."""

    said = forms.MultipleChoiceField(choices=list(LINES.items()), required=False)
    note = forms.CharField(label="Note", max_length=500, required=False)


class ConnectionForm(forms.Form):
    """Address, user name and application password. The password is never shown again."""

    base_url = forms.URLField(
        label="Address of the website",
        assume_scheme="https",
        help_text="For example https://www.oakprimary.example",
    )
    username = forms.CharField(
        max_length=120,
        label="User name on the website",
        help_text="An author’s account, not an administrator’s.",
    )
    secret = forms.CharField(
        max_length=200,
        label="Application password",
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text="Made on the website under Users, Profile, Application passwords. "
        "Never anybody’s own password.",
    )


class GrantForm(forms.Form):
    """Who may release to a channel, from today (protocol 6)."""

    user = forms.ModelChoiceField(User.objects.none(), label="Who", empty_label="Choose a person")

    def __init__(self, *args: Any, channel: Channel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        users = cast("forms.ModelChoiceField[User]", self.fields["user"])
        users.queryset = User.objects.who_may(Permission.POST_RELEASE, channel.school)
