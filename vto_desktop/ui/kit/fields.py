"""One field of a form: its label with a mnemonic, its input, a line kept free for a problem or a hint."""

import unicodedata
from collections.abc import Iterable, Mapping

from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from vto_desktop.ui.kit import icons, theme
from vto_desktop.ui.kit.line_input import Input
from vto_desktop.ui.kit.panel import label


class Field(QWidget):
    """A label above an input; below, what is wrong in red, or the hint in grey, or nothing."""

    def __init__(self, text: str, attribute: str, editor: Input, *, hint: str = "") -> None:
        super().__init__()
        self.attribute = attribute
        self.input = editor
        self._hint = hint
        self._problem = ""
        self._is_tight = False
        self.label = QLabel(text)
        self.label.setBuddy(editor.editor)
        self.label.setMinimumHeight(theme.px(20))
        self._sign = icons.Sign(size=14)
        self._below = label("", "hint", wrap=True)
        below = QHBoxLayout()
        below.setSpacing(theme.px(6))
        below.addWidget(self._sign)
        below.addWidget(self._below, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        column.addWidget(self.label)
        self.is_tall = editor.sizePolicy().verticalPolicy() == QSizePolicy.Policy.Expanding
        column.addWidget(editor, int(self.is_tall))
        column.addLayout(below)
        if not self.is_tall:
            column.addStretch(1)
        self._below.setMinimumHeight(theme.px(20))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        editor.editor.setAccessibleName(self.plain_label)
        self.show_problem("")

    def tighten(self) -> "Field":
        """Keep no line free below: where many fields of one kind follow each other, or a sentence does."""
        self._is_tight = True
        self._below.setMinimumHeight(0)
        self._below.setVisible(bool(self._below.text()))
        return self

    @property
    def plain_label(self) -> str:
        """The label without its mnemonic."""
        return self.label.text().replace("&&", "\0").replace("&", "").replace("\0", "&")

    @property
    def problem(self) -> str:
        """The sentence shown in red, if any."""
        return self._problem

    def show_problems(self, problems: Mapping[str, str]) -> bool:
        """Show the problems of this attribute and of its parts (« attribute.part »); return whether any."""
        start = f"{self.attribute}."
        inside = {a.removeprefix(start): said for a, said in problems.items() if a.startswith(start)}
        self.show_problem(problems.get(self.attribute, ""))
        self.input.show_problems_inside(inside)
        return bool(inside or self._problem)

    @property
    def problem_count(self) -> int:
        """How many problems are shown, those of parts included."""
        return bool(self._problem) + self.input.problems_inside()

    def set_hint(self, hint: str) -> None:
        """Say another thing in grey from now on."""
        self._hint = hint
        self.show_problem(self._problem)

    def show_problem(self, sentence: str) -> None:
        """Show what is wrong (empty: the hint again)."""
        self._problem = sentence
        self.input.show_problem(bool(sentence))
        if sentence:
            self._tell(sentence, "problem", "circle-alert")
        else:
            self._tell(self._hint, "hint", "")
        self.input.editor.setAccessibleDescription(sentence or self._hint)

    def show_remark(self, sentence: str, role: str = "ok") -> None:
        """Show something good or doubtful to know (``ok`` or ``warn``), until a problem takes its place."""
        if self._problem:
            return
        if sentence:
            self._tell(sentence, role, {"ok": "circle-check", "warn": "triangle-alert"}.get(role, ""))
        else:
            self._tell(self._hint, "hint", "")

    def _tell(self, sentence: str, role: str, icon: str) -> None:
        self._below.setText(sentence)
        self._below.setVisible(bool(sentence) or not self._is_tight)
        self._below.setObjectName(role)
        self._below.style().unpolish(self._below)
        self._below.style().polish(self._below)
        self._sign.show_sign(icon, "danger" if role == "problem" else role)


def give_mnemonics(fields: Iterable[Field], taken: str) -> None:
    """Give each label without one an Alt+letter that no other label or button has."""
    labels = [field.label for field in fields]
    used = set(taken.upper())
    for one in labels:
        if (letter := _mnemonic(one.text())) and letter not in used:
            used.add(letter)
        elif letter:
            one.setText(one.text().replace("&", "", 1))
    for one in labels:
        text = one.text()
        if _mnemonic(text):
            continue
        starts = [i for i, c in enumerate(text) if i == 0 or text[i - 1] in " ’-("]
        for place in [*starts, *range(len(text))]:
            letter = _letter(text[place])
            if letter and letter not in used and text[place].isascii():
                used.add(letter)
                one.setText(f"{text[:place]}&{text[place:]}")
                break


def _mnemonic(text: str) -> str:
    place = text.replace("&&", "  ").find("&")
    return _letter(text[place + 1]) if 0 <= place < len(text) - 1 else ""


def _letter(character: str) -> str:
    bare = unicodedata.normalize("NFD", character)[0].upper()
    return bare if bare.isalpha() else ""
