"""Papers, read back by an independent reader."""
