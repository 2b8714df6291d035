"""What the user should know about the open dossier, above the page until it is dismissed."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.panel import Banner


class Banners(QWidget):
    """One sentence below the other; nothing takes no room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.px(24), theme.px(12), theme.px(24), 0)
        self._column.setSpacing(theme.px(8))
        self._shown: list[Banner] = []
        self.hide()

    def clear(self) -> None:
        """Take everything away."""
        for banner in tuple(self._shown):
            self._drop(banner)

    def tell(
        self,
        sentence: str,
        role: str = "warn",
        *,
        action: tuple[str, Callable[[], object]] | None = None,
        dismiss: bool = True,
        dismissed: Callable[[], object] = lambda: None,
    ) -> Banner:
        """Add a sentence, with an act and a way to dismiss it."""
        banner = Banner(sentence, role, self)
        if action is not None:
            banner.action(action[0], action[1])
        if dismiss:
            banner.action("Masquer", lambda: self._dismiss(banner, dismissed))
        self._shown.append(banner)
        self._column.addWidget(banner)
        self.show()
        return banner

    def sentences(self) -> list[str]:
        """Return what is told."""
        return [banner.sentence() for banner in self._shown]

    def _dismiss(self, banner: Banner, dismissed: Callable[[], object]) -> None:
        dismissed()
        self._drop(banner)

    def _drop(self, banner: Banner) -> None:
        if banner in self._shown:
            self._shown.remove(banner)
            banner.hide()
            banner.deleteLater()
        self.setVisible(bool(self._shown))
