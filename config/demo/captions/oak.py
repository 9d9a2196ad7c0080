"""Good news from Tessa Marlow and class 4B of Oak Primary."""

from __future__ import annotations

from config.demo.captions.oak_staff import ALL, FACE, TESSA
from config.demo.captions.story import Fate, Shot, Story

F = Fate

TESSAS: list[Story] = [
    # ── Tessa and class 4B ───────────────────────────────────────────────────────────────────────
    Story(
        "An aqueduct that really carries water",
        "Year 4 have built a Roman aqueduct out of cardboard, tape and patience. It took three "
        "tries to get the slope right, and today two litres of water ran from one end of the hall "
        "to the other without a drop on the floor.",
        TESSA,
        F.SUBMITTED,
        1,
        ("news", "facebook", "x"),
        (
            Shot(
                "classroom",
                "Four pupils behind a long cardboard model of an aqueduct with seven arches.",
                children=4,
            ),
            Shot("art_wall", "Eight framed pupils’ paintings on a corridor wall.", work=1),
        ),
        short="Three tries to get the slope right, then two litres of water ran the length of the "
        "hall. Year 4’s cardboard aqueduct works!",
        cast=(("Amira", "Khan"), ("Caleb", "Turner"), ("Amelia", "Dunn"), ("Daniel", "O’Neill")),
        due=20,
    ),
    Story(
        "Roman day",
        "Shields, sandals and a very long queue for the catapult: thank you to everybody who came "
        "to our Roman day in costume.",
        TESSA,
        F.DRAFT,
        0,
        ("news", "facebook", "instagram"),
        (
            Shot(
                "stage",
                "Three pupils in front of a stage curtain with their arms in the air.",
                children=3,
            ),
        ),
        cast=(("Amira", "Khan"), ("Tom", "Rees"), ("Jack", "Moor")),
    ),
    Story(
        "Well done Rose",
        "Well done Rose for reading a whole book aloud to Reception this week. You could have "
        "heard a pin drop.",
        TESSA,
        F.DRAFT,
        1,
        ("news", "facebook"),
        (
            Shot(
                "library",
                "Two pupils with open books in front of full bookshelves.",
                children=2,
                file="rose_green_reading.jpg",
            ),
        ),
        cast=(("Rose", "Green"), ("Wren", "Lee")),
    ),
    Story(
        "Twelve times table champions",
        "",
        TESSA,
        F.DRAFT,
        0,
        ("news",),
        (Shot("chess", "", children=4),),
        form="4B",
        unfinished=True,
    ),
    Story(
        "Bread from scratch",
        "Flour, water, salt, and the hardest ingredient of all: waiting. 4B baked their own rolls "
        "and ate every crumb.",
        TESSA,
        F.RETURNED,
        4,
        FACE,
        (
            Shot(
                "baking",
                "Four pupils behind a table with loaves and cakes in a tiled kitchen.",
                children=4,
            ),
        ),
        form="4B",
        said="Lovely news. Please say which charity the cake sale is for, then send it back to me.",
    ),
    Story(
        "Frost on the field",
        "A first hard frost, and a chance to find out why grass goes crunchy. Our scientists in 4B "
        "have a theory or two.",
        TESSA,
        F.SENT,
        8,
        ALL,
        (Shot("snow", "Four pupils and a snowman on a snowy field.", children=4),),
        form="4B",
        due=3,
    ),
    Story(
        "Poetry by torchlight",
        "We turned the lights off, switched our torches on and read our own poems about the dark. "
        "Nobody wanted the lesson to end.",
        TESSA,
        F.SENT,
        17,
        FACE,
        (
            Shot(
                "lanterns",
                "Five pupils under a line of lanterns in the dusk.",
                children=4,
                hidden=1,
            ),
        ),
        form="4B",
        due=2,
    ),
    Story(
        "Pond dipping",
        "Two newts, eleven water snails and one very wet sleeve. A morning well spent at the "
        "school pond.",
        TESSA,
        F.SCHEDULED,
        1,
        ("news", "facebook", "instagram"),
        (Shot("pond", "Four pupils on the bank of a pond with water lilies.", children=4),),
        form="4B",
        due=46,
    ),
    Story(
        "Trip to the Roman fort",
        "The coach leaves at 8:45 sharp on the day of the trip. Please bring a packed lunch, a "
        "waterproof and wellies.",
        TESSA,
        F.SUBMITTED,
        0,
        ("news", "facebook"),
        purpose="reminder",
        due=30,
    ),
]
