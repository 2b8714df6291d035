"""VTO Desktop: members, governance, conventions and budget of a French association, in one local file."""

__version__ = "0.2.0"
