"""Names that school life is full of and that are nobody's: stories, saints, songs, places.

"We read Harry Potter" speaks of no pupil called Harry. Only the words of the phrase are passed
over; "Harry read Harry Potter" still names Harry.
"""

from __future__ import annotations

from collections.abc import Sequence

from posts.words.tokens import Token, keys

_STORIES = """
Harry Potter; Jack and the Beanstalk; Jack and Jill; Jack Frost; Alice in Wonderland;
Alice through the Looking Glass; Charlie and the Chocolate Factory; Charlie and Lola; Charlie Brown;
Charlie Bucket; Matilda the Musical; Matilda Wormwood; James and the Giant Peach; Peter Pan;
Peter Rabbit; Peter and the Wolf; Oliver Twist; Noah's Ark; Mary and Joseph; Adam and Eve;
David and Goliath; Daniel and the lions; Joseph and the Amazing; Joseph and his coat;
Robin Hood; Robin Redbreast; Hansel and Gretel; Romeo and Juliet; Thomas the Tank Engine;
Bob the Builder; Postman Pat; Fireman Sam; Percy Jackson; Tom Gates; Tom Sawyer; Billy Elliot;
Billy Goats Gruff; Little Jack Horner; Little Bo Peep; Bo Peep; Little Miss Muffet;
Lucy and Tom; Rosie's Walk; Willy Wonka; Mary Poppins; Mary had a little lamb; Mary Mary;
Paddington Bear; Goldilocks; Anne of Green Gables; Annie the musical; Max and the wild things;
Elsa and Anna; Anna and Elsa; Angelina Ballerina; Biff Chip and Kipper; Biff and Chip;
Oliver the musical; Winnie the Witch; Winnie the Pooh; Christopher Robin; Danny the Champion;
George's Marvellous Medicine; Stig of the Dump; Elmer the Elephant; Max and Ruby; Horrid Henry;
Perfect Peter; Good King Wenceslas; Holly and the Ivy; Father Christmas; Frosty the Snowman
"""
_KEPT = """
Star of the week; Star of the day; Star of the month; Star of the term; Star of the show;
George Cross; Saint George; Andrew's cross; Victoria Cross; Victoria sponge; Queen Victoria;
Union Jack; Big Ben; Jack in the box; Jack o lantern; black eyed Susan; Christmas Eve;
New Year's Eve; Valentine's; Florence Nightingale; Mary Seacole; Mary Anning; Rosa Parks;
Grace Darling; Anne Frank; Amelia Earhart; Guy Fawkes; Neil Armstrong; Tim Peake;
Samuel Pepys; Isaac Newton; Charles Darwin; Ada Lovelace; Emmeline Pankhurst; Henry the Eighth;
Edith Cavell; Walter Tull; Christopher Columbus; Ernest Shackleton; Ibn Battuta; Nelson Mandela;
Martin Luther King; Malala Yousafzai; Marie Curie; Louis Braille; Helen Keller; Rosalind Franklin
"""


def _table() -> dict[str, list[tuple[str, ...]]]:
    table: dict[str, list[tuple[str, ...]]] = {}
    for phrase in (_STORIES + ";" + _KEPT).split(";"):
        words = tuple(keys(phrase))
        table.setdefault(words[0], []).append(words)
    return table


_PHRASES = _table()


def passed_over(row: Sequence[Token]) -> set[int]:
    """Places in the row of words that belong to such a phrase."""
    found: set[int] = set()
    for at, token in enumerate(row):
        for words in _PHRASES.get(token.key, ()):
            after = at + len(words)
            if tuple(one.key for one in row[at:after]) == words:
                found.update(range(at, after))
    return found
