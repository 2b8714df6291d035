"""Where a dossier lies and what that deserves to be told: synchronised folders, shares, conflict copies."""

import os
import re
from pathlib import Path

from vto_desktop.errors import UserError

SYNCHRONISED = re.compile(
    r"^(onedrive|dropbox|google ?drive|mon drive|my drive|nextcloud|owncloud|icloud|pcloud|kdrive|syncthing)",
    re.IGNORECASE,
)
CONFLICT = re.compile(r"conflit|conflict", re.IGNORECASE)
NETWORK_KINDS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "davfs", "9p"}


def notices(path: Path) -> list[UserError]:
    """Return what to tell about the place of a dossier (a real path); none of it prevents opening."""
    found = []
    if is_synchronised(path):
        found.append(
            UserError(
                "DOSSIER_SYNCHRONISE",
                "Ce dossier est dans un emplacement synchronisé (OneDrive, Dropbox…) : deux ordinateurs "
                "pourraient "
                "l’écraser l’un l’autre. Rien n’est perdu ; préférez un emplacement de cet ordinateur.",
            )
        )
    if is_on_network(path):
        found.append(
            UserError(
                "DOSSIER_RESEAU",
                "Ce dossier est sur un emplacement réseau : une coupure peut empêcher d’enregistrer. "
                "Rien n’est perdu ; "
                "préférez un emplacement de cet ordinateur, et le réseau pour les sauvegardes.",
            )
        )
    copies = conflict_copies(path)
    if copies:
        found.append(
            UserError(
                "COPIE_EN_CONFLIT",
                f"Une copie en conflit se trouve à côté de ce dossier («\u00a0{copies[0].name}\u00a0») : des "
                "saisies y sont "
                "peut-être. Rien n’a été modifié ; ouvrez-la pour comparer.",
            )
        )
    return found


def is_synchronised(path: Path) -> bool:
    """Return whether some folder above is kept in step with other computers."""
    roots = [os.environ.get(name) for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")]
    if any(root and path.is_relative_to(Path(root).resolve()) for root in roots):
        return True
    return any(SYNCHRONISED.match(part) for part in path.parent.parts)


def is_on_network(path: Path) -> bool:
    """Return whether the path is on a share (``\\\\server\\…``) or on a network file system."""
    if path.as_posix().startswith("//"):
        return True
    try:
        lines = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    mounts = [line.split()[1:3] for line in lines]
    above = [(point, kind) for point, kind in mounts if path.is_relative_to(point.replace("\\040", " "))]
    return bool(above) and max(above, key=lambda mount: len(mount[0]))[1] in NETWORK_KINDS


def conflict_copies(path: Path) -> list[Path]:
    """Return the conflict copies that a synchronisation tool left beside the dossier."""
    try:
        siblings = sorted(path.parent.iterdir())
    except OSError:
        return []
    return [
        other
        for other in siblings
        if other.suffix == path.suffix
        and other != path
        and other.name.startswith(path.stem)
        and CONFLICT.search(other.name[len(path.stem) :])
    ]
