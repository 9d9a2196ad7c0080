"""What happens to posts when another version of the policy takes effect."""

from __future__ import annotations

from django.db.models import F
from django.utils import timezone

from policy import activating
from policy.models import PolicyVersion
from posts.lifecycle import EDITABLE
from posts.models import Post


@activating.sign_up
def carry_purposes(version: PolicyVersion) -> None:
    """Drafts keep their purpose by its key; where the version has none, the author chooses again.

    What is submitted or out keeps the purpose of its own version: it was approved under that.
    """
    drafts = Post.objects.filter(state__in=EDITABLE, purpose__isnull=False)
    drafts = drafts.exclude(purpose__version=version)
    for purpose in version.purposes.all():
        drafts.filter(purpose__key=purpose.key).update(purpose=purpose)
    drafts.update(purpose=None, revision=F("revision") + 1, changed_at=timezone.now())
