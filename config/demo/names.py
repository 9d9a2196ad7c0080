"""Invented names for invented people, of every background a British school knows."""

from __future__ import annotations

from random import Random
from typing import NamedTuple


class Heritage(NamedTuple):
    """Names that go together. `weight` is how common the background is among the families."""

    weight: int
    girls: list[str]
    boys: list[str]
    surnames: list[str]


def _names(weight: int, girls: str, boys: str, surnames: str) -> Heritage:
    """Names apart by a comma, since some are two words."""
    parts = ([name.strip() for name in text.split(",")] for text in (girls, boys, surnames))
    return Heritage(weight, *parts)


HERITAGES: dict[str, Heritage] = {
    "english": _names(
        34,
        "Amelia, Olivia, Isla, Ava, Rose, Grace, Poppy, Lily, Ella, Florence, Evie, Freya, Daisy, "
        "Ivy, Holly, Summer, Hope, April, May, Joy, Mary-Kate, Ruby, Harriet, Matilda, Eliza, "
        "Phoebe, Darcey, Lottie, Anne-Marie, Jessica, Scarlett, Martha, Wren, Beth, Zoë, Chloë",
        "Oliver, George, Harry, Jack, Arthur, Noah, Alfie, Tom, Will, Charlie, Freddie, Archie, "
        "Max, Sam, Theo, Leo, Oscar, Reuben, Mark, Art, Ben, Caleb, Ned, Rowan, Jude, Toby, "
        "Dexter, Kit, Ezra, Frank, Robin, Stanley, Ted, Billy, Jay",
        "Smith, Taylor, Green, Walker, Wright, Hill, King, Young, Carter, Baker, Cooper, Ward, "
        "Turner, Bell, Moor, Frost, Sharp, Fletcher, Marsh, Pearce, Barker, Dunn, Gough, Nuttall, "
        "Ashworth, Birtwistle, Longbottom, Featherstone, Hargreaves, Winterbourne, Threlfall, "
        "Haythornthwaite, Oakes, Day, Church, Banks, Rowley, Tilbury, Cartwright, Sedgwick",
    ),
    "welsh": _names(
        4,
        "Ffion, Seren, Cerys, Carys, Nia, Siân, Eleri, Mared, Angharad, Lowri, Efa, Gwenllian",
        "Rhys, Dylan, Ioan, Gethin, Llŷr, Emrys, Macsen, Tomos, Iestyn, Siôn, Osian, Idris",
        "Jones, Davies, Evans, Rees, Llewellyn, ap Rhys, Pugh, Bevan, Gwynne, Prosser, Howells",
    ),
    "scottish": _names(
        4,
        "Isla, Eilidh, Catriona, Mairi, Skye, Iona, Ailsa, Kirsty, Morven, Fiona",
        "Callum, Finlay, Lachlan, Hamish, Ruaridh, Angus, Fergus, Ewan, Murray, Blair",
        "MacLeod, McDonald, Mackenzie, Campbell, MacGregor, Sutherland, Drummond, McNab, Urquhart",
    ),
    "irish": _names(
        5,
        "Aoife, Niamh, Saoirse, Caoimhe, Róisín, Sinéad, Orlaith, Bríd, Gráinne, Clodagh",
        "Seán, Oisín, Cillian, Conor, Pádraig, Fionn, Darragh, Tadhg, Ciarán, Eoin",
        "O’Brien, O’Neill, O’Connor, D’Arcy, Murphy, Ní Mhurchú, Gallagher, Kavanagh, McCarthy, "
        "O’Sullivan, Fitzgerald, Byrne",
    ),
    "traveller": _names(
        2,
        "Kathleen, Bridget, Margaret, Scarlett, Shakira, Violet, Priscilla, Crystal",
        "Paddy, Johnny, Felix, Miley, Levi, Jimmy Joe, Nelson, Simey",
        "Connors, Ward, Maughan, Doran, Lee, Boswell, Loveridge, Heron, Cash",
    ),
    "polish": _names(
        6,
        "Zofia, Zuzanna, Maja, Lena, Hanna, Oliwia, Małgorzata, Agnieszka, Wiktoria, Łucja",
        "Jakub, Antoni, Szymon, Michał, Kacper, Łukasz, Wojciech, Bartosz, Stanisław, Filip",
        "Wolska, Nowak, Kowalski, Wiśniewska, Wójcik, Lewandowski, Zielińska, Dąbrowski, "
        "Szczęsny, Mazur, Żak, Przybylski",
    ),
    "romanian": _names(
        3,
        "Ioana, Andreea, Ștefania, Mălina, Bianca, Daria, Ilinca",
        "Andrei, Matei, Ștefan, Radu, Vlad, Ionuț, Luca",
        "Popescu, Ionescu, Țurcanu, Dumitrescu, Munteanu, Bălan, Stoica",
    ),
    "ukrainian": _names(
        3,
        "Oksana, Daryna, Solomiia, Yaryna, Zlata, Olha, Mariia",
        "Bohdan, Danylo, Taras, Mykola, Yaroslav, Ostap, Artem",
        "Shevchenko, Kovalenko, Bondarenko, Tkachenko, Melnyk, Hrytsenko, Lysenko",
    ),
    "somali": _names(
        4,
        "Hodan, Ayaan, Ifrah, Sagal, Hibaaq, Nasteexo, Ubah, Fartun",
        "Abdirahman, Liban, Guled, Cabdi, Zakariya, Mahad, Bilal, Ayub",
        "Warsame, Abdi, Farah, Hassan Ali, Jama, Mohamud, Osman, Duale",
    ),
    "nigerian": _names(
        5,
        "Ife, Ngozi, Temilade, Adaeze, Folasade, Chidinma, Ọmọlará, Simisola, Blessing",
        "Emeka, Tobi, Chukwuemeka, Ayọ̀délé, Kelechi, Damilola, Ikenna, Samuel, Oluwaseun",
        "Adeyemi, Okafor, Ọládipọ̀, Eze, Balogun, Nwosu, Adebayo-Cole, Okonkwo, Ogunleye",
    ),
    "ghanaian": _names(
        2,
        "Akosua, Abena, Efua, Adjoa, Ama, Yaa",
        "Kwame, Kofi, Kojo, Yaw, Kwabena, Nii",
        "Boateng, Mensah, Owusu, Asante, Appiah, Agyeman",
    ),
    "pakistani": _names(
        7,
        "Amira, Aisha, Zainab, Hafsa, Maryam, Noor, Iqra, Sumaiya, Aleena, Inaaya",
        "Muhammad, Mohammed Ali, Ibrahim, Hamza, Zain, Yusuf, Ahmed, Haris, Rayyan, Musa",
        "Khan, Hussain, Ali, Ahmed, Malik, Mahmood, Akhtar, Iqbal, Butt, Mirza, Sheikh",
    ),
    "bangladeshi": _names(
        4,
        "Nusrat, Tahmina, Anika, Sadia, Labiba, Mehzabin, Rahima",
        "Tanvir, Rafi, Imran, Shahriar, Nayeem, Ayaan, Sabbir",
        "Begum, Miah, Rahman, Uddin, Choudhury, Islam, Khatun, Haque",
    ),
    "indian": _names(
        5,
        "Priya, Anaya, Jasleen, Diya, Simran, Meera, Harpreet, Kavya, Riya",
        "Arjun, Gurpreet, Rohan, Veer, Dev, Jaspal, Krish, Aarav, Manraj",
        "Patel, Singh, Kaur, Sharma, Nair, Gill, Shah, Sandhu, Desai, Iyer",
    ),
    "tamil": _names(
        2,
        "Abirami, Kavitha, Thulasi, Nila, Yazhini",
        "Kugan, Sathish, Praveen, Vithushan, Aran",
        "Sivakumar, Balasubramaniam, Ratnam, Thevarajah, Nadarajah",
    ),
    "chinese": _names(
        3,
        "Mei, Xinyi, Li Na, Jia, Yan, Hoi Ching, Ling",
        "Wei, Jun, Zihan, Hao, Ka Ho, Ming, Tsz Hin",
        "Chen, Wong, Li, Zhang, Lau, Cheung, Ng, Wu",
    ),
    "caribbean": _names(
        5,
        "Shanice, Renée, Tiana, Kezia, Aaliyah, Monique, Janelle, Chanté",
        "Malachi, Jahmal, Tyrell, Marcus, Andre, Kymani, Isaiah, Desmond",
        "Campbell, Francis, Joseph, Grant-Lewis, Samuels, Pinnock, Baptiste, Gayle, St. Clair",
    ),
    "arabic": _names(
        4,
        "Layla, Yasmin, Hala, Rima, Noura, Salma, Dalal",
        "Omar, Khalid, Tariq, Sami, Faris, Anas, Ziad",
        "al-Masri, Haddad, El-Sayed, Mansour, Nasser, Khoury, bin Saleh, Darwish",
    ),
    "kurdish": _names(
        2,
        "Rojin, Zilan, Berivan, Shilan, Avin",
        "Azad, Diyar, Rêbîn, Hêmin, Baran",
        "Aziz, Karim, Barzani, Şahin, Yıldız",
    ),
    "turkish": _names(
        2,
        "Elif, Zeynep, Ayşe, Defne, Gül",
        "Emre, Çağan, Kerem, Yiğit, Deniz",
        "Yılmaz, Öztürk, Demir, Çelik, Kaya",
    ),
    "portuguese": _names(
        3,
        "Beatriz, Inês, Leonor, Júlia, Conceição",
        "João, Gonçalo, Tiago, Davi, Simão",
        "da Silva, Gonçalves, dos Santos, Araújo, Ferreira",
    ),
    "jewish": _names(
        1,
        "Miriam, Shira, Talia, Naomi",
        "Ezra, Asher, Eitan, Jonah",
        "Cohen, Levy, Goldstein, Rosen",
    ),
    "filipino": _names(
        2,
        "Althea, Mary Grace, Jasmine, Angelica",
        "Jericho, Paolo, Miguel, John Paul",
        "Dela Cruz, Santos, Reyes, Peña",
    ),
    "vietnamese": _names(
        1, "Linh, Thảo, Ngọc, Mai", "Minh, Đức, Quân, Huy", "Nguyễn, Trần, Phạm, Lê"
    ),
}

