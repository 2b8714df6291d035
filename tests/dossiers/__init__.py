"""One filled dossier for each released schema, so that every later version is seen to migrate it.

``python -m tests.dossiers`` keeps the present one; run it once at each release that changed the schema.
"""
