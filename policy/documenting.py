"""Verbs about the policy document itself: attach the PDF, show it to everybody, take it off."""

from __future__ import annotations

import hashlib

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from audit.actions import record
from policy import pdf, rules
from policy.models import PolicyDocument, PolicyVersion
from schools.errors import NotAllowed, must
from schools.models import User


@transaction.atomic
def attach(*, version: PolicyVersion, data: bytes, by: User) -> PolicyDocument:
    """Put the PDF to this version, in the place of one that was there. Signatures given before do
    not hold any more: they were for other words. Raises `NotAllowed` in words."""
    now = PolicyVersion.objects.select_for_update().get(pk=version.pk)
    must(rules.may_attach(by, now))
    must(pdf.problems(data))
    sha256 = hashlib.sha256(data).hexdigest()
    standing = now.documents.filter(removed_at=None).first()
    if standing is not None and standing.sha256 == sha256:
        return standing
    is_public = standing is not None and standing.is_public
    if standing is not None:
        _off(standing, by)
    made = PolicyDocument.objects.create(
        version=now,
        file=ContentFile(data, name="policy.pdf"),
        sha256=sha256,
        size=len(data),
        is_public=is_public,
        attached_by=by,
    )
    record("policy.document_attached", made, by=by, version=now.pk, sha256=sha256)
    return made


@transaction.atomic
def remove(*, document: PolicyDocument, by: User) -> None:
    """Take it off its version. It stays on record. Raises `NotAllowed` in words."""
    version = PolicyVersion.objects.select_for_update().get(pk=document.version_id)
    must(rules.may_attach(by, version))
    if not _off(document, by):
        raise NotAllowed("It was taken off already.")
    record("policy.document_removed", document, by=by, version=version.pk)


@transaction.atomic
def show(*, document: PolicyDocument, to_everybody: bool, by: User) -> bool:
    """May everybody read it, without signing in, once its version is in force? False when that was
    said already. Raises `NotAllowed`."""
    must(rules.may_edit(by))
    standing = PolicyDocument.objects.filter(pk=document.pk, removed_at=None)
    if not standing.exclude(is_public=to_everybody).update(is_public=to_everybody):
        return False
    record("policy.document_shown", document, by=by, to_everybody=to_everybody)
    return True


def may_read(user: User | None, document: PolicyDocument) -> bool:
    """Everybody where its owner says so; staff once its version is or was in force; before that
    whoever writes it."""
    if document.is_open:
        return True
    if user is None:
        return False
    if not rules.may_edit(user):
        return True
    return not document.version.is_next and document.removed_at is None


def _off(document: PolicyDocument, by: User) -> bool:
    standing = PolicyDocument.objects.filter(pk=document.pk, removed_at=None)
    return bool(standing.update(removed_at=timezone.now(), removed_by=by, is_public=False))