PARENTS = _names(
    1,
    "Sarah, Emma, Claire, Joanne, Nicola, Rachel, Gemma, Kelly, Laura, Samantha, Victoria, Louise",
    "David, James, Paul, Andrew, Mark, Lee, Craig, Stephen, Richard, Daniel, Gareth, Simon",
    "",
)
_NICKNAMES = {
    "Oliver": "Ollie",
    "Amelia": "Millie",
    "Jessica": "Jess",
    "Muhammad": "Mo",
    "Abdirahman": "Abdi",
    "Zuzanna": "Zuzia",
    "Oluwaseun": "Seun",
    "Chukwuemeka": "Emeka",
    "Harriet": "Hattie",
    "Matilda": "Tilly",
    "Freddie": "Fred",
    "Antoni": "Antek",
    "Gwenllian": "Gwen",
    "Florence": "Flo",
}


def heritage(dice: Random) -> str:
    """A background, as common as it is."""
    return dice.choices(list(HERITAGES), [h.weight for h in HERITAGES.values()])[0]


def child_name(dice: Random, background: str) -> tuple[str, str]:
    """A first name, and the one the school uses if that is another."""
    pool = HERITAGES[background]
    first = dice.choice(pool.girls if dice.random() < 0.5 else pool.boys)
    nickname = _NICKNAMES.get(first, "")
    return first, nickname if dice.random() < 0.6 else ""


def surname(dice: Random, background: str) -> str:
    """A family's surname; some families join two."""
    name = dice.choice(HERITAGES[background].surnames)
    if background in {"english", "caribbean", "welsh"} and dice.random() < 0.08:
        other = dice.choice(HERITAGES[dice.choice(["english", "irish", "polish"])].surnames)
        return f"{name}-{other}" if other != name else name
    return name


def adult_name(dice: Random, background: str, *, woman: bool) -> str:
    """A parent's or teacher's first name."""
    pool = HERITAGES[background]
    if background == "english":
        pool = PARENTS
    return dice.choice(pool.girls if woman else pool.boys)
