"""What the owner says of a platform."""

from __future__ import annotations

from django import forms

from policy.platforms import COLOURS, About


class PlatformForm(forms.Form):
    """A platform: what parents read of it, how it looks here, and what a post there can be."""

    name = forms.CharField(max_length=40, label="What it is called")
    what_it_is = forms.CharField(
        max_length=200,
        label="What it is",
        help_text="Parents read this. For example: A social network. Anyone can see the page.",
    )
    letter = forms.CharField(
        max_length=2, label="Letter for its sign", help_text="One or two letters."
    )
    colour = forms.ChoiceField(choices=list(COLOURS.items()), label="Colour of its sign")
    longest = forms.IntegerField(
        min_value=1, max_value=100_000, initial=2000, label="Longest text, in characters"
    )
    photos = forms.IntegerField(
        min_value=0, max_value=50, initial=10, label="Most photos in a post"
    )
    needs_photo = forms.BooleanField(required=False, label="A post there needs a photo")
    host = forms.CharField(
        required=False,
        max_length=120,
        label="Where its posts stand",
        help_text="The address of the site, for example newbook.com. Whoever posts by hand pastes "
        "the link of the post, and it is looked at whether it leads there.",
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        own = self.initial.get("colour")
        if own and own not in COLOURS:
            colours = [(own, "As it is"), *COLOURS.items()]
            self.fields["colour"].choices = colours  # type: ignore[attr-defined]

    def about(self) -> About:
        """What was said."""
        return About(**self.cleaned_data)
