"""Pages through keys and clicks, on real dossiers."""
