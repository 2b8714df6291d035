"""The goals of speed and memory as ratios, measured by python3 dev.py bench."""
