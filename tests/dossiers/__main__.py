"""Keep the sample dossier of the present schema."""

import gzip
import tempfile
from pathlib import Path

from tests.store import samples
from vto_desktop.store import migrations


def main() -> None:
    """Write ``NNNN.vto.gz`` beside this file; a schema already kept is not written again."""
    kept = Path(__file__).with_name(f"{migrations.head()}.vto.gz")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dossier.vto"
        samples.make(path)
        with kept.open("xb") as file:
            file.write(gzip.compress(path.read_bytes(), mtime=0))


if __name__ == "__main__":
    main()
