"""What these tests share: a family with an agreement in force, and a parent with a link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.urls import reverse

from consents import links
from consents.models import Agreement, Child, Guardianship, Kind, Parent
from policy.models import Platform
from tests.consents.agreements.writing import published


@dataclass
class Home:
    """Folake Adeyemi with Ife and Tobi at Oak; their father; the agreement in force."""

    trust: Any
    agreement: Agreement
    folake: Parent
    father: Parent
    ife: Child
    tobi: Child

    def address(self, parent: Parent | None = None) -> str:
        """A new link of a parent (Folake), as a path."""
        _, secret = links.make(parent=parent or self.folake, by=None)
        return reverse("parents:page", args=[secret])

    def line(self, child: Child, key: str = "facebook", kind: str = "photo") -> str:
        """What a question about a child is called on the page."""
        return f"{child.pk}:{self.trust.platform(key).pk}:{kind}"

    def every_line(self, key: str = "") -> list[str]:
        """All questions about both children, or those about one platform."""
        return [
            self.line(child, platform.key, kind)
            for child in (self.ife, self.tobi)
            for platform in Platform.objects.all()
            for kind in Kind.values
            if key in {"", platform.key}
        ]

    def sends(self, address: str, **ticked: str) -> Any:
        """Press Save, with lines ticked by `line=answer` given as a dict."""
        return Client().post(address, {"version": self.agreement.pk, **ticked})


def home(trust: Any) -> Home:
    """The family, by the verbs that make one."""
    agreement = published(trust)
    ife, tobi = trust.child("Ife", "Adeyemi"), trust.child("Tobi", "Adeyemi")
    folake = trust.mother(ife)
    Parent.objects.filter(pk=folake.pk).update(first_name="Folake", email="folake@home.example")
    folake.refresh_from_db()
    Guardianship.objects.filter(child=tobi).delete()
    father = trust.parent(ife, "Father")
    Parent.objects.filter(pk=father.pk).update(first_name="Ade", email="ade@home.example")
    father.refresh_from_db()
    for parent, relationship in ((folake, "Mother"), (father, "Father")):
        Guardianship.objects.create(
            child=tobi, parent=parent, relationship=relationship, has_responsibility=True
        )
    return Home(trust, agreement, folake, father, ife, tobi)
