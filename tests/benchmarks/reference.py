"""The search of the local authorities of France: each key, alone and in the field, and reading the file."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tests.benchmarks.harness import Effort, Outcome, bound_line, interleaved, median, percentile_95, timed
from tests.benchmarks.lists import application
from vto_desktop.model import Member
from vto_desktop.services import local_authorities
from vto_desktop.settings import Settings
from vto_desktop.store import Dossier
from vto_desktop.ui.forms.authorities import found
from vto_desktop.ui.forms.member import MemberForm
from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.pick import PickInput
from vto_desktop.ui.kit.workspace import Workspace

GOAL: Final = "REFERENCE"
FRAME: Final = 16.7  # milliseconds
ROUNDS: Final = 3  # of dozens of keys
READING: Final = 200.0  # milliseconds from which work must show its progress

# Typed letter by letter: an EPCI in full, one with its acronym, a postcode and a town, words that thousands
# of names share, these and one that a single name has, and what no name holds.
TYPED: Final = (
    "Communauté d’Agglomération du Grand Alès",
    "ca hérault méditerranée (cahm)",
    "34400 lunel",
    "saint martin sur",
    "saint jean de vedas",
    "ai ou en zz",
)


def keys() -> Iterator[str]:
    """Give what stands in the field after each key, as a person types every text."""
    for text in TYPED:
        yield from (text[:end] for end in range(1, len(text) + 1))


def measure(dossier: Dossier, effort: Effort) -> list[Outcome]:
    """Measure the search, then all that a key does in the form of a new member until the list is painted.

    The file is read before, as the fields see to.
    """
    local_authorities.prepare()

    def search(text: str) -> Callable[[], object]:
        return lambda: local_authorities.search(text)

    with field_of_member(dossier) as field:

        def typed(text: str) -> Callable[[], object]:
            def act() -> None:
                found.cache_clear()
                field.look_up(text)
                field.popup.viewport().repaint()

            return act

        return _measured(search, typed, effort)


@contextmanager
def field_of_member(dossier: Dossier) -> Iterator[PickInput]:
    """Show the form of a new member and give its field of organisations."""
    kept = application()
    with TemporaryDirectory() as folder:
        settings = Settings(Path(folder) / "preferences.json")
        settings.set("apparence", "light")
        theme.apply(settings)
        workspace = Workspace(settings)
        workspace.set_dossier(dossier)
        form = MemberForm(workspace, Member())
        form.show()
        kept.processEvents()
        field = form.input("organisation_id")
        assert isinstance(field, PickInput)
        try:
            yield field
        finally:
            field.popup.hide()
            field.set_value(None)
            form.close()
            form.deleteLater()
            kept.processEvents()
            workspace.set_dossier(None)


def _measured(
    search: Callable[[str], Callable[[], object]],
    typed: Callable[[str], Callable[[], object]],
    effort: Effort,
) -> list[Outcome]:
    every_text = list(dict.fromkeys(keys()))
    texts = every_text[:: max(len(every_text) // effort.steps, 1)]
    probes = {f"search {text}": timed(search(text)) for text in texts}
    probes |= {f"field {text}": timed(typed(text)) for text in texts}
    samples = interleaved(probes, min(effort.rounds, ROUNDS))

    def lines(of: str, what: str) -> list[Outcome]:
        every = [value for text in texts for value in samples[f"{of} {text}"]]
        worst = max(median(samples[f"{of} {text}"]) for text in texts)
        return [
            bound_line(GOAL, f"{what}, 95 % of the keys", percentile_95(every), FRAME, "ms"),
            bound_line(GOAL, "the same, the slowest key", worst, FRAME, "ms"),
        ]

    reading = interleaved({"file": timed(_read_again)}, effort.starts, warm=False)["file"]
    return [
        *lines("search", "a key among 36,224 authorities"),
        *lines("field", "a key in the form, until painted"),
        bound_line(GOAL, "reading the file, once a session", median(reading), READING, "ms"),
    ]


def _read_again() -> None:
    local_authorities.forget()
    local_authorities.prepare()
