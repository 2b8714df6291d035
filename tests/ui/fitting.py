"""What is on screen and does not fit: texts larger than their widget, widgets smaller than their least."""

from collections.abc import Iterator

from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QStyle,
    QStyleOptionComboBox,
    QStyleOptionFrame,
    QTabBar,
    QWidget,
)

from vto_desktop.ui.kit.chips import ChipLabel
from vto_desktop.ui.kit.elided import ElidedLabel
from vto_desktop.ui.kit.inputs import _Combo
from vto_desktop.ui.main_window.search import SearchField

SLACK = 2
"""Pixels by which a rounded size may differ."""


def misfits(window: QWidget) -> list[str]:
    """Return what does not fit in a window, in words; what ends with « … » and has a tip is meant so."""
    return [said for one in window.findChildren(QWidget) if one.isVisible() for said in _said(one)]


def _said(one: QWidget) -> Iterator[str]:
    name = f"{type(one).__name__} «\u00a0{text_of(one)}\u00a0»"
    parent = one.parentWidget()
    if isinstance(parent, QLineEdit):  # the signs inside a field
        return
    if parent is not None and parent.layout() is not None and not isinstance(one, QLabel):
        least = one.minimumSizeHint().boundedTo(one.maximumSize())
        if least.height() > one.height() + SLACK or least.width() > one.width() + SLACK:
            yield f"{name} is {one.width()} x {one.height()}, not {least.width()} x {least.height()}"
    wide, room = _width(one)
    if wide > room + SLACK and not (one.toolTip() and is_cut_on_purpose(one)):
        yield f"{name} needs {wide}, has {room}"
    if isinstance(one, QLabel) and one.text():
        high = one.heightForWidth(one.width()) if one.wordWrap() else one.fontMetrics().height()
        if high > one.height() + SLACK:
            yield f"{name} needs {high} of height, has {one.height()}"


def text_of(one: QWidget) -> str:
    """Return the text that a widget shows, or its name."""
    if isinstance(one, QComboBox):
        return one.currentText()
    if isinstance(one, QLineEdit):
        return one.text() or one.placeholderText()
    if isinstance(one, ChipLabel):
        return one.chip.text
    if isinstance(one, QLabel | QAbstractButton):
        return one.text()
    return one.accessibleName()


def is_cut_on_purpose(one: QWidget) -> bool:
    """Return whether a widget cuts its own text, with « … »."""
    return isinstance(one, ElidedLabel | _Combo | SearchField) or (isinstance(one, ChipLabel) and one.yields)


def _width(one: QWidget) -> tuple[int, int]:
    """Return the width of a widget's text and the width it has for it."""
    wide, style = one.fontMetrics().horizontalAdvance(text_of(one)), one.style()
    if isinstance(one, QLabel):
        return (0 if one.wordWrap() else wide), one.contentsRect().width()
    if isinstance(one, QComboBox):
        combo = QStyleOptionComboBox()
        one.initStyleOption(combo)
        kind, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        return wide, style.subControlRect(kind, combo, part, one).width()
    if isinstance(one, QLineEdit):
        frame = QStyleOptionFrame()
        one.initStyleOption(frame)
        inside = style.subElementRect(QStyle.SubElement.SE_LineEditContents, frame, one).width()
        signs = sum(each.width() for each in one.findChildren(QAbstractButton) if each.isVisible())
        return wide, inside - signs
    if isinstance(one, QTabBar):
        return one.tabRect(one.count() - 1).right(), one.width()
    if isinstance(one, ChipLabel | QAbstractButton) and text_of(one):
        return one.sizeHint().width(), one.width()
    return 0, 0
