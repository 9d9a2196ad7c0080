"""Where web addresses stand in a text, as X sees them: each counts the same, however long."""

from __future__ import annotations

from collections.abc import Iterator

import regex

# Every two-letter country ending, and the endings a school's post is likely to hold. An ending
# that is missing here is counted letter by letter, as a word is.
_COUNTRIES = (
    "ac|ad|ae|af|ag|ai|al|am|ao|aq|ar|as|at|au|aw|ax|az|ba|bb|bd|be|bf|bg|bh|bi|bj|bl|bm|bn|bo|bq|"
    "br|bs|bt|bv|bw|by|bz|ca|cc|cd|cf|cg|ch|ci|ck|cl|cm|cn|co|cr|cu|cv|cw|cx|cy|cz|de|dj|dk|dm|do|"
    "dz|ec|ee|eg|eh|er|es|et|eu|fi|fj|fk|fm|fo|fr|ga|gb|gd|ge|gf|gg|gh|gi|gl|gm|gn|gp|gq|gr|gs|gt|"
    "gu|gw|gy|hk|hm|hn|hr|ht|hu|id|ie|il|im|in|io|iq|ir|is|it|je|jm|jo|jp|ke|kg|kh|ki|km|kn|kp|kr|"
    "kw|ky|kz|la|lb|lc|li|lk|lr|ls|lt|lu|lv|ly|ma|mc|md|me|mf|mg|mh|mk|ml|mm|mn|mo|mp|mq|mr|ms|mt|"
    "mu|mv|mw|mx|my|mz|na|nc|ne|nf|ng|ni|nl|no|np|nr|nu|nz|om|pa|pe|pf|pg|ph|pk|pl|pm|pn|pr|ps|pt|"
    "pw|py|qa|re|ro|rs|ru|rw|sa|sb|sc|sd|se|sg|sh|si|sj|sk|sl|sm|sn|so|sr|ss|st|su|sv|sx|sy|sz|tc|"
    "td|tf|tg|th|tj|tk|tl|tm|tn|to|tp|tr|tt|tv|tw|tz|ua|ug|uk|um|us|uy|uz|va|vc|ve|vg|vi|vn|vu|wf|"
    "ws|ye|yt|za|zm|zw"
)
_OTHERS = (
    "com|org|net|edu|gov|info|biz|mil|int|name|pro|mobi|app|dev|page|web|site|online|website|space|"
    "store|shop|blog|news|social|community|events|live|video|photos|gallery|media|link|click|"
    "school|schools|academy|education|college|university|training|courses|foundation|charity|"
    "church|wales|cymru|scot|london|today|world|family|kids|games|club|art|music|fm|cloud|digital|"
    "email|help|guide|support|care|health|green|eco|earth|sport|team|fund|gives"
)
_NO_MORE = r"(?![\p{Latin}\p{Cyrillic}\p{N}@]|[-_+]\p{L})"
_ENDING = rf"(?:{_OTHERS}|{_COUNTRIES}|xn--[a-z0-9-]+){_NO_MORE}"
_LABEL = r"[\p{L}\p{N}](?:[\p{L}\p{N}_-]{0,61}[\p{L}\p{N}])?"
_PLAIN_LABEL = (
    r"[A-Za-z0-9\u00C0-\u024F](?:[A-Za-z0-9\u00C0-\u024F-]{0,61}[A-Za-z0-9\u00C0-\u024F])?"
)
_INNER = r"[\p{Latin}\p{Cyrillic}\p{N}!*';:=+,.$/%#\[\]\-–_~@|&()?]"
_LAST = r"[\p{Latin}\p{Cyrillic}\p{N}=_#/+\-&)]"
_REST = rf"(?::\d+)?(?:[/?]{_INNER}*{_LAST}|/|\?)?"

# Not inside a word, an account name or a mail address.
_BEFORE = r"(?<![A-Za-z0-9@＠$#＃])"
_NAME = r"[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?"
_WITH_SCHEME = rf"{_BEFORE}https?://(?:{_LABEL}\.)*{_NAME}\.{_ENDING}{_REST}"
_WITHOUT = rf"{_BEFORE}(?<![-_./])(?:{_PLAIN_LABEL}\.)+{_ENDING}{_REST}"
_LINK = regex.compile(f"{_WITH_SCHEME}|{_WITHOUT}", regex.IGNORECASE)


def links(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each web address, with or without https://."""
    for found in _LINK.finditer(text):
        end = found.end()
        # A closing bracket belongs to the address only if it was opened in it.
        while text[end - 1] == ")" and text.count(")", found.start(), end) > text.count(
            "(", found.start(), end
        ):
            end -= 1
        yield found.start(), end
