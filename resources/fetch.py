"""Fetch the fonts and icons that ship, from their npm packages, and record where each came from."""

import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
INTER = "@expo-google-fonts/inter"
SOURCE_SANS = "@expo-google-fonts/source-sans-3"
LUCIDE = "lucide-static"

INTER_STYLES = ("400Regular", "500Medium", "600SemiBold", "700Bold")
SOURCE_SANS_STYLES = ("400Regular", "400Regular_Italic", "600SemiBold", "700Bold")
ICONS = """
arrow-down arrow-up badge-check ban banknote book-user building-2 calendar calendar-clock check
chevron-down chevron-left chevron-right circle circle-alert circle-check circle-question-mark coins
compass copy database-backup download ellipsis external-link file-plus file-spreadsheet file-text
folder-open folder-plus handshake history info keyboard landmark layers layout-dashboard link list
lock maximize moon panel-left-close panel-left-open pencil plus printer receipt redo-2 rotate-ccw
save scale search settings sliders-horizontal split square-pen text-search trash-2 triangle-alert
undo-2 user users x zoom-in zoom-out
"""


def wanted() -> dict[str, dict[str, str]]:
    """Return package → member of the archive → path below ``resources/``."""

    def fonts(family: str, styles: tuple[str, ...], licence: str) -> dict[str, str]:
        files = {f"package/{s}/{family}_{s}.ttf": f"fonts/{family}_{s}.ttf" for s in styles}
        return {**files, "package/LICENSE_FONT": f"fonts/{licence}"}

    icons = {f"package/icons/{name}.svg": f"icons/{name}.svg" for name in ICONS.split()}
    return {
        INTER: fonts("Inter", INTER_STYLES, "OFL-Inter.txt"),
        SOURCE_SANS: fonts("SourceSans3", SOURCE_SANS_STYLES, "OFL-SourceSans3.txt"),
        LUCIDE: {**icons, "package/LICENSE": "icons/LICENSE-Lucide.txt"},
    }


def fetch(package: str, folder: Path) -> Path:
    """Download one package's archive into ``folder`` with the ordinary npm client."""
    command = ["npm", "pack", "--json", package]
    shell = sys.platform == "win32"  # npm is a .cmd there
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True, shell=shell)  # noqa: S603 fixed words
    return folder / Path(json.loads(done.stdout)[0]["filename"]).name


def unpack(archive: Path, files: dict[str, str]) -> dict[str, object]:
    """Write the wanted files of an archive below ``resources/`` and return its record."""
    hashes: dict[str, str] = {}
    with tarfile.open(archive) as tar:
        about = _member(tar, "package/package.json")
        for inside, target in files.items():
            content = _member(tar, inside)
            path = HERE / target
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            hashes[target] = hashlib.sha256(content).hexdigest()
    return {
        "version": json.loads(about)["version"],
        "archive_sha256": hashlib.sha256(archive.read_bytes()).hexdigest(),
        "files": hashes,
    }


def _member(tar: tarfile.TarFile, name: str) -> bytes:
    stream = tar.extractfile(name)
    if stream is None:
        raise FileNotFoundError(name)
    return stream.read()


def main() -> None:
    """Fetch everything and write ``SOURCES.json``."""
    record: dict[str, object] = {}
    with tempfile.TemporaryDirectory() as folder:
        for package, files in wanted().items():
            record[package] = unpack(fetch(package, Path(folder)), files)
    text = json.dumps(record, indent=1, ensure_ascii=False, sort_keys=True)
    (HERE / "SOURCES.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
