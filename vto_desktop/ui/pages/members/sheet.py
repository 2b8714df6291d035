"""The « Fiche » tab: what is kept of the membership and of the organisation or person behind it."""

from sqlalchemy.orm import Session, selectinload

from vto_desktop import french
from vto_desktop.model import Member, Organisation, Person
from vto_desktop.services.identifiers import rna_warning, siren_warning, siret_warning
from vto_desktop.services.reference import departement_name
from vto_desktop.ui.kit.chips import Chip

Fact = tuple[str, str | Chip | None]


def read_member(session: Session, member_id: int) -> Member | None:
    """Return a member with its organisation or person, its spellings and its college."""
    return session.get(
        Member,
        member_id,
        options=[
            selectinload(Member.organisation).selectinload(Organisation.aliases),
            selectinload(Member.person),
            selectinload(Member.college),
            selectinload(Member.successor).selectinload(Member.organisation),
            selectinload(Member.successor).selectinload(Member.person),
        ],
    )


def facts(member: Member) -> list[Fact]:
    """Return what the sheet shows, the membership first."""
    found: list[Fact] = [
        ("Collège", member.college.name),
        ("Adhésion", _since(member)),
    ]
    if member.left_on is not None:
        found.append(("Départ", french.short_date(member.left_on)))
        found.append(("Raison", member.leaving_reason))
        if member.successor is not None:
            found.append(("A rejoint", member.successor.name))
    if member.organisation is not None:
        found += _organisation(member.organisation)
    elif member.person is not None:
        found += _person(member.person)
    if member.notes:
        found.append(("Notes", member.notes))
    return found


def _since(member: Member) -> str | None:
    return f"depuis le {french.short_date(member.joined_on)}" if member.joined_on is not None else None


def _organisation(row: Organisation) -> list[Fact]:
    people = None
    if row.population is not None:
        year = f" ({row.population_year})" if row.population_year else ""
        people = f"{french.count(row.population, 'habitant')}{year}"
    found: list[Fact] = [("Type", row.kind), ("Population", people)]
    numbers = (
        ("SIREN", row.siren, siren_warning(row.siren)),
        ("SIRET", row.siret, siret_warning(row.siret)),
        ("RNA", row.rna, rna_warning(row.rna)),
    )
    for name, number, doubt in numbers:
        if number or name == "SIRET":
            found.append((name, f"{number}\n⚠ {doubt}" if doubt else number))
    if row.insee:
        found.append(("Code INSEE", row.insee))
    found += _contacts(row)
    billing = " · ".join(
        filter(None, (row.chorus_service, "numéro d’engagement exigé" if row.needs_commitment_number else ""))
    )
    if billing:
        found.append(("Chorus Pro", billing))
    if row.notes:
        found.append(("Notes", row.notes))
    return found


def _person(row: Person) -> list[Fact]:
    found: list[Fact] = [("Type", "Personne physique"), *_contacts(row)]
    if row.notes:
        found.append(("Notes", row.notes))
    return found


def _contacts(row: Organisation | Person) -> list[Fact]:
    where = "\n".join(filter(None, (row.address, " ".join(filter(None, (row.postcode, row.city))))))
    departement = " ".join(filter(None, (row.departement, departement_name(row.departement))))
    return [
        ("Département", departement),
        ("Adresse", where),
        ("Courriel", row.email),
        ("Téléphone", row.phone),
    ]
