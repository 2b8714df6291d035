"""One file per edited thing."""
