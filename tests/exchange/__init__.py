"""Tests of exported and imported formats."""
