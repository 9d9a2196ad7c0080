"""Words that are also first names: when does "Rose", "May" or "Will" speak of a child?

The lists are short on purpose and err towards hearing a name: a question too many costs a press,
a name too few costs a child.
"""

from __future__ import annotations

import regex

from posts.words.tokens import Token


def words(text: str) -> frozenset[str]:
    """A list written as a line."""
    return frozenset(text.split())


_SEASONS = words("april may june july august january spring summer autumn winter")
_VERBS = words(
    "will may mark hope grant pat sue bill rob chase drew wade pierce nick jack skip rush bob "
    "guy miles trip wills"
)
ORDINARY = (
    _SEASONS
    | _VERBS
    | words(
        "rose grace faith joy art charity harmony melody destiny trinity serenity patience honour "
        "honor mercy blessing precious favour praise gift angel star dawn eve noel carol holly ivy "
        "lily daisy poppy violet olive hazel heather iris jasmine fern bryony rosemary basil "
        "ginger cherry clementine honey candy penny ruby amber pearl jade crystal coral opal "
        "diamond sapphire emerald scarlett saffron sienna willow rowan ash oak elm forest river "
        "brook lake sky skye rain sunny storm stone rock cliff glen dale heath reed robin jay "
        "wren raven lark dove phoenix leo tiger bear fox wolf hunter archer mason carter cooper "
        "taylor baker sage prince king duke earl major dean frank ernest rich victor christian "
        "jordan chelsea paris london florence victoria georgia kent israel kit max dot gene ray "
        "sandy rocky buddy teddy van lance spike drew story page paige wisdom justice justus "
        "constance "
        "verity felicity prudence temperance lee bonnie duncan tally merry happy lucky sonny "
        "an so do my no in or me we he hi ah oh ma pa be by to us it is as at go if on up la al "
        "ed di jo bo ty"
    )
)

