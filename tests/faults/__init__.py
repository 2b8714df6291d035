"""The fault matrix: crashes, power cuts, full disks, rights, locks."""
