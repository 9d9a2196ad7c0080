"""What the office writes down when somebody takes a yes back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, cast

from django import forms

from consents.models import Child, Guardianship, Kind, Parent, Way
from consents.panels import Withdrawal
from consents.withdrawing import Square, all_asked, said_yes
from policy.models import Platform

EVERYTHING, THE_PUPIL, THE_SCHOOL = "all", "pupil", "school"
_EVERYTHING = "Everything, everywhere"
_GONE = "That yes does not stand any more. Look at the table above, and choose again."


class WithdrawForm(forms.Form):
    """What is taken back and how it was said; the button that is pressed says by whom. Nothing is
    chosen beforehand, so that nothing is written down that nobody said. Without any yes there is
    only the school's own stop, of everything."""

    what = forms.ChoiceField(
        label="What is taken back",
        error_messages={"required": "Choose what is taken back.", "invalid_choice": _GONE},
    )
    way = forms.ChoiceField(
        choices=[(w.value, w.label) for w in (Way.PHONE, Way.IN_PERSON, Way.PAPER)],
        widget=forms.RadioSelect,
        required=False,
        label="How they said it",
    )
    who = forms.ChoiceField(
        error_messages={
            "required": "Press the name of whoever says so.",
            "invalid_choice": "That person is not recorded for this pupil.",
        },
    )

    def __init__(
        self,
        data: Any = None,
        *,
        child: Child,
        yeses: Sequence[tuple[Platform, Sequence[str]]],
        guardians: Collection[Guardianship],
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, auto_id="wd_%s", initial=initial)
        self.child, self.yeses = child, yeses
        self.guardians = sorted(guardians, key=lambda g: not g.is_entitled())
        whole = [(str(p.pk), f"Everything on {p.name}") for p, _ in yeses]
        single = [
            (f"{p.pk}:{kind}", f"{Kind(kind).label} on {p.name}")
            for p, kinds in yeses
            for kind in kinds
        ]
        every = [(EVERYTHING, _EVERYTHING)]
        choices = [("", "Choose"), *every, ("One platform", whole), ("One thing", single)]
        cast(forms.ChoiceField, self.fields["what"]).choices = choices
        people = [(str(g.parent_id), g.parent.full_name) for g in self.guardians]
        fixed = [(THE_PUPIL, self.child.known_as), (THE_SCHOOL, "the school")]
        cast(forms.ChoiceField, self.fields["who"]).choices = [*people, *fixed]

    def clean(self) -> dict[str, Any]:
        """Whoever says something says it in some way; the school's own stop is said by nobody."""
        data = super().clean() or {}
        if data.get("who") not in {None, THE_SCHOOL} and not data.get("way"):
            self.add_error("way", "Choose how they said it.")
        return data

    @property
    def is_by_school(self) -> bool:
        """Is it the school's own stop?"""
        return bool(self.cleaned_data["who"] == THE_SCHOOL)

    def squares(self) -> list[Square]:
        """Which of the yeses that stand."""
        what = self.cleaned_data["what"]
        if what == EVERYTHING and self.is_by_school:
            # Whatever a family says meanwhile, also to what nobody has answered yet.
            return [(p, kind) for p in all_asked() for kind in Kind.values]
        if what == EVERYTHING:
            # Also a yes that another's no stands against: it must not come back by itself.
            every = [(p, str(kind)) for p, kinds in self.yeses for kind in kinds]
            return list(dict.fromkeys([*every, *said_yes(self.child)]))
        return self._named(what)

    def _named(self, what: str) -> list[Square]:
        """Those of one platform, or one kind there; none where that names neither."""
        platform, _, kind = what.partition(":")
        every = [(p, str(k)) for p, kinds in self.yeses for k in kinds]
        return [(p, k) for p, k in every if str(p.pk) == platform and kind in ("", k)]

    @property
    def foretold(self) -> Withdrawal:
        """What is chosen so far, to say beforehand what it stops. Until then it is everything."""
        chosen = self._named(str(self["what"].value() or ""))
        if not chosen:
            return Withdrawal((self.child,))
        platforms = frozenset(platform.pk for platform, _ in chosen)
        return Withdrawal((self.child,), (), platforms, frozenset(kind for _, kind in chosen))

    @property
    def chosen(self) -> str:
        """What is chosen so far, as the list calls it; empty before."""
        what = str(self["what"].value() or "")
        if what == EVERYTHING:
            return _EVERYTHING
        chosen = self._named(what)
        if not chosen:
            return ""
        platform, kind = chosen[0]
        return f"{Kind(kind).label if ':' in what else 'Everything'} on {platform.name}"

    def giver_fields(self) -> dict[str, Any]:
        """`giver` and `given_by_child` as the verb takes them."""
        who = self.cleaned_data["who"]
        if who == THE_PUPIL:
            return {"given_by_child": True}
        return {"giver": Parent.objects.get(pk=int(who))}

    @property
    def named(self) -> str:
        """Who says so, for the message."""
        who = self.cleaned_data["who"]
        names = {str(g.parent_id): g.parent.full_name for g in self.guardians}
        return names.get(who, self.child.known_as)
