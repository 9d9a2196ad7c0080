"""What the events of this room mean, for "What we record about you"."""

from audit.vocabulary import describe

describe(
    "Posts and photos",
    {
        "post.started": "started a post",
        "post.changed": "changed a post",
        "post.withdrawn": "threw a post away",
        "post.warning_answered": "answered a warning",
        "post.question_asked": "asked a colleague about a post",
        "post.question_answered": "answered a colleague’s question",
        "picture.added": "added a photo",
        "picture.ready": "finished preparing a photo",
        "picture.checked": "looked for faces and writing in a photo",
        "picture.not_checked": "could not look for faces and writing in a photo",
        "picture.fetched": "fetched a photo in full size",
        "picture.refused": "could not use a photo",
        "deletion.asked": "asked for a photo to be deleted from somebody’s own device",
        "deletion.confirmed": "said that a photo is deleted from their own device",
        "device.exception_asked": "asked to use a photo of a device approved later",
    },
)
describe(
    "Asked for",
    {
        "material.asked": "asked for a written permission for a photo",
        "material.answered": "answered whether a photo may show a logo or document",
        "reminder.asked": "asked for a reminder to be issued",
        "reminder.issued": "took a reminder on",
        "reminder.declined": "declined a reminder",
    },
)
