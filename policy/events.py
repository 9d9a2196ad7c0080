"""What the events of this room mean, for "What we record about you"."""

from audit.vocabulary import describe

describe(
    "The policy",
    {
        "policy.in_force": "put a version of the policy into force",
        "policy.version_started": "began the next version of the policy",
        "policy.version_changed": "changed the next version of the policy",
        "policy.rule_added": "wrote a clause of the trust’s own in the next version of the policy",
        "policy.rule_changed": "changed a rule in the next version of the policy",
        "policy.version_discarded": "gave up the next version of the policy",
        "policy.document_attached": "attached the policy document as PDF",
        "policy.document_removed": "took the policy document off a version",
        "policy.document_shown": "said whether everybody may read the policy document",
        "policy.formality": "signed the next version, or wrote down who approved it",
        "policy.route_chosen": "chose whom reports of misuse go to",
        "policy.announced": "told staff of the next version of the policy",
        "policy.announcement_taken_back": "took back the announcement of a version",
        "policy.review_opened": "began to look at the policy again",
        "policy.review_closed": "ended a review of the policy",
    },
)
describe(
    "Devices",
    {
        "device.registered": "put a device on the register",
        "device.approved": "approved a device for photos",
        "device.approval_ended": "ended the approval of a device",
        "device.exception_made": "made an exception for a device",
        "device.retired": "took a device off the register",
    },
)
describe(
    "People and the policy",
    {
        "policy.acknowledged": "said that they have read the policy",
        "policy.notice_shown": "was shown the notice of what is recorded",
        "training.recorded": "recorded a training",
        "training.struck_out": "struck out a training recorded by mistake",
        "training.required": "asked for training before anybody drafts",
        "training.no_longer_required": "no longer asked for training first",
        "restriction.set": "laid something down for a person’s posts",
        "restriction.lifted": "lifted what was laid down for a person",
        "linkedin.asked": "asked about their LinkedIn profile",
        "linkedin.granted": "granted a LinkedIn permission",
        "linkedin.refused": "refused a LinkedIn permission",
        "linkedin.ended": "ended a LinkedIn permission",
        "people.reminded": "reminded a person of what is missing",
        "activity.opened": "opened what another person did",
    },
)
describe(
    "Pictures",
    {
        "logo.permitted": "permitted a logo in writing",
        "logo.ended": "ended the permission of a logo",
        "platform.added": "added a platform",
        "platform.changed": "changed what a platform takes",
        "platform.faces_set": "set how clearly faces may be seen on a platform",
    },
)
