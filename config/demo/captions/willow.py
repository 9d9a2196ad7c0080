"""Good news from Willow School."""

from __future__ import annotations

from config.demo.captions.story import Fate, Shot, Story

F = Fate
OTTILIE, KOFI, ANWEN, LUCASZ = "Ottilie Marsh", "Kofi Mensah", "Anwen Pugh", "Lucasz Nowak"
FACE = ("news", "facebook")

WILLOW: list[Story] = [
    Story(
        "Our new sensory room",
        "Bubbles, soft light and a floor that hums. Our friends’ group raised every penny, and "
        "everybody has a favourite corner already.",
        OTTILIE,
        F.SENT,
        14,
        FACE,
        (
            Shot(
                "sensory",
                "Four pupils, two of them in wheelchairs, in a dark room with glowing tubes.",
                children=4,
            ),
        ),
        due=3,
    ),
    Story(
        "Music that you can feel",
        "We put our hands on the drum and felt the beat before we heard it.",
        KOFI,
        F.SENT,
        7,
        ("news", "facebook"),
        (Shot("music", "Three pupils behind large drums.", children=3, adults=1),),
        due=2,
    ),
    Story(
        "Forest school in every weather",
        "Rain on the shelter, soup on the fire. Nobody asked to go inside.",
        LUCASZ,
        F.BY_HAND,
        1,
        ("news", "facebook", "whatsapp"),
        (
            Shot(
                "forest",
                "Four pupils among trees beside a den of branches, one in a wheelchair.",
                children=4,
            ),
        ),
        due=0,
    ),
    Story(
        "Bridge students run the café",
        "Menus, tills, coffee and cake: our students aged 16 to 19 run the café on Thursdays. Come "
        "hungry.",
        ANWEN,
        F.SUBMITTED,
        1,
        FACE,
        (Shot("lunch", "Three students at a table laid with plates.", children=3),),
        due=44,
    ),
    Story(
        "Travel training",
        "A bus, a ticket and a stop all by ourselves. Independence looks like this.",
        ANWEN,
        F.DRAFT,
        0,
        FACE,
        (Shot("coach", "Two students looking out of the windows of a bus.", children=2),),
        cast=(("Osian", "Pugh"), ("Hodan", "Warsame")),
        said="Is it all right to say which bus we took, or is that too much for the public?",
    ),
    Story(
        "Tiny gardeners",
        "One seed each, one pot each, one window sill of hope.",
        OTTILIE,
        F.SCHEDULED,
        1,
        ("news", "facebook"),
        (Shot("seedlings", "Six seedlings in bright pots on a window sill."),),
        "achievement",
        due=40,
    ),
    Story(
        "Painting with wheels",
        "We dipped the tyres in paint and drove across the paper. The result is three metres long.",
        OTTILIE,
        F.RETURNED,
        2,
        FACE,
        (Shot("painting", "Three pupils beside easels.", children=3),),
        said="Could we show the finished picture too? Then I will gladly approve it.",
    ),
    Story(
        "Snow day plans",
        "If it snows, we tell you here by 7:15. Taxis and the minibus follow the council’s routes.",
        KOFI,
        F.WITHDRAWN,
        11,
        ("news", "facebook"),
        purpose="update",
    ),
    Story(
        "Signing choir",
        "Forty hands, one song. We signed in the town square and strangers joined in.",
        KOFI,
        F.DRAFT,
        1,
        ("news", "facebook"),
        (Shot("choir", "Nine pupils on wooden steps.", children=6, hidden=3),),
    ),
    Story(
        "A thank-you to our volunteers",
        "Reading partners, gardeners, cake bakers: you gave us four hundred hours this year.",
        ANWEN,
        F.SENT,
        22,
        ("news", "facebook"),
        (Shot("garden", "Raised beds with young plants in front of a shed."),),
        "staff",
        due=1,
    ),
    Story(
        "Stars of the swimming gala",
        "Twelve swimmers, twelve personal bests.",
        LUCASZ,
        F.RETURNED,
        1,
        ("news", "facebook"),
        (Shot("assembly", "Four pupils holding blank certificates.", children=4),),
        "achievement",
        said="Which day was it, and where? Families will ask.",
    ),
]
