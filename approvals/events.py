"""What the events of this room mean, for "What we record about you"."""

from audit.vocabulary import describe

describe(
    "Decisions",
    {
        "post.submitted": "sent a post for approval",
        "post.approved": "approved a post",
        "post.extra_yes": "said yes to a post as well, as a Head had asked",
        "post.returned": "returned a post",
        "post.declined": "declined a post",
        "post.taken_back": "took a post back",
        "post.stopped": "pressed Stop on a post",
        "post.resumed": "let a stopped post go on",
        "post.reopened": "gave a post back for a new time",
        "post.expired": "let the time of a post pass: nobody had decided",
    },
)
