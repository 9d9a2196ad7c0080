"""Everything a component can show, with invented people, for one page that browsers look at."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace as Thing
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row, Submit
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory

from policy.findings import Finding, Mode, Way
from posts.lifecycle import State
from publishing.lifecycle import DeliveryState

HERE = Path(__file__).parent
NOW = datetime.now(UTC)
PICTURE = "/static/picture.svg"


class EveryField(forms.Form):
    """One field of each kind that the program uses."""

    title = forms.CharField(help_text="Shown on the news page.")
    words = forms.CharField(widget=forms.Textarea, required=False)
    mail = forms.EmailField()
    secret = forms.CharField(widget=forms.PasswordInput, label="Password")
    link = forms.URLField(assume_scheme="https", required=False)
    number = forms.IntegerField(required=False)
    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    hour = forms.TimeField(widget=forms.TimeInput(attrs={"type": "time"}), required=False)
    school = forms.ChoiceField(choices=[("oak", "Oak"), ("elm", "Elm")])
    schools = forms.MultipleChoiceField(choices=[("oak", "Oak"), ("elm", "Elm")], required=False)
    purpose = forms.ChoiceField(choices=[("a", "News"), ("b", "Update")], widget=forms.RadioSelect)
    channels = forms.MultipleChoiceField(
        choices=[("fb", "Facebook"), ("x", "X")], widget=forms.CheckboxSelectMultiple
    )
    looked = forms.BooleanField(label="I looked at the whole photo", help_text="All of it.")
    file = forms.FileField(label="The file")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        rest = [name for name in self.fields if name not in {"title", "mail"}]
        self.helper.layout = Layout(Row(Column("title"), Column("mail")), *rest)
        self.helper.add_input(Submit("go", "Keep these"))

    def clean(self) -> dict[str, Any]:
        """Whatever is typed, something about the whole form is wrong."""
        raise forms.ValidationError("Two things here do not fit together.")


def _state(value: State | DeliveryState) -> Thing:
    return Thing(state=value.value, get_state_display=lambda: value.label)


def _person(label: str, detail: str, kind: str, channels: list[Thing], answers: str) -> Thing:
    marks = [
        Thing(channel=c, shown=a != "-", permitted=a == "y")
        for c, a in zip(channels, answers, strict=False)
    ]
    return Thing(label=label, detail=detail, kind=kind, marks=marks)


def _channels(names: str) -> list[Thing]:
    return [Thing(platform=Thing(name=n, letter=n[0], colour="#1f5fb8")) for n in names.split(",")]


def _people(channels: list[Thing], times: int = 1) -> list[Thing]:
    return [
        _person("Ife A.", "4 Birch", "child", channels, "yy-" * times),
        _person(
            "Amira Oluwaseun-Featherstonehaugh K.", "4 Birch", "child", channels, "yny" * times
        ),
        _person("Ben Hale", "", "adult", channels, "yyy" * times),
        _person("Jack M.", "named in the words", "named", channels, "yny" * times),
        _person("Somebody who cannot be identified", "", "unidentifiable", channels, ""),
    ]


def _findings() -> list[Finding]:
    out = Way(
        "Leave photo 1 out on Instagram", "leave_out", "It shows photos 2 and 3", (("p", "1"),)
    )
    ways = (out, Way("Drop Instagram", "drop", "3 channels stay"), Way("Ask the parents", "ask"))
    clause = "Protocol 1"
    return [
        Finding("a", clause, Mode.BLOCK, "Amira K. cannot be shown on Instagram.", ways=ways),
        Finding(
            "b", "Protocol 2", Mode.WARN, "“all week” can tell when a class is where.", "The author"
        ),
        Finding("c", clause, Mode.NOTE, "Photo 3 is still being prepared.", title="permission"),
    ]


def _events() -> list[dict[str, Any]]:
    return [
        {"at": NOW - timedelta(days=9), "text": "Tessa Marlow began it"},
        {
            "at": NOW - timedelta(days=2),
            "text": "Hana Okafor returned it",
            "tone": "back",
            "quote": "Lovely work. One comma is missing.",
            "quote_note": "About the words",
            "links": [{"label": "See what she saw", "url": "/"}],
        },
        {"text": "With Hana Okafor now", "detail": "She was told at 11:42", "tone": "now"},
        {"at": NOW + timedelta(days=1), "text": "Goes out, if approved", "tone": "next"},
    ]


def context() -> dict[str, Any]:
    """What the gallery's template needs; also signed in, with a full top bar."""
    channels, wide = (
        _channels("Facebook,News page,X"),
        _channels("Facebook,News page,X,Bluesky,TikTok"),
    )
    form = EveryField({"title": "x", "mail": "not a mail", "school": "oak"})
    half = {"width": 0.14, "height": 0.24}
    return {
        "user": Thing(is_authenticated=True, name="Hana Okafor", role_line="Head of Oak"),
        "unread": 3,
        "nav": [
            Thing(label=label, url="/", count=count, current=count == 3)
            for label, count in (
                ("Approvals", 3),
                ("My posts", 0),
                ("Oak’s posts", 0),
                ("Staff", 0),
            )
        ],
        "messages": [
            _Message(tag, f"{tag.title()}: the post goes out at 15:30.")
            for tag in ("success", "info", "warning", "error")
        ],
        "csrf_token": "token",
        "request": RequestFactory().get("/gallery/?page=2"),
        "posts": [_state(s) for s in (*State, *DeliveryState)],
        "pairs": {"picture": 3},
        "found": _findings(),
        "channels": channels,
        "people": _people(channels),
        "channels_wide": wide,
        "people_wide": _people(wide, 2),
        "picture": PICTURE,
        "boxes": [
            {
                "left": 0.1,
                "top": 0.4,
                "number": 1,
                "href": "#f1",
                "label": "Face 1, Ife A.",
                **half,
            },
            {
                "left": 0.4,
                "top": 0.3,
                "number": 2,
                "href": "#f2",
                "label": "Face 2",
                "kind": "open",
                **half,
            },
            {
                "left": 0.8,
                "top": 0.5,
                "number": 3,
                "href": "#f3",
                "label": "Face 3",
                "kind": "drawn",
                **half,
            },
        ],
        "events": _events(),
        "results": [
            {"value": 1, "text": "Amira Khan", "note": "4 Birch"},
            {"value": 2, "text": "Amelia Doyle", "note": "4 Birch", "taken": True},
        ],
        "form": form,
        "page": Paginator(range(60), 25).page(2),
        "platform": channels[0].platform,
        "rows": [("She sees", "exactly this"), ("You can", "take it back until then")],
        "chips": [
            {"label": "Facebook", "url": "/", "note": "2 photos", "current": True},
            {"label": "News page", "url": "/", "note": "2 photos"},
            {"label": "X", "url": "/", "note": 0},
        ],
    }


class _Message:
    def __init__(self, tags: str, words: str) -> None:
        self.tags, self.words = tags, words

    def __str__(self) -> str:
        return self.words


def render() -> str:
    """The gallery as HTML."""
    source = (HERE / "gallery.html").read_text()
    return engines["django"].from_string(source).render(context())
