"""« Campagne » on the page of dues: go on with a campaign of the year, add one, call a member, delete one."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from vto_desktop.services.campaigns import delete_campaign
from vto_desktop.ui.forms.campaign import CampaignForm
from vto_desktop.ui.forms.records import deleting, named
from vto_desktop.ui.kit.page_menu import Line, menu_of

if TYPE_CHECKING:
    from vto_desktop.ui.pages.dues.page import DuesPage


def _edit(campaign_id: int, page: "DuesPage") -> None:
    CampaignForm.edit(page.workspace, campaign_id, page).start()


def _delete(campaign_id: int, name: str, page: "DuesPage") -> None:
    deleting(page.workspace, page, named("la campagne", name), delete_campaign, campaign_id)


def of(page: "DuesPage") -> QMenu:
    """Return the menu, over a page whose year has campaigns."""
    edits = [
        Line(
            f"Ouvrir «\u00a0{name}\u00a0»…",
            "pencil",
            partial(_edit, row_id),
            writes=True,
        )
        for row_id, name in page.campaigns
    ]
    others = [
        Line("Appeler un adhérent…", "plus", lambda page: page.call_one(), writes=True),
        Line("Nouvelle campagne…", "layers", lambda page: page.new_campaign(), writes=True),
    ]
    deletes = [
        Line(f"Supprimer «\u00a0{name}\u00a0»", "trash-2", partial(_delete, row_id, name), writes=True)
        for row_id, name in page.campaigns
    ]
    return menu_of(page, (edits, others, deletes))
