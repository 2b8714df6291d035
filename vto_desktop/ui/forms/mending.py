"""Opens the form of the row that a paper cannot do without, whatever its table."""

from typing import Any

from PySide6.QtWidgets import QWidget

from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.workspace import Workspace


def form_of(workspace: Workspace, table: str, row_id: int, parent: QWidget) -> Form:
    """Return the form where a row of a table is filled in; raises KeyError for a table no paper names."""
    from vto_desktop.ui.forms.association import AssociationForm
    from vto_desktop.ui.forms.campaign import CampaignForm
    from vto_desktop.ui.forms.civil_status import CivilStatusForm
    from vto_desktop.ui.forms.dues import DuesForm
    from vto_desktop.ui.forms.meeting import MeetingForm
    from vto_desktop.ui.forms.organisation import OrganisationForm
    from vto_desktop.ui.forms.person import PersonForm
    from vto_desktop.ui.forms.representative import RepresentativeForm

    if table == "association":
        return AssociationForm.edit(workspace, parent)
    if table == "civil_status":
        return CivilStatusForm.of(workspace, row_id, parent)
    if table == "member":  # it lacks somebody to represent it
        return RepresentativeForm.new(workspace, row_id, parent)
    forms: dict[str, Any] = {
        "organisation": OrganisationForm, "person": PersonForm, "dues": DuesForm,
        "dues_campaign": CampaignForm, "meeting": MeetingForm,
    }  # fmt: skip
    made: Form = forms[table].edit(workspace, row_id, parent)
    return made
