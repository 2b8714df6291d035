"""What the button of a finding opens: the form that mends it."""

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QWidget

from vto_desktop.model import Mandate
from vto_desktop.services.governance_checks import Act, Finding
from vto_desktop.ui.forms.body import BodyForm
from vto_desktop.ui.forms.ends import EndMandateForm
from vto_desktop.ui.forms.leaving import EndMemberForm
from vto_desktop.ui.forms.mandate import MandateForm
from vto_desktop.ui.forms.renewal import RenewalForm
from vto_desktop.ui.forms.representative import RepresentativeForm
from vto_desktop.ui.kit.workspace import Workspace


def mend(workspace: Workspace, finding: Finding, parent: QWidget) -> None:
    """Open the form that mends a finding."""
    _ACTS[finding.act](workspace, finding, parent)


def end(workspace: Workspace, mandate_id: int, parent: QWidget) -> None:
    """Ask from which day a mandate is no longer held."""
    with workspace.read() as session:
        name = session.get_one(Mandate, mandate_id).person.full_name
    EndMandateForm(workspace, mandate_id, name, parent).start()


def _elect(workspace: Workspace, finding: Finding, parent: QWidget) -> None:
    MandateForm(workspace, Mandate(office_id=finding.row_id), parent).start()


def _renew(workspace: Workspace, finding: Finding, parent: QWidget) -> None:
    if finding.body_id is not None:
        RenewalForm.of(workspace, finding.body_id, parent).start()


_ACTS: Final[dict[Act, Callable[[Workspace, Finding, QWidget], object]]] = {
    Act.ELECT: _elect,
    Act.RENEW: _renew,
    Act.END: lambda workspace, finding, parent: end(workspace, finding.row_id, parent),
    Act.SEE: lambda workspace, finding, parent: MandateForm.edit(workspace, finding.row_id, parent).start(),
    Act.SEND: lambda workspace, finding, parent: RepresentativeForm.new(
        workspace, finding.row_id, parent
    ).start(),
    Act.LEAVE: lambda workspace, finding, parent: EndMemberForm.of(workspace, finding.row_id, parent).start(),
    Act.SEATS: lambda workspace, finding, parent: BodyForm.edit(workspace, finding.row_id, parent).start(),
}
