"""Good news from the other teachers of Oak Primary: the autumn."""

from __future__ import annotations

from config.demo.captions.oak_staff import (
    ALL,
    CALLUM,
    DEV,
    FACE,
    GRAINNE,
    HANA,
    JOANNE,
    PRIYA,
    YUSUF,
)
from config.demo.captions.story import Fate, Shot, Story

F = Fate

AUTUMN: list[Story] = [
    Story(
        "Choir sings for our neighbours",
        "Sixty voices, one piano and a hall full of grandparents. Thank you to everyone who came "
        "to hear our choir, and to our neighbours for the biscuits.",
        GRAINNE,
        F.SENT,
        21,
        ALL,
        (
            Shot(
                "choir",
                "Eleven pupils singing on wooden steps, in two rows.",
                children=9,
                hidden=2,
            ),
        ),
        due=4,
    ),
    Story(
        "Drumming together",
        "Year 5 wrote their own rhythm and taught it to the whole school in one assembly.",
        GRAINNE,
        F.BY_HAND,
        1,
        ("news", "facebook", "instagram"),
        (Shot("music", "Four pupils standing behind large drums.", children=4),),
        form="5A",
        due=0,
    ),
    Story(
        "Sports day moves to Friday",
        "Rain is coming, so sports day moves to Friday. Same start, same field, same picnic. "
        "Please send a hat and a full water bottle.",
        HANA,
        F.SENT,
        24,
        FACE,
        purpose="update",
        due=1,
    ),
    Story(
        "Every lane a winner",
        "Sack race, relay, and the loudest cheering we can remember. Well done to every house, and "
        "thank you to all the parents who helped.",
        CALLUM,
        F.SENT,
        19,
        ALL,
        (
            Shot(
                "sports_day",
                "Five pupils with raised arms on a running track under bunting.",
                children=5,
            ),
            Shot("football", "Nine pupils with a cup and a ball on a football field.", children=9),
        ),
        due=5,
    ),
    Story(
        "Balance bikes in the playground",
        "Reception have mastered stopping. Mostly. Thank you to our crossing team for the cones.",
        JOANNE,
        F.SENT,
        14,
        FACE,
        (Shot("cycling", "Four small pupils on a playground with traffic cones.", children=4),),
        form="RA",
        due=2,
    ),
    Story(
        "Harvest table",
        "Tins, jars, pumpkins and one enormous marrow: your gifts fill the food bank’s van. Thank "
        "you.",
        JOANNE,
        F.SENT,
        27,
        ALL,
        (
            Shot(
                "harvest",
                "A table with pumpkins, apples and jars under bunting, with a sheaf of wheat.",
            ),
        ),
        "achievement",
        due=2,
        credit="Oak Parents’ Association",
    ),
    Story(
        "Sunflowers taller than the teacher",
        "We measured, we graphed, we argued about rounding. The tallest sunflower beat our teacher "
        "by four centimetres.",
        YUSUF,
        F.SENT,
        25,
        FACE,
        (
            Shot("garden", "Four pupils behind raised beds full of young plants.", children=4),
            Shot("seedlings", "Six seedlings in bright pots on a window sill."),
        ),
        form="2A",
        due=3,
    ),
    Story(
        "Our art gallery is open",
        "Come and see Year 6’s gallery in the main corridor: vases, birds, fish and a good deal of "
        "orange.",
        PRIYA,
        F.SUBMITTED,
        1,
        FACE,
        (Shot("art_wall", "Two rows of framed paintings made by pupils.", work=2),),
        form="6A",
        due=52,
    ),
    Story(
        "Year 6 debate: should homework be optional?",
        "Two teams, one timer, no interruptions. The motion fell by three votes, and every speaker "
        "deserved the applause.",
        PRIYA,
        F.SENT,
        11,
        ("news", "facebook", "x"),
        (Shot("assembly", "Five pupils holding blank certificates in the hall.", children=5),),
        form="6B",
        due=3,
    ),
    Story(
        "Coding club meets its robot",
        "It turned left when told to turn right, and we found out why. Debugging is a team sport. "
        "The club has named it Max.",
        PRIYA,
        F.SUBMITTED,
        2,
        ALL,
        (
            Shot(
                "coding",
                "Four pupils at laptops with a small yellow robot on the table.",
                children=4,
            ),
        ),
        form="6A",
        due=3,
    ),
    Story(
        "Chess league: top of the table",
        "Four matches, four wins. Our chess team goes into the final next term.",
        DEV,
        F.SUBMITTED,
        1,
        ("news", "x"),
        (Shot("chess", "Four pupils at a table with chess pieces.", children=4),),
        form="5B",
        due=75,
    ),
]
