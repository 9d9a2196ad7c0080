"""Good news from the other teachers of Oak Primary: the rest of the year."""

from __future__ import annotations

from config.demo.captions.oak_staff import ALL, CALLUM, DEV, FACE, HANA, JOANNE, MABEL, YUSUF
from config.demo.captions.story import Fate, Shot, Story

F = Fate

THE_YEAR: list[Story] = [
    Story(
        "Volcano week",
        "Vinegar, baking soda and a great deal of washing up. Year 5 now know what a magma chamber "
        "does.",
        DEV,
        F.UNKNOWN,
        6,
        ("news", "instagram"),
        (
            Shot(
                "science",
                "Four pupils behind three glass flasks with coloured, foaming liquid.",
                children=4,
            ),
        ),
        form="5B",
        due=2,
    ),
    Story(
        "Library lunchtimes are back",
        "Every day from 12:30. Bring a friend, bring a book, or take one of ours.",
        MABEL,
        F.SENT,
        15,
        FACE,
        (
            Shot(
                "library",
                "A reading corner with three cushions in front of full shelves.",
            ),
        ),
        "update",
        due=2,
    ),
    Story(
        "Flu spray in school",
        "The school nurses visit next week for the flu spray. Please send the form back to the "
        "office, whichever way you decide.",
        MABEL,
        F.SCHEDULED,
        2,
        FACE,
        purpose="reminder",
        due=64,
    ),
    Story(
        "Diwali lights",
        "Thank you to the families who taught us to fold paper lamps. The hall glowed.",
        YUSUF,
        F.TAKEN_DOWN,
        9,
        FACE,
        (Shot("lanterns", "Four pupils under rows of paper lanterns.", children=4),),
        form="2B",
        due=3,
    ),
    Story(
        "Kindness tree",
        "Every leaf on the tree in our hall is a kind thing somebody did this week. We have run "
        "out of branches.",
        JOANNE,
        F.STOPPED,
        2,
        FACE,
        (
            Shot(
                "painting",
                "Three pupils at easels, painting.",
                children=3,
            ),
        ),
        form="RB",
        due=22,
        said="I think one of these families has just asked us to wait. Please check first.",
    ),
    Story(
        "Dinner hall taste test",
        "Which soup wins? Year 3 tried four and voted by spoon. Tomato took it by a mile.",
        MABEL,
        F.REFUSED,
        5,
        ("news",),
        (Shot("lunch", "Five pupils at a long table with plates of food.", children=5),),
        form="3A",
        due=20,
    ),
    Story(
        "Whole school photo, part one",
        "All of Years 5 and 6 in one picture, and almost all of them looking the same way.",
        DEV,
        F.DECLINED,
        7,
        ALL,
        (
            Shot(
                "class_photo",
                "Fourteen pupils in two rows in front of a red curtain.",
                children=12,
                hidden=2,
            ),
        ),
        said="Too many children in one picture for all platforms. Please use small groups.",
    ),
    Story(
        "Tree planting",
        "Forty hazel whips in the ground before break, and mud up to the knees.",
        CALLUM,
        F.EXPIRED,
        3,
        FACE,
        (Shot("forest", "Four pupils among tall trees beside a den of branches.", children=4),),
        form="3B",
        due=20,
    ),
    Story(
        "Lost property",
        "Eleven jumpers, four lunch boxes and one recorder are looking for their owners.",
        MABEL,
        F.WITHDRAWN,
        10,
        ("news",),
        purpose="reminder",
    ),
    Story(
        "Cross-country: muddy and magnificent",
        "Twenty-two runners, one lost shoe, and a team medal to bring home.",
        CALLUM,
        F.DRAFT,
        0,
        ("news", "facebook", "x"),
        (Shot("sports_day", "", children=5),),
        form="6B",
        own_phone=True,
    ),
    Story(
        "Nursery places for next year",
        "Visits for new families start after half term. Ring the office to choose a morning.",
        HANA,
        F.SUBMITTED,
        0,
        FACE,
        purpose="update",
        due=70,
    ),
]
