"""Words that are also first names: when does "Rose", "May" or "Will" speak of a child?

The lists are short on purpose and err towards hearing a name: a question too many costs a press,
a name too few costs a child.
"""

from __future__ import annotations

import regex

from posts.words.tokens import Token


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SEASONS = _words("april may june july august january spring summer autumn winter")
_VERBS = _words(
    "will may mark hope grant pat sue bill rob chase drew wade pierce nick jack skip rush bob "
    "guy miles trip wills"
)
ORDINARY = (
    _SEASONS
    | _VERBS
    | _words(
        "rose grace faith joy art charity harmony melody destiny trinity serenity patience honour "
        "honor mercy blessing precious favour praise gift angel star dawn eve noel carol holly ivy "
        "lily daisy poppy violet olive hazel heather iris jasmine fern bryony rosemary basil "
        "ginger cherry clementine honey candy penny ruby amber pearl jade crystal coral opal "
        "diamond sapphire emerald scarlett saffron sienna willow rowan ash oak elm forest river "
        "brook lake sky skye rain sunny storm stone rock cliff glen dale heath reed robin jay "
        "wren raven lark dove phoenix leo tiger bear fox wolf hunter archer mason carter cooper "
        "taylor baker sage prince king duke earl major dean frank ernest rich victor christian "
        "jordan chelsea paris london florence victoria georgia kent israel kit max dot gene ray "
        "sandy rocky buddy van lance spike drew story page paige wisdom justice justus constance "
        "verity felicity prudence temperance lee bonnie duncan tally merry happy lucky sonny "
        "an so do my no in or me we he hi ah oh ma pa be by to us it is as at go if on up la al "
        "ed di jo bo ty"
    )
)

_DETERMINERS = _words("the a an our your their its this that these each every some any no")
_BEFORE_SEASON = _DETERMINERS | _words(
    "in on by of from until till since next last early late mid during st nd rd th before after "
    "throughout monday tuesday wednesday thursday friday saturday sunday"
)
_THINGS = _words(
    "school schools academy primary class classes form club clubs fair fayre fete term terms half "
    "day days week weeks month months holiday holidays break garden gardens gardening petal petals "
    "show concert camp party assembly lesson lessons room rooms gallery work works competition "
    "exhibition exhibitions project projects trail tree trees leaf leaves berry berries bush pond "
    "road street lane house church chapel hall park centre hospital team award awards reading "
    "challenge newsletter newsletters bank exam exams gcse gcses sats fun time sunshine weather "
    "edition festival chain chains appeal service services carol carols singing department "
    "teacher teachers supplies attack display displays trust road avenue close drive city market "
    "hill wood woods river bridge united football results menu menus dates timetable uniform "
    "sale raffle bake picnic bbq barbecue disco ball parade crackers jumper jumpers eve morning "
    "solstice equinox blossom blossoms bulbs walk walks trip trips visit potatoes potato "
    "nursery playgroup preschool college university library theatre museum hour "
    "hours season"
)
_AFTER_VERB = _words(
    "you we they it he she i there the this that these those your our my his her their a an all "
    "anyone everyone someone be not also soon have has to everybody anybody half contain include "
    "need"
)
_PRAISE = _words("done congratulations congrats bravo birthday wishes hooray")
_TITLES = _words("mr mrs ms miss mx dr sir dame rev reverend father fr prof professor")
_A_NAME_DOES = _words(
    "won wins has was is said says made makes got did wrote writes read found scored scores loves "
    "loved enjoyed joined led played plays sang built received earned earns showed shows shared "
    "came gave ran swam danced drew painted worked works tried learned learnt helped raised "
    "achieved reached asked told took thought in from s and who"
)
_DIGIT = regex.compile(r"\d")


def is_praised(row: list[Token], at: int) -> bool:
    """ "Well done rose": even in lower case a name."""
    return at > 0 and row[at].joined and row[at - 1].key in _PRAISE


def after_title(row: list[Token], at: int) -> bool:
    """ "Miss Grace" is a grown-up."""
    return at > 0 and row[at].joined and row[at - 1].key in _TITLES


def speaks_of_a_child(row: list[Token], at: int, *, pictured: bool) -> bool:
    """Is the ordinary word at `at` used as a name? In doubt yes for a child who is pictured."""
    token = row[at]
    before = row[at - 1].key if at and row[at].gap.strip(" #@") == "" else ""
    after = row[at + 1] if at + 1 < len(row) else None
    near = after is not None and (after.gap in {"", " ", "-", "_"})
    if near and after is not None and after.key in _THINGS:
        return False
    if not token.capital and not token.tagged:
        return is_praised(row, at)
    if is_praised(row, at):
        return True
    if _reads_ordinary(row, at, before, after if near else None):
        return False
    if token.tagged and not _in_longer_tag(row, at):
        return False
    return pictured or not token.opens or _begins_like_a_name(row, at)


def _reads_ordinary(row: list[Token], at: int, before: str, after: Token | None) -> bool:
    key = row[at].key
    if key in _SEASONS:
        dated = _DIGIT.search(row[at].gap[-4:] + row[at].follows)
        if dated or before in _BEFORE_SEASON:
            return True
    if before in _DETERMINERS or (key == "art" and before in {"in", "for", "of", "and"}):
        return True
    return key in _VERBS and after is not None and not after.capital and after.key in _AFTER_VERB


def _in_longer_tag(row: list[Token], at: int) -> bool:
    left = at > 0 and row[at - 1].tagged and row[at].gap in {"", "_"}
    right = at + 1 < len(row) and row[at + 1].tagged and row[at + 1].gap in {"", "_"}
    return left or right


def _begins_like_a_name(row: list[Token], at: int) -> bool:
    """ "Rose won …", or "Rose" alone on its line in a list."""
    after = row[at + 1] if at + 1 < len(row) else None
    if after is not None and after.gap in {" ", "'"} and after.key in _A_NAME_DOES:
        return True
    return "\n" in row[at].gap and (after is None or "\n" in after.gap or "," in after.gap)
