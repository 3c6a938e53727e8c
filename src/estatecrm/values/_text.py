"""Text at the boundary: what a person typed, cleaned or refused, and shown masked."""

import re

from estatecrm.errors import InvalidFacts

_INVISIBLE_EDGE = "\ufeff\u200b\u200c\u200d\u2060"
_EDGE = re.compile(rf"\A[\s{_INVISIBLE_EDGE}]+|[\s{_INVISIBLE_EDGE}]+\Z")
_FORBIDDEN_IN_LINE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]").search
_FORBIDDEN_IN_NOTE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]").search

_SURNAMES = (
    "欧阳 司马 上官 诸葛 夏侯 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 司徒 司空 东方 独孤 南宫 西门 端木 "
    "百里 呼延 轩辕 钟离 闻人 东郭 澹台 公冶 宗政 濮阳 淳于 单于 太叔 申屠 仲孙 赫连 万俟 第五 拓跋 "
    "歐陽 司馬 諸葛 尉遲 東方 獨孤 南宮 西門 軒轅 鍾離 聞人 長孫"
)
_COMPOUND_SURNAMES = frozenset(_SURNAMES.split())


class InvalidText(InvalidFacts):
    """A text is not what it should be; `reason` says why in one code word, the text is not repeated."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(reason, message)
        self.reason = reason

    def __str__(self) -> str:
        return str(self.args[1])


def clean_text(raw: str) -> str:
    """
    One line of text without the white space around it; every character within stays as typed.

    Raises:
        InvalidText: a NUL, a control character, a line break or half of a surrogate pair (reason "control").
    """
    text = _trimmed(raw)
    if _FORBIDDEN_IN_LINE(text):
        raise InvalidText("control", "the text holds a control character or half a character: type it again")
    return text


def clean_note(raw: str) -> str:
    """A text of several lines, cleaned like `clean_text`; line ends become newlines, tabs stay."""
    text = _trimmed(raw.replace("\r\n", "\n").replace("\r", "\n"))
    if _FORBIDDEN_IN_NOTE(text):
        raise InvalidText("control", "the text holds a control character or half a character: type it again")
    return text


def mask_name(name: str) -> str:
    """*name* with the surname kept and one star for every other character; a single character is all star."""
    text = name.strip()
    if len(text) < 2:
        return "*" * len(text)
    kept = 2 if len(text) > 2 and text[:2] in _COMPOUND_SURNAMES else 1
    return text[:kept] + "*" * (len(text) - kept)


def _trimmed(raw: str) -> str:
    if not isinstance(raw, str):
        raise InvalidText("type", f"text expected, not {type(raw).__name__}")
    text = raw.strip()
    if text and (text[0] in _INVISIBLE_EDGE or text[-1] in _INVISIBLE_EDGE):
        text = _EDGE.sub("", text)
    return text