_DETERMINERS = words("the a an our your their its this that these each every some any no")
_BEFORE_SEASON = _DETERMINERS | words(
    "in on by of from until till since next last early late mid during st nd rd th before after "
    "throughout monday tuesday wednesday thursday friday saturday sunday"
)
_THINGS = words(
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
_AFTER_VERB = words(
    "you we they it he she i there the this that these those your our my his her their a an all "
    "anyone everyone someone be not also soon have has to everybody anybody half contain include "
    "need"
)
# Surnames that are words or places: alone they say nothing.
_SURNAME_WORDS = words(
    "abbott banks barber barker barnes bell best bird bishop black blake bloom bolton bond booth "
    "bradford brand bridge bridges bright brown bruce burns burton bush butler castle chambers "
    "chance chapman chester church clark clarke close coates cole coleman cook cotton craft cross "
    "day drake early east england english farmer farrow field fields finch fisher fletcher flower "
    "flowers flood ford foster freeman french frost fuller gardener gardner gates gill gold good "
    "gray green grey hall hand hands hardy hawk hastings hayes head heart hill hills holiday "
    "holland holmes hood house howe hull hunt ireland keen kitchen knight lamb lancaster land lane "
    "law lawless little long love low major manning marsh mills mills moon moore moss nash new "
    "newton night noble north nurse oakes orchard painter palmer park parks pike place pool poole "
    "pope porter potter potts powers preston price read reading rice rich rivers rock rooks rush "
    "salt sawyer school scotland sharp shaw shepherd short silver singer singleton small snow "
    "south speed spring stafford stewart street strong summers swan swift tanner temple thatcher "
    "tree tucker wade wales walker wall ward water waters watts weaver webb wells west wheeler "
    "white wild winter winters wise wood woods worth wright york young"
)
_PRAISE = words("done congratulations congrats bravo birthday wishes hooray")
TITLES = words(
    "mr mrs ms miss mx dr sir dame lord lady rev reverend father fr sister prof professor pc sgt "
    "councillor cllr canon bishop pastor imam rabbi señor señora senor senora madame monsieur mme"
)
# "St George", "Queen Victoria": not one of ours either.
_RENOWN = words("st saint king queen river lake mount")
# What a child does or is, after a word that opens the sentence and could be either.
_A_NAME_DOES = words(
    "won wins has had was is said says makes made got gets did does wrote writes read reads found "
    "finds scores loves plays led sang sings built shows came comes gave gives ran runs swam swims "
    "drew draws works learnt told tells took takes thought thinks laid spoke speaks sold grew wore "
    "rode rides went goes knows knew taught teaches caught bought brought fed felt fell flew hid "
    "leads helps joins enjoys explains shares shows paints bakes builds jumps rides swims runs "
    "sings speaks teaches tells visits hosts opens stars dances will may "
    "held kept left lent lost met put sat saw sent slept spent stood stuck swept threw woke became "
    "began beat bit broke chose cut dug ate forgot heard hit hurt lit meets rang shone shook shot "
    "spelt swung tore understood can could would should might must in from s who"
)
_NOT_OF_A_SEASON = words("can could would should might must will may in from")
_SAYS_WHO = words("our the a an")
_COMES = words("arrived begun started come coming gone finally officially here over almost nearly")
_AGED = words("age aged")
_PLACES = words("chelsea paris florence london victoria georgia kent israel jordan lincoln sydney")
_AGAINST = words("played beat against v vs versus visit visited visits visiting in to")
# Small words that are not a name unless they have a capital.
_SMALL = words(
    "the and for are but not you all any can had her was one our out day get has him his how man "
    "new now old see two way who boy did its let put say she too use dad mum tea bus cup bag box "
    "car cat cow dog egg far few fit fly fun got hat hit hot ice job key lot low map mud nut off "
    "own pen pet pie pig pot red run sad sea set sit six sky son sun ten tip toy try van via war "
    "wet why win won yes yet zoo ace add age ago aid aim air ant arm art ask ate bad bat bed bee "
    "big bin bit bow bun buy cap cry cut dig dry due ear eat end eye fan fat fed fix fog fox fur "
    "gap gas gem god gum guy gym ham hen hey hid hip hop hub hug hut ink jam jar jaw jay jet jog "
    "kid kit lab lap law leg lid lie lip log mad mat mix mob mop net nor oak odd oil owl pan pat "
    "paw pea per pin pop pro ray rib rid rim rip rob rod rot row rub rug sat saw sew sip ski sob "
    "spy sum tag tan tap tar tax tie tin toe ton top tub vet vow wag web wee wig wit yam nan pup "
    "max rio dot tri duo elf eve ivy joy lee bob kim sue"
)
_MEETS = words(
    "well done congratulations congrats bravo happy birthday thank thanks you and with by"
)
_SHORTEST = 3
_SHORTEST_CHEERED = 4
_CHEERS = regex.compile(
    r"(?:welldone|congratulations|congrats|happybirthday|thankyou|thanks|bravo|go|team|super|our)+"
)
_CHEERED = regex.compile(r"(?:rocks|rules|wins|won|isastar|forthewin|go)$")
_DIGIT = regex.compile(r"\d")
# An age or class after the name, a possessive, or what was said.
_OF_A_CHILD = regex.compile(r""",? ?\(?\d|' |: ["“']""")


def is_praised(row: list[Token], at: int) -> bool:
    """ "Well done rose": even in lower case a name."""
    return at > 0 and row[at].joined and row[at - 1].key in _PRAISE


def cheered(key: str) -> str:
    """The "amira" of "#welldoneamira" and "#amirarocks"; empty for any other tag."""
    before, after = _CHEERS.match(key), _CHEERED.search(key)
    if before is None and after is None:
        return ""
    name = key[before.end() if before else 0 : after.start() if after else None]
    return name if len(name) >= _SHORTEST_CHEERED and name not in ORDINARY else ""


def after_title(row: list[Token], at: int) -> bool:
    """ "Miss Grace" is a grown-up, "St George" and "Queen Victoria" are nobody's child."""
    if at == 0 or not row[at].joined:
        return False
    before = row[at - 1]
    return before.key in TITLES or (before.key in _RENOWN and row[at].gap in {" ", ". "})


def is_surname_word(key: str) -> bool:
    """ "Green", "Hall", "King": no surname when it stands alone."""
    return len(key) <= _SHORTEST or key in _SURNAME_WORDS or key in ORDINARY or key in _THINGS


def is_small(key: str) -> bool:
    """A short word that needs its capital to be a name. One or two letters always do."""
    return len(key) < _SHORTEST or key in _SMALL


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
    if is_praised(row, at) or (after is not None and after.key in _AGED):
        return True
    if _in_a_longer_name(row, at) or _reads_ordinary(row, at, before, after if near else None):
        return False
    if token.tagged and not _in_longer_tag(row, at):
        return False
    return pictured or not token.opens or _begins_like_a_name(row, at)


def _reads_ordinary(row: list[Token], at: int, before: str, after: Token | None) -> bool:
    key = row[at].key
    if key in _PLACES and before in _AGAINST:
        return True
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


def _in_a_longer_name(row: list[Token], at: int) -> bool:
    """ "School Games Mark": a capital before it that neither praises nor opens the sentence."""
    if at < _SHORTEST or row[at].gap != " " or row[at].tagged:
        return False
    two = row[at - 2 : at]
    return all(
        token.capital and not token.opens and token.key not in _MEETS and len(token.key) > 1
        for token in two
    )


def _begins_like_a_name(row: list[Token], at: int) -> bool:
    """ "Rose won …", "Rose, 8, …", "Rose and Tom …", or "Rose" alone on its line in a list."""
    token = row[at]
    after = row[at + 1] if at + 1 < len(row) else None
    third = row[at + 2] if at + 2 < len(row) else None
    if after is not None and after.gap in {" ", "'"}:
        if token.key in _SEASONS and after.key in _NOT_OF_A_SEASON:
            return False
        if token.key in _SEASONS and third is not None and third.key in _COMES:
            return False
        if token.key in _SEASONS and after.key in {"is", "was"}:
            return third is not None and third.key in _SAYS_WHO
        if after.key == "and":
            return third is not None and third.capital and third.key not in _SEASONS
        if after.key in _A_NAME_DOES or (after.key.endswith("ed") and not after.capital):
            return True
    if token.key not in _SEASONS and _OF_A_CHILD.match(token.follows):
        return True
    if after is not None and after.gap == ", " and (after.capital or after.key == "who"):
        return True
    if after is not None and after.gap == " & " and token.key not in _SEASONS:
        return after.capital
    return "\n" in row[at].gap and (after is None or "\n" in after.gap or "," in after.gap)
