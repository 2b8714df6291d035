"""What is told above the page when a dossier is opened: its place, a missed backup, a draft that was left."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from vto_desktop.settings import Settings
from vto_desktop.ui.kit import drafts, messages
from vto_desktop.ui.main_window.banners import Banners

if TYPE_CHECKING:
    from vto_desktop.store.dossier import Dossier

ONCE = "DOSSIER_SYNCHRONISE"
STAYS = "LECTURE_SEULE"
DRAFTS = 3


def tell(banners: Banners, settings: Settings, dossier: "Dossier", back_up_now: Callable[[], object]) -> None:
    """Tell what the user should know about a dossier just opened."""
    read = settings.get("avis_lus", [])
    for notice in dossier.notices:
        mark = f"{notice.code} {dossier.path}"
        if notice.code == ONCE:
            if mark in read:
                continue
            settings.set("avis_lus", [*read, mark][-50:])
        said = f"Chaque fiche, et ce qu’elle désigne et qui n’existe plus\u00a0:\n{notice.details}"
        details = ("Détails", partial(messages.tell, banners.window(), "Fiches concernées", said))
        banners.tell(
            str(notice), "warn", action=details if notice.details else None, dismiss=notice.code != STAYS
        )
    if settings.get("sauvegarde_manquée") == str(dossier.path):
        sentence = (
            "La dernière fermeture n’a pas pu faire de sauvegarde. Le dossier est bien "
            "enregistré\u00a0: faites "
            "une sauvegarde quand son emplacement est de nouveau accessible. [SAUVEGARDE_NON_FAITE]"
        )
        banners.tell(sentence, action=("Sauvegarder maintenant", back_up_now))
    for draft in drafts.left(str(dossier.path))[:DRAFTS]:
        sentence = (
            f"Une saisie jamais enregistrée du {draft.when} a été retrouvée "
            f"(«\u00a0{draft.title}\u00a0»)\u00a0: "
            "elle vous sera proposée quand vous rouvrirez cette fiche. [BROUILLON_RETROUVE]"
        )
        banners.tell(sentence, "info")
