"""Qt pieces that know no member and no budget; pages and forms are written with them as follows.

A form edits one row. ``save`` is one transaction, one journal step, one undo; ``Invalid`` raised by the
service shows each sentence under its field, any other ``UserError`` in a banner; drafts are automatic::

    class LineForm(Form):
        title = "Ligne budgétaire"

        def build(self) -> None:
            self.head(self.row.label or "Nouvelle ligne", "Budget initial 2021")
            self.add("&Libellé", "label", TextInput())
            self.pair(
                self.field("Montant", "forecast", AmountInput(), hint="1234,5 ou 1 234,50 €"),
                self.field("Échéance", "due_on", DateInput()),
            )
            self.add("Organisme", "organisation_id", PickInput(self.search, self.name_of))
            self.section("Suivi")
            self.add("État", "state", ChoiceInput([("open", "Ouverte"), ("closed", "Close")]))
            self.add("Commentaire", "note", MemoInput())

        def save(self) -> None:
            with self.workspace.write(f"Modifier la ligne « {self.row.label} »") as session:
                budgets.save_line(session, self.row)


    LineForm(workspace, row, self).start(lambda row: self.open_item(row.id))  # never exec()

A list page is the source of its own table: ids first (filtered and sorted in SQL), rows when seen::

    class MembersPage(ListPage):
        title, icon = "Adhérents", "users"
        shows = frozenset({"member", "organisation", "person"})  # tables that make it stale
        columns = (
            Column("name", "Adhérent", width=0),
            Column("population", "Population", "number", 90),
            Column("state", "Cotisation", "chip", 110),
        )  # width 0: what is left

        def build_list(self) -> None:
            self.primary("Nouvel adhérent", "plus", self.new)  # Ctrl+N
            self.chip("kind", "Type", lambda: [("CA", "Communauté d’agglomération")])
            self.table.can_delete = True
            self.facts = Facts()
            self.detail.tab("Fiche").addWidget(self.facts)
            self.detail.action("Modifier", lambda: self.open_row(self.table.current_id()), icon="pencil")

        def ids(self, text, chips, sort_key, descending): ...  # with self.workspace.read() as session
        def rows(self, ids): ...  # [(name, 138176, Chip("Réglée", "ok"))]
        def footer(self, ids):
            return french.count(len(ids), "adhérent"), "64 000 € appelés"

        def show_detail(self, identifier):
            self.detail.head(...)
            self.facts.show_facts([("SIREN", "…")])

        def open_row(self, identifier):
            MemberForm(self.workspace, row, self).start()

Any other page is a ``Page`` with ``build`` (once, without dossier) and ``refresh`` (from the dossier);
``self.content`` is its column. Pieces: ``Panel`` (titled box), ``Facts``, ``Banner``, ``label``,
``button`` (panel.py); ``Card`` (cards.py); ``Table`` for small lists with ``show_rows([(id, …)])`` and
``Tree`` for foldable ones (table.py, tree.py); ``SvgView`` (charts.py); ``Chip`` (chips.py); ``PdfView``
(pdf_view.py). ``jobs.run(self, "Impression", work, done)`` for what lasts; ``messages.show_error(self, e)``,
``messages.ask``; ``workspace.say("Ligne enregistrée.")`` for the status bar. Lengths through
``theme.px(16)``, colours through ``theme.current()``, icons by Lucide name ``icons.icon("plus")``
(added to ``resources/fetch.py`` when it is not shipped yet). All inputs are in inputs.py. A slot may let a
UserError escape: the error hook shows its sentence. Connect bound methods, not lambdas, to what outlives a
widget (workspace, ``theme.look()``). A table's row kinds stand in columns.py; ``python -m
tests.ui.kit.gallery FOLDER`` draws every piece.
"""
