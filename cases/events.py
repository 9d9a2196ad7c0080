"""What the events of this room mean, for "What we record about you"."""

from audit.vocabulary import describe

describe(
    "Cases",
    {
        "case.raised": "told the school that something is wrong",
        "case.noted": "added a line to a case",
        "case.waits": "let a case wait for who asked",
        "case.goes_on": "let a case go on",
        "case.longer": "gave a case two months more",
        "case.met": "did in time what the clock of a case asks",
        "case.climbed": "let the time of a case pass: the next person was told",
        "case.handed_on": "got a case handed on: its owner is not here any more",
        "case.words_approved": "approved the answer to a media enquiry",
        "case.closed": "closed a case",
    },
)
