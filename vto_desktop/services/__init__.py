"""What the association does: functions that take a session; each file is named after its noun."""
