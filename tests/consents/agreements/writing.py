"""How these tests walk to a published version, by the verbs a person's pages use."""

from __future__ import annotations

from dataclasses import replace

from consents import agreements
from consents.models import Agreement, AgreementDraft
from consents.wording import Document, Wording
from schools.models import User


def draft() -> AgreementDraft:
    """The draft as it now is."""
    return AgreementDraft.objects.get()


def document() -> Document:
    """What the draft says."""
    return Document.read(draft().content)


def keep(changed: Document, by: User) -> None:
    """Save the draft like this."""
    agreements.save(document=changed, revision=draft().revision, by=by)


def published(trust, changed: Document | None = None) -> Agreement:
    """The next version, as it ships or like this, published by the trust's CIO."""
    agreements.start(by=trust.cara)
    if changed is not None:
        keep(changed, trust.cara)
    return agreements.publish(revision=draft().revision, by=trust.cara)


def polish(english: Wording) -> Wording:
    """Every word of it in another language, as far as a test can say."""

    def said(texts):
        return {key: f"PL {text}" for key, text in texts.items()}

    return replace(
        english,
        code="pl",
        name="Polski",
        parts=said(english.parts),
        places=said(english.places),
        purposes=said(english.purposes),
        words=said(english.words),
        easy="PL łatwo",
        young="PL dla dzieci",
    )


def without(wording: Wording, part: str) -> Wording:
    """With one part of the text left empty."""
    return replace(wording, parts={**wording.parts, part: "  "})
