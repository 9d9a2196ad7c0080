"""What the events of this room mean, for "What we record about you"."""

from audit.vocabulary import describe

describe(
    "Publishing",
    {
        "post.queued": "made a post ready to go out",
        "post.closed_after_sending": "closed a post that has gone out",
        "post.returned_after_sending": "gave a post back: nothing of it could be sent",
        "post.expired_after_sending": "gave a post back: it was too late to send",
        "delivery.package_opened": "opened what is to be posted by hand",
        "delivery.not_posted": "said that it was not posted by hand",
        "delivery.sent": "sent a post to an account, or said that it is posted",
        "delivery.refused": "did not send a post: a rule said no",
        "delivery.failed": "could not send a post: the platform said no",
        "delivery.unknown": "does not know whether a post was sent",
        "delivery.settled_there": "said that a post is there",
        "delivery.settled_not_there": "said that a post is not there",
        "delivery.sent_again": "asked to send a post again",
        "delivery.given_up": "left a post unsent",
        "delivery.taking_down": "began to take a post down",
        "delivery.taken_down": "took a post down",
        "delivery.cannot_take_down": "could not take a post down",
        "delivery.stays_and_told": "said that a post stays, and that whoever had to know was told",
    },
)
describe(
    "Accounts of the schools",
    {
        "channel.added": "added a channel",
        "channel.registered": "said with which mailbox a channel is registered",
        "channel.connected": "connected a channel",
        "channel.disconnected": "disconnected a channel",
        "channel.paused": "paused a channel",
        "channel.resumed": "let a channel go on",
        "channel.profile_reviewed": "looked at the profile of a channel",
        "channel.profile_asked": "reminded of the yearly look at the profile of a channel",
        "channel.granted": "let somebody use an account",
        "channel.grant_ended": "ended that somebody may use an account",
    },
)
