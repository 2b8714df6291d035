"""Qt's own words in French: its shipped translation, then ours for what it lacks."""

import json

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

from vto_desktop.paths import resource


class Gaps(QTranslator):
    """Answers with ``resources/i18n/gaps.json`` what Qt's French file does not say."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        text = resource("i18n", "gaps.json").read_text(encoding="utf-8")
        self._words: dict[str, dict[str, str]] = json.loads(text)

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, source: str, comment: str | None = None, n: int = -1) -> str:
        # It is asked last, so giving the source back is the same as knowing nothing.
        return self._words.get(context, {}).get(source, source)


def install(application: QCoreApplication) -> None:
    """Make Qt speak French, whatever the system's language."""
    QLocale.setDefault(QLocale(QLocale.Language.French, QLocale.Country.France))
    gaps = Gaps(application)
    application.installTranslator(gaps)
    shipped = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if shipped.load("qtbase_fr", folder):
        application.installTranslator(shipped)  # asked first: the last one installed is
