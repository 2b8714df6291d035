"""The French guide in a window of its own, opened at the part about the page in use; offline."""

import re
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QImage, QResizeEvent, QShowEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QDialog, QTextBrowser, QVBoxLayout, QWidget

from vto_desktop import french
from vto_desktop.ui.kit import theme

ABSENT = "Le guide n’est pas installé avec cette version du programme."


BOUND = re.compile(r"(?<=«) | (?=[;!?»])|(?<=\w) (?=:)")
"""Spaces at which no line may end; the file itself keeps ordinary ones."""
IMAGE = QTextDocument.ResourceType.ImageResource
MARGIN = 16


class GuideText(QTextBrowser):
    """The text of the guide, its pictures never wider than the window."""

    def __init__(self) -> None:
        super().__init__()
        self._pictures: dict[str, QImage] = {}

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        if kind != IMAGE.value:
            return super().loadResource(kind, name)
        path = self.document().baseUrl().resolved(QUrl(name)).toLocalFile()
        return self._fitted(self._pictures.setdefault(QUrl(name).toString(), QImage(path)))

    def _fitted(self, picture: QImage) -> QImage:
        ratio = self.devicePixelRatioF()
        room = round((self.viewport().width() - theme.px(MARGIN)) * ratio)
        if picture.width() <= room:
            return picture
        made = picture.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation)
        made.setDevicePixelRatio(ratio)
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for name, picture in self._pictures.items():
            self.document().addResource(IMAGE.value, QUrl(name), self._fitted(picture))
        self.document().markContentsDirty(0, self.document().characterCount())


class Guide(QDialog):
    """Shows the guide; ``topic`` is the title to go to."""

    def __init__(self, path: Path, topic: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Guide de VTO Desktop")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(theme.px(820), theme.px(760))
        self._topic = topic
        self.text = GuideText()
        self.text.setOpenExternalLinks(False)
        self.text.setOpenLinks(False)
        self.text.anchorClicked.connect(self._follow)
        self.text.setSearchPaths([str(path.parent)])
        self.text.document().setDefaultFont(theme.font(10))
        self.text.document().setBaseUrl(QUrl.fromLocalFile(f"{path.parent}/"))
        try:
            written = path.read_text(encoding="utf-8")
        except OSError:
            written = ABSENT
        features = QTextDocument.MarkdownFeature
        tables = features.MarkdownDialectGitHub | features.MarkdownNoHTML
        self.text.document().setMarkdown(BOUND.sub(french.NBSP, written), tables)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(12), theme.px(12), theme.px(12), theme.px(12))
        column.addWidget(self.text)
        self.go_to(topic)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, lambda: self.go_to(self._topic))  # again, now that pictures have a size

    def go_to(self, topic: str) -> None:
        """Show the part whose title holds the topic; the beginning when there is none."""
        wanted = french.sort_key(topic)
        block = self.text.document().begin()
        while wanted and block.isValid():
            if block.blockFormat().headingLevel() and wanted in french.sort_key(block.text()):
                self.text.setTextCursor(QTextCursor(self.text.document().lastBlock()))
                self.text.setTextCursor(QTextCursor(block))
                return
            block = block.next()

    def _follow(self, url: QUrl) -> None:
        """Follow a link inside the guide; nothing leads outside."""
        self.go_to(url.fragment(QUrl.ComponentFormattingOption.FullyDecoded).replace("-", " "))
