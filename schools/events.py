"""What the events of this room mean, for "What we record about you"."""

from audit.vocabulary import describe

describe(
    "Accounts and roles",
    {
        "person.added": "added a person",
        "person.invited": "invited a person",
        "person.changed": "changed what is kept of a person: category, manager or last day",
        "person.closed": "closed a person’s account",
        "person.opened": "opened a person’s account again",
        "approvers.changed": "changed which roles confirm posts, with the policy",
        "role.granted": "gave a role",
        "role.ended": "ended a role",
        "school.added": "added a school",
        "school.changed": "changed what a school is called or where its office is",
        "trust.changed": "changed the trust’s settings",
    },
)
