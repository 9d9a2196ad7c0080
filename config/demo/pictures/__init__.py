"""The demo draws its own photos: flat, bright scenes of school life, each seed a little different.

Nobody in them exists. The same scene, seed and people give the same picture.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from config.demo.pictures import clubs, indoors, outdoors
from config.demo.pictures.canvas import Canvas, mixed
from config.demo.pictures.figures import Figure, somebody

Scene = Callable[[Canvas, Random, Sequence[Figure]], None]

SCENES: dict[str, Scene] = {
    scene.__name__: scene
    for scene in (
        indoors.classroom,
        indoors.class_photo,
        indoors.choir,
        indoors.science,
        indoors.lunch,
        indoors.library,
        indoors.art_wall,
        indoors.stage,
        indoors.music,
        clubs.coding,
        clubs.baking,
        clubs.chess,
        clubs.assembly,
        clubs.sensory,
        clubs.painting,
        clubs.harvest,
        outdoors.sports_day,
        outdoors.garden,
        outdoors.seedlings,
        outdoors.snow,
        outdoors.coach,
        outdoors.football,
        outdoors.forest,
        outdoors.pond,
        outdoors.cycling,
        outdoors.lanterns,
    )
}
_UNIFORM = {"oak": ("#a12b3a", ""), "elm": ("#27405f", "#d7aa48"), "willow": ("#6d4a78", "")}
_GROWN_TOPS = ["#44688a", "#5d6b4e", "#8a5a3b", "#4a4a57", "#356a68"]


def draw(scene: str, *, school: str, children: int, adults: int = 0, seed: int = 0) -> bytes:
    """A JPEG of 1600 by 1200 with so many children in the school's jumpers, and adults."""
    dice = Random(f"{scene} {school} {seed}")
    top, tie = _UNIFORM[school]
    people = [somebody(dice, _worn(dice, top), tie=tie) for _ in range(children)]
    for _ in range(adults):
        grown = somebody(dice, dice.choice(_GROWN_TOPS), grown=True)
        people.insert(dice.randint(0, len(people)), grown)
    canvas = Canvas("#e9e2d2")
    SCENES[scene](canvas, dice, people)
    return canvas.jpeg()


def _worn(dice: Random, top: str) -> str:
    """No two jumpers have been washed as often."""
    return mixed(top, dice.choice(["#ffffff", "#000000"]), dice.uniform(0, 0.12))
