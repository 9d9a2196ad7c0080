"""What the keys of a policy are called on pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from policy.terms import APPROVER, AUTHOR, LINE_MANAGER
from schools.models import User
from schools.roles import Role

_TERMS = {
    "approver_roles": "Who confirms posts",
    "account_use": "Who may post to an account",
    "training_gate": "Training before posting",
    "role_training": "Training for administrators and investigators",
    "device_rule": "Which devices photos come from",
    "positive_only": "Posts are positive",
    "logo_permission": "Who permits logos, in writing",
    "change_notice_months": "Months between telling staff and taking effect",
    "suggested_notice_days": "Usual days between telling staff and taking effect",
    "activation_requires": "What a version needs before it takes effect",
    "signs_off": "Who signs it off",
    "covered_people": "Who is covered",
    "personal_use": "Private use",
    "linkedin_exception": "Who permits naming the trust on LinkedIn",
    "monitoring_notice": "Notice of monitoring",
    "platforms_named": "Platforms it names",
    "linked_documents": "Linked documents",
    "incident_categories": "Kinds of misuse",
    "disparagement_targets": "Whom nobody runs down",
    "checklist": "What an author says before sending on",
    "audiences": "Whom posts are for",
    "guidance": "Guidance beside the editor",
    "query": "When unsure",
    "copyright": "Unsure whose it is",
    "policy_question": "Questions about the policy",
    "misuse": "Reports of misuse",
    "harmful_content": "Reports of harmful content",
    "media_enquiry": "When the press asks",
    "suggestion": "Suggestions",
    "hr_advice": "Advice on staff matters",
    "sensitive_topics": "Sensitive topics",
    "offence": "Words of offence",
    "negative": "Negative words",
    "reference_like": "Words like a reference",
    "claims": "Claims that need a source",
    "disparagement": "Running somebody down",
}
# A platform as the policy's text names it.
STATUSES = {
    "live": "Can be posted to",
    "messaging": "For messages",
    "storage": "For keeping files",
    "reference": "To look things up",
    "retired": "Has closed",
}
# Where a rule stands besides the policy's own page.
PLACES_SAID = {
    "acknowledgement": "What everybody reads and says they have read",
    "card": "Beside the editor",
    "submit": "Where a post is sent on",
    "approve": "Where a post is decided",
    "outside": "Under “Not done in this system”",
}
_VALUES: dict[str, str] = {
    **{role.value: role.label for role in Role},
    **dict(User.Category.choices),
    LINE_MANAGER: "Line manager",
    "authorised_users": "Authorised users",
    "manager_consent": "Whoever has the manager’s consent",
    "head_may_require": "A Head can ask for it",
    "off": "Not asked",
    "approved_only": "The trust’s own and approved ones",
    "record_only": "Any, and its kind is noted",
    "sign_off": "Sign-off",
    "board_minute": "The Board’s approval",
    "union_consultation": "Consultation of the trade unions",
    AUTHOR: "The author",
    APPROVER: "Whoever confirms posts",
    **STATUSES,
    **PLACES_SAID,
}
_FIELDS = ("letter", "name", "title", "text", "status", "owner", "address", "is_update")


def said_term(name: str) -> str:
    """What a key is called."""
    return _TERMS.get(name, name.replace("_", " ").capitalize())


def said_value(value: Any, *, literally: bool = False) -> str:
    """A plain value in words; a list one entry a line. `literally`: no key, but somebody's words,
    which stay as they are."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, dict):
        # PostgreSQL keeps no order of a row's fields.
        named = [*filter(value.__contains__, _FIELDS), *sorted(value.keys() - {*_FIELDS, "key"})]
        return " · ".join(said_value(value[n]) for n in named if value[n] != "")
    if isinstance(value, list):
        inner = [each for each in value if isinstance(each, list)]
        joined = ", then " if inner else "\n"
        return joined.join(
            ", ".join(map(said_value, each))
            if each in inner
            else said_value(each, literally=literally)
            for each in value
        )
    return str(value) if literally else _VALUES.get(str(value), str(value))


def plain_words(entries: Iterable[str]) -> list[str]:
    """The words of a list as people write them, without its exceptions and groups."""
    return [each.strip("=*") for each in entries if not each.startswith(("of:", "not:"))]
