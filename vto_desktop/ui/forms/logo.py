"""The field of the association's logo: an image chosen, made a PNG of a reasonable size, shown."""

from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QImageReader, QPixmap
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QVBoxLayout

from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.inputs import Input
from vto_desktop.ui.kit.panel import button, label

LARGEST: Final = 600
"""Pixels of the longer side: sharp at 40 mm on paper, small in the dossier."""
FILTER: Final = "Images (*.png *.jpg *.jpeg *.svg *.webp *.bmp)"


class LogoInput(Input):
    """A PNG in base64, or an empty text."""

    def __init__(self) -> None:
        frame = QFrame()
        frame.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        super().__init__(frame)
        self._value = ""
        self._problem = ""
        self.picture = QLabel("Aucun logo")
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setFixedSize(theme.px(176), theme.px(88))
        self.picture.setObjectName("secondary")
        self.picture.setFrameShape(QFrame.Shape.StyledPanel)
        self.choose_button = button("Choisir une &image…", self.ask)
        self.remove_button = button("&Retirer", lambda: self._take(""))
        words = QVBoxLayout()
        words.addWidget(
            label("PNG, JPEG ou SVG\u00a0; imprimé en haut de chaque document.", "hint", wrap=True)
        )
        acts = QHBoxLayout()
        acts.addWidget(self.choose_button)
        acts.addWidget(self.remove_button)
        acts.addStretch(1)
        words.addLayout(acts)
        row = QHBoxLayout(frame)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(16))
        row.addWidget(self.picture)
        row.addLayout(words, 1)
        self.setFocusProxy(self.choose_button)
        self._show()

    def value(self) -> str:
        return self._value

    def set_value(self, value: Any) -> None:
        self._value = value or ""
        self._show()

    def problem(self) -> str:
        return self._problem

    def typed(self) -> Any:
        return self._value

    def set_typed(self, typed: Any) -> None:
        if isinstance(typed, str):
            self.set_value(typed)

    def ask(self) -> None:
        """Let the user choose an image file."""
        dialog = QFileDialog(self, "Choisir le logo", "", FILTER)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.read(Path(name)))
        dialog.open()

    def read(self, path: Path) -> None:
        """Take an image file; one that cannot be read is a problem of the field."""
        reader = QImageReader(str(path))
        reader.setAutoTransform(True)
        image = reader.read()
        if image.isNull():
            self._problem = (
                f"«\u00a0{path.name}\u00a0» n’est pas une image lisible. Choisissez un fichier PNG ou JPEG."
            )
            self.changed.emit()
        else:
            self._take(as_png(image))

    def _take(self, value: str) -> None:
        self._problem = ""
        self.set_value(value)
        self.changed.emit()

    def _show(self) -> None:
        shown = QPixmap()
        shown.loadFromData(QByteArray.fromBase64(self._value.encode("ascii", "ignore")))
        if shown.isNull():
            self.picture.setText("Aucun logo")
        else:
            room = self.picture.size() - self.picture.size() / 10
            ways = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            self.picture.setPixmap(shown.scaled(room, *ways))
        self.remove_button.setEnabled(bool(self._value))


def as_png(image: QImage) -> str:
    """Return an image as a PNG in base64, no longer than LARGEST on its longer side."""
    if max(image.width(), image.height()) > LARGEST:
        ways = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        image = image.scaled(LARGEST, LARGEST, *ways)
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(content.toBase64().data()).decode("ascii")
