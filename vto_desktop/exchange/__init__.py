"""One file per imported or exported format."""
