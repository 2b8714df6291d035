"""The open dossier: opening, writing, undo, journal, migrations, backups, output files."""
