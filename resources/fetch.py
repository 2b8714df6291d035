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
archive arrow-down arrow-left arrow-right arrow-up badge-check ban banknote book-open book-user
building-2 calendar calendar-clock calendar-days chart-pie check chevron-down chevron-left
chevron-right chevron-up circle circle-alert circle-check circle-dot circle-plus
circle-question-mark circle-x clipboard-list coins columns-3 compass copy database-backup download
ellipsis external-link eye eye-off file-down file-plus file-spreadsheet file-text filter flag
folder-open folder-plus gauge gavel graduation-cap grip-vertical hand-coins handshake
heart-handshake history hourglass house import info keyboard landmark layers layout-dashboard link
list lock mail map-pin maximize minus monitor moon network newspaper panel-left-close
panel-left-open pen-line pencil piggy-bank plus printer receipt redo-2 refresh-cw rotate-ccw save
scale search settings sliders-horizontal split square-pen star sun table tag text-search trash-2
trending-up triangle-alert undo-2 upload user user-check user-plus users wallet x zoom-in zoom-out
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
