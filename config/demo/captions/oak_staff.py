"""Who writes at Oak Primary, and where its good news mostly goes."""

from __future__ import annotations

TESSA = "Tessa Marlow"
PRIYA = "Priya Nair"
CALLUM = "Callum Drummond"
JOANNE = "Joanne Pickles"
YUSUF = "Yusuf Demir"
GRAINNE = "Grainne Doyle"
DEV = "Dev Sandhu"
MABEL = "Mabel Ng"
HANA = "Hana Okafor"

ALL = ("news", "facebook", "instagram", "x")
FACE = ("news", "facebook")
