"""The French guide in a window of its own, opened at the part about the page in use; offline."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QDialog, QTextBrowser, QVBoxLayout, QWidget

from vto_desktop import french
from vto_desktop.ui.kit import theme

ABSENT = "Le guide n’est pas installé avec cette version du programme."


class Guide(QDialog):
    """Shows the guide; ``topic`` is the title to go to."""

    def __init__(self, path: Path, topic: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Guide de VTO Desktop")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(theme.px(820), theme.px(760))
        self.text = QTextBrowser()
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
        self.text.document().setMarkdown(written, tables)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(12), theme.px(12), theme.px(12), theme.px(12))
        column.addWidget(self.text)
        self.go_to(topic)

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
