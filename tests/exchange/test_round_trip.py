"""Lists that the program exports come back without changing anything, and so does any list imported twice."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.services.importing import changes_nothing
from tests.store.samples import dump
from vto_desktop.exchange.reading import read
from vto_desktop.exchange.tables import write_table
from vto_desktop.model import Kind
from vto_desktop.services import association, example, importing
from vto_desktop.services.importing import Options, Plan
from vto_desktop.services.lists import LISTS
from vto_desktop.store import Dossier, create_dossier, open_dossier


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dossiers")
    with create_dossier(folder / "exemple.vto") as made, made.write("Créer", is_start=True) as session:
        example.build_example(session)
    with create_dossier(folder / "vide.vto") as made, made.write("Créer", is_start=True) as session:
        association.initialise(session, "Association d’essai", year=2021)
    return folder


@pytest.fixture
def dossier(files: Path, tmp_path: Path) -> Iterator[Dossier]:
    with open_dossier(Path(shutil.copy(files / "exemple.vto", tmp_path / "exemple.vto"))) as opened:
        yield opened


def plan_of(dossier: Dossier, path: Path, kind: str) -> Plan:
    table = read(path)
    layout = importing.layout_of(table.rows, kind)
    with dossier.read() as session:
        return importing.plan(
            importing.Known(session),
            table.rows,
            layout,
            Options(table.starts_1904, is_text=bool(table.encoding)),
        )


@pytest.mark.parametrize("kind", importing.KINDS)
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_our_own_export_changes_nothing(dossier: Dossier, tmp_path: Path, kind: str, ending: str) -> None:
    path = tmp_path / f"liste.{ending}"
    asked = LISTS[kind]
    with dossier.read() as session:
        rows = asked.rows(session, asked.ids(session))
    write_table(path, asked.title, asked.columns, rows)
    plan = plan_of(dossier, path, kind)
    assert len(plan.rows) == len(rows)
    assert changes_nothing(plan)


NAMES = st.text("aàbcéÉœ'’-& ", min_size=1, max_size=12).map(lambda text: f"N{text.strip()}x")
CELLS = {
    "Adhérent": NAMES | st.sampled_from(["Nimes", "Ville de Nîmes", "Zoé"]),
    "Type": st.sampled_from(["", *(kind.value for kind in Kind), "Personne physique", "CA", "asso"]),
    "SIREN": st.sampled_from(["", "200066918", "243400819", "12", "211102066"]),
    "Dép.": st.sampled_from(["", "34", "Gard", "2A"]),
    "Population": st.sampled_from(["", "0", "1 200", "138176"]),
    "CP": st.sampled_from(["", "34000", "1000"]),
    "Ville": NAMES | st.just(""),
    "Courriel": st.sampled_from(["", "a@example.org", "x"]),
    "Tél.": st.sampled_from(["", "0467000000", "467000000", "+33 4 67 00 00 00"]),
    "Titulaire": st.sampled_from(["", "Magalie TOUET", "TOUET Magalie", "Mme TOUET", "Serge BORD", "Nn"]),
    "Qualité titulaire": NAMES | st.just(""),
    "Suppléant": st.sampled_from(["", "Magalie TOUET", "Zoé"]),
    "Représentants": st.sampled_from(["", "Anne MARTIN, Paul DURAND", "Magalie TOUET et/ou Zoé"]),
    "Adhésion": st.sampled_from(["", "01/01/2015", "2016", "31/02/2017"]),
    "Départ": st.sampled_from(["", "31/12/2020", "01/01/2014"]),
    "Aussi écrit": NAMES | st.just(""),
    "Notes": NAMES | st.just(""),
}  # fmt: skip
ROWS = st.lists(st.fixed_dictionaries(CELLS), min_size=1, max_size=6)


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_any_list_imported_twice_changes_nothing_and_undo_takes_it_back(
    files: Path, tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, str]]
) -> None:
    table = [(1, list(CELLS)), *((n, list(each.values())) for n, each in enumerate(rows, 2))]
    layout = importing.layout_of(table, "members", place=0)
    assert len(layout.mapping) == len(CELLS)
    path = Path(shutil.copy(files / "vide.vto", tmp_path_factory.mktemp("deux-fois") / "vide.vto"))
    with open_dossier(path) as dossier:
        before = dump(dossier)
        with dossier.read() as session:
            plan = importing.plan(importing.Known(session), table, layout)
        chosen = plan.chosen()
        with dossier.write("Importer") as session:
            importing.apply(session, chosen)
        after = dump(dossier)
        with dossier.read() as session:
            again = importing.plan(importing.Known(session), table, layout)
        assert again.chosen() == [], [(each.name, each.what) for each in again.chosen()]
        assert [each.number for each in again.rows] == [each.number for each in plan.rows]
        if chosen:
            dossier.undo()
            assert dump(dossier) == before
            dossier.redo()
        assert dump(dossier) == after
