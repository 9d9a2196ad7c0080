"""What the events of this room mean, for "What we record about you"."""

from audit.vocabulary import describe

describe(
    "Permissions",
    {
        "consent.recorded": "wrote down answers about a pupil or an adult",
        "consent.class_recorded": "wrote down answers of a class",
        "consent.asked_for": "asked the office for an answer",
        "consent.ask_closed": "closed such a request",
        "consent.ask_reopened": "opened such a request again by undoing a file",
        "stop.set": "stopped the use of what a family said yes to, as the school",
        "stop.lifted": "lifted such a stop",
        "consent.list_opened": "opened a list of who may be shown",
        "evidence.opened": "opened the scan of a form",
        "record.taken": "took away the record of one pupil",
        "record.school_taken": "took away the record of a school",
        "trust.own_say_age_set": "set the age from which pupils are asked as well",
        "trust.reminders_set": "set when parents are reminded and how many mails leave",
        "endings.told": "told an office that answers end soon",
    },
)
describe(
    "Families and holds",
    {
        "adult.added": "added an adult who may be pictured",
        "adult.address_kept": "changed where mail reaches an adult",
        "adult.leaves": "wrote down when an adult leaves",
        "adult.returned": "wrote down that an adult is back",
        "adult.asked": "asked an adult for their permission",
        "adult.links_closed": "ended an adult’s personal links",
        "children.brought_in": "brought in pupils",
        "child.capacity_recorded": "wrote down whether a pupil decides",
        "child.care_recorded": "wrote down who decides for a pupil in care, or that none is",
        "child.nicknames_kept": "wrote down what else a pupil is called",
        "guardianship.added": "added somebody who may decide for a pupil",
        "guardianship.changed": "changed who may decide for a pupil",
        "hold.set": "set a hold",
        "hold.lifted": "lifted a hold",
        "hold.reviewed": "reviewed a hold",
        "hold.review_reminded": "reminded of a review of holds",
        "hold.looked_at": "looked at a hold, or at the list of them",
    },
)
describe(
    "Asking parents",
    {
        "agreement.started": "started a version of the agreement with parents",
        "agreement.saved": "changed that version",
        "agreement.discarded": "threw that version away",
        "agreement.published": "published a version of the agreement",
        "adult_wording.published": "published the words that adults are asked with",
        "campaign.sent": "asked the parents of many pupils",
        "campaign.stopped": "stopped asking them",
        "link.made": "made a parent’s personal link",
        "link.revoked": "ended a parent’s personal link",
        "letter.made": "printed a letter to a parent",
        "parent.asked": "asked a parent",
        "parent.mailed": "wrote a mail to a parent",
        "parent.reminded": "reminded a parent",
        "parent.said_to_be_one": "said that two entries are one parent",
        "parent.said_to_be_two": "said that two entries are two parents",
        "address.refused": "found that a parent’s address takes no mail",
        "address.works": "said that a parent’s address takes mail again",
    },
)
describe(
    "Files from the school’s system",
    {
        "import.sent": "sent in a file",
        "import.reading_set": "said what the columns of a file mean",
        "import.checked": "compared a file with the record",
        "import.refused": "refused a file",
        "import.resolved": "said who a row is about",
        "import.confirmed": "confirmed what a file changes",
        "import.cancelled": "left a file unused",
        "import.lapsed": "let a file lapse: the record had moved on",
        "import.applied": "wrote what a file says",
        "import.undo_looked_at": "looked at what undoing a file would do",
        "import.undo_asked": "asked to undo a file",
        "import.undone": "undid a file",
    },
)
