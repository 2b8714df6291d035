-- An empty dossier of the head revision. Written by vto_desktop.store.revise, not by hand.

CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

CREATE TABLE account (
    chart TEXT NOT NULL,
    code TEXT NOT NULL,
    label TEXT NOT NULL,
    account_class INTEGER NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_account PRIMARY KEY (id),
    CONSTRAINT uq_account_chart_code UNIQUE (chart, code)
)
    STRICT;

CREATE TABLE action (
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    starts_on TEXT,
    ends_on TEXT,
    notes TEXT NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_action PRIMARY KEY (id)
)
    STRICT;

CREATE TABLE association (
    name TEXT NOT NULL,
    tagline TEXT NOT NULL,
    address TEXT NOT NULL,
    postcode TEXT NOT NULL,
    city TEXT NOT NULL,
    website TEXT NOT NULL,
    email TEXT NOT NULL,
    phone TEXT NOT NULL,
    siret TEXT NOT NULL,
    rna TEXT NOT NULL,
    iban TEXT NOT NULL,
    bic TEXT NOT NULL,
    vat_sentence TEXT NOT NULL,
    logo TEXT NOT NULL,
    notice TEXT NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_association PRIMARY KEY (id),
    CONSTRAINT ck_association_one_row CHECK (id = 1)
)
    STRICT;

CREATE TABLE college (
    name TEXT NOT NULL,
    position INTEGER NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_college PRIMARY KEY (id),
    CONSTRAINT uq_college_name UNIQUE (name)
)
    STRICT;

CREATE TABLE fiscal_year (
    year INTEGER NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on TEXT NOT NULL,
    basis TEXT NOT NULL,
    chart TEXT NOT NULL,
    closed_on TEXT,
    notes TEXT NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_fiscal_year PRIMARY KEY (id),
    CONSTRAINT uq_fiscal_year_year UNIQUE (year)
)
    STRICT;

CREATE TABLE form_line (
    form TEXT NOT NULL,
    code TEXT NOT NULL,
    label TEXT NOT NULL,
    side TEXT NOT NULL,
    position INTEGER NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_form_line PRIMARY KEY (id),
    CONSTRAINT uq_form_line_form_code UNIQUE (form, code)
)
    STRICT;

CREATE TABLE funding_source (
    parent_id INTEGER,
    name TEXT NOT NULL,
    position INTEGER NOT NULL,
    colour TEXT NOT NULL,
    is_dues INTEGER NOT NULL,
    sentence_form TEXT NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_funding_source PRIMARY KEY (id),
    CONSTRAINT fk_funding_source_parent_id FOREIGN KEY(parent_id) REFERENCES funding_source (id)
)
    STRICT;

CREATE INDEX ix_funding_source_parent_id ON funding_source (parent_id);

CREATE TABLE organisation (
    name TEXT NOT NULL,
    short_name TEXT NOT NULL,
    kind TEXT NOT NULL,
    siren TEXT NOT NULL,
    siret TEXT NOT NULL,
    rna TEXT NOT NULL,
    insee TEXT NOT NULL,
    departement TEXT NOT NULL,
    population INTEGER,
    population_year INTEGER,
    address TEXT NOT NULL,
    postcode TEXT NOT NULL,
    city TEXT NOT NULL,
    email TEXT NOT NULL,
    phone TEXT NOT NULL,
    chorus_service TEXT NOT NULL,
    needs_commitment_number INTEGER NOT NULL,
    notes TEXT NOT NULL,
    sort_key TEXT NOT NULL,
    search_key TEXT NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_organisation PRIMARY KEY (id)
)
    STRICT;

CREATE INDEX ix_organisation_sort_key ON organisation (sort_key, id, search_key);

CREATE TABLE person (
    civility TEXT NOT NULL,
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    email TEXT NOT NULL,
    phone TEXT NOT NULL,
    address TEXT NOT NULL,
    postcode TEXT NOT NULL,
    city TEXT NOT NULL,
    departement TEXT NOT NULL,
    notes TEXT NOT NULL,
    sort_key TEXT NOT NULL,
    search_key TEXT NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_person PRIMARY KEY (id)
)
    STRICT;

CREATE INDEX ix_person_sort_key ON person (sort_key, id, search_key);

CREATE TABLE programme (
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_programme PRIMARY KEY (id)
)
    STRICT;

CREATE TABLE published_figure (
    year INTEGER NOT NULL,
    measure TEXT NOT NULL,
    label TEXT NOT NULL,
    value INTEGER NOT NULL,
    unit TEXT NOT NULL,
    source TEXT NOT NULL,
    notes TEXT NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_published_figure PRIMARY KEY (id)
)
    STRICT;

CREATE INDEX ix_published_figure_year ON published_figure (year);

CREATE TABLE civil_status (
    person_id INTEGER NOT NULL,
    born_on TEXT,
    birth_place TEXT NOT NULL,
    nationality TEXT NOT NULL,
    profession TEXT NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    address TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_civil_status PRIMARY KEY (id),
    CONSTRAINT fk_civil_status_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE,
    CONSTRAINT uq_civil_status_person_id UNIQUE (person_id)
)
    STRICT;

CREATE TABLE convention (
    title TEXT NOT NULL,
    object TEXT NOT NULL,
    funder_id INTEGER NOT NULL,
    funding_source_id INTEGER,
    programme_id INTEGER,
    account_code TEXT NOT NULL,
    funder_reference TEXT NOT NULL,
    person_in_charge_id INTEGER,
    is_members_only INTEGER NOT NULL,
    asked_amount INTEGER,
    asked_on TEXT,
    awarded_amount INTEGER,
    refused_on TEXT,
    notified_on TEXT,
    signed_on TEXT,
    starts_on TEXT,
    ends_on TEXT,
    settled_on TEXT,
    report_delay_months INTEGER NOT NULL,
    report_rhythm TEXT NOT NULL,
    notes TEXT NOT NULL,
    sort_key TEXT NOT NULL,
    search_key TEXT NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_convention PRIMARY KEY (id),
    CONSTRAINT fk_convention_funder_id FOREIGN KEY(funder_id) REFERENCES organisation (id),
    CONSTRAINT fk_convention_funding_source_id FOREIGN KEY(funding_source_id) REFERENCES funding_source (id),
    CONSTRAINT fk_convention_person_in_charge_id FOREIGN KEY(person_in_charge_id) REFERENCES person (id),
    CONSTRAINT fk_convention_programme_id FOREIGN KEY(programme_id) REFERENCES programme (id)
)
    STRICT;

CREATE INDEX ix_convention_funder_id ON convention (funder_id);

CREATE INDEX ix_convention_funding_source_id ON convention (funding_source_id);

CREATE INDEX ix_convention_person_in_charge_id ON convention (person_in_charge_id);

CREATE INDEX ix_convention_programme_id ON convention (programme_id);

CREATE TABLE form_mapping (
    chart TEXT NOT NULL,
    prefix TEXT NOT NULL,
    form_line_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_form_mapping PRIMARY KEY (id),
    CONSTRAINT fk_form_mapping_form_line_id FOREIGN KEY(form_line_id) REFERENCES form_line (id),
    CONSTRAINT uq_form_mapping_chart_prefix UNIQUE (chart, prefix)
)
    STRICT;

CREATE INDEX ix_form_mapping_form_line_id ON form_mapping (form_line_id);

CREATE TABLE organisation_alias (
    organisation_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_organisation_alias PRIMARY KEY (id),
    CONSTRAINT fk_organisation_alias_organisation_id FOREIGN KEY(organisation_id) REFERENCES organisation (id) ON DELETE CASCADE
)
    STRICT;

CREATE INDEX ix_organisation_alias_organisation_id ON organisation_alias (organisation_id);

CREATE TABLE signatory (
    association_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    office TEXT NOT NULL,
    position INTEGER NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_signatory PRIMARY KEY (id),
    CONSTRAINT fk_signatory_association_id FOREIGN KEY(association_id) REFERENCES association (id) ON DELETE CASCADE,
    CONSTRAINT fk_signatory_person_id FOREIGN KEY(person_id) REFERENCES person (id)
)
    STRICT;

CREATE INDEX ix_signatory_association_id ON signatory (association_id);

CREATE INDEX ix_signatory_person_id ON signatory (person_id);

CREATE TABLE amendment (
    convention_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    object TEXT NOT NULL,
    signed_on TEXT,
    amount_change INTEGER NOT NULL,
    new_ends_on TEXT,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_amendment PRIMARY KEY (id),
    CONSTRAINT fk_amendment_convention_id FOREIGN KEY(convention_id) REFERENCES convention (id) ON DELETE CASCADE
)
    STRICT;

CREATE INDEX ix_amendment_convention_id ON amendment (convention_id);

CREATE TABLE budget (
    fiscal_year_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    voted_on TEXT,
    meeting_id INTEGER,
    position INTEGER NOT NULL,
    notes TEXT NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_budget PRIMARY KEY (id),
    CONSTRAINT fk_budget_fiscal_year_id FOREIGN KEY(fiscal_year_id) REFERENCES fiscal_year (id),
    CONSTRAINT fk_budget_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id)
)
    STRICT;

CREATE INDEX ix_budget_fiscal_year_id ON budget (fiscal_year_id);

CREATE INDEX ix_budget_meeting_id ON budget (meeting_id);

CREATE TABLE convention_agreement (
    convention_id INTEGER NOT NULL,
    organisation_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_convention_agreement PRIMARY KEY (id),
    CONSTRAINT fk_convention_agreement_convention_id FOREIGN KEY(convention_id) REFERENCES convention (id) ON DELETE CASCADE,
    CONSTRAINT fk_convention_agreement_organisation_id FOREIGN KEY(organisation_id) REFERENCES organisation (id),
    CONSTRAINT uq_convention_agreement_convention_id_organisation_id UNIQUE (convention_id, organisation_id)
)
    STRICT;

CREATE INDEX ix_convention_agreement_organisation_id ON convention_agreement (organisation_id);

CREATE TABLE convention_share (
    convention_id INTEGER NOT NULL,
    year INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_convention_share PRIMARY KEY (id),
    CONSTRAINT fk_convention_share_convention_id FOREIGN KEY(convention_id) REFERENCES convention (id) ON DELETE CASCADE,
    CONSTRAINT uq_convention_share_convention_id_year UNIQUE (convention_id, year)
)
    STRICT;

CREATE TABLE dues_campaign (
    fiscal_year_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    meeting_id INTEGER,
    called_on TEXT,
    due_on TEXT,
    notes TEXT NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_dues_campaign PRIMARY KEY (id),
    CONSTRAINT fk_dues_campaign_fiscal_year_id FOREIGN KEY(fiscal_year_id) REFERENCES fiscal_year (id),
    CONSTRAINT fk_dues_campaign_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id)
)
    STRICT;

CREATE INDEX ix_dues_campaign_fiscal_year_id ON dues_campaign (fiscal_year_id);

CREATE INDEX ix_dues_campaign_meeting_id ON dues_campaign (meeting_id);

CREATE TABLE entry (
    fiscal_year_id INTEGER NOT NULL,
    entered_on TEXT NOT NULL,
    account_code TEXT NOT NULL,
    label TEXT NOT NULL,
    amount INTEGER NOT NULL,
    piece TEXT NOT NULL,
    action_id INTEGER,
    funding_source_id INTEGER,
    convention_id INTEGER,
    origin TEXT NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_entry PRIMARY KEY (id),
    CONSTRAINT fk_entry_action_id FOREIGN KEY(action_id) REFERENCES action (id),
    CONSTRAINT fk_entry_convention_id FOREIGN KEY(convention_id) REFERENCES convention (id),
    CONSTRAINT fk_entry_fiscal_year_id FOREIGN KEY(fiscal_year_id) REFERENCES fiscal_year (id),
    CONSTRAINT fk_entry_funding_source_id FOREIGN KEY(funding_source_id) REFERENCES funding_source (id)
)
    STRICT;

CREATE INDEX ix_entry_action_id ON entry (action_id);

CREATE INDEX ix_entry_convention_id ON entry (convention_id);

CREATE INDEX ix_entry_funding_source_id ON entry (funding_source_id);

CREATE INDEX ix_entry_list ON entry (fiscal_year_id, entered_on);

CREATE INDEX ix_entry_sums ON entry (fiscal_year_id, account_code, funding_source_id, origin, amount);

CREATE TABLE instalment (
    convention_id INTEGER NOT NULL,
    label TEXT NOT NULL,
    due_on TEXT,
    condition TEXT NOT NULL,
    amount INTEGER NOT NULL,
    position INTEGER NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_instalment PRIMARY KEY (id),
    CONSTRAINT fk_instalment_convention_id FOREIGN KEY(convention_id) REFERENCES convention (id) ON DELETE CASCADE
)
    STRICT;

CREATE INDEX ix_instalment_convention_id ON instalment (convention_id);

CREATE TABLE mandate (
    office_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    member_id INTEGER,
    elected_at_id INTEGER,
    capacity TEXT NOT NULL,
    starts_on TEXT,
    term_on TEXT,
    ends_on TEXT,
    declared_on TEXT,
    notes TEXT NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    declaration_number TEXT DEFAULT '' NOT NULL,
    end_declared_on TEXT,
    end_declaration_number TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_mandate PRIMARY KEY (id),
    CONSTRAINT fk_mandate_elected_at_id FOREIGN KEY(elected_at_id) REFERENCES meeting (id),
    CONSTRAINT fk_mandate_member_id FOREIGN KEY(member_id) REFERENCES member (id),
    CONSTRAINT fk_mandate_office_id FOREIGN KEY(office_id) REFERENCES office (id),
    CONSTRAINT fk_mandate_person_id FOREIGN KEY(person_id) REFERENCES person (id)
)
    STRICT;

CREATE INDEX ix_mandate_elected_at_id ON mandate (elected_at_id);

CREATE INDEX ix_mandate_member_id ON mandate (member_id);

CREATE INDEX ix_mandate_office_id ON mandate (office_id);

CREATE INDEX ix_mandate_person_id ON mandate (person_id);

CREATE TABLE report_due (
    convention_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    year INTEGER NOT NULL,
    due_on TEXT NOT NULL,
    sent_on TEXT,
    notes TEXT NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_report_due PRIMARY KEY (id),
    CONSTRAINT fk_report_due_convention_id FOREIGN KEY(convention_id) REFERENCES convention (id) ON DELETE CASCADE
)
    STRICT;

CREATE INDEX ix_report_due_convention_id ON report_due (convention_id);

CREATE TABLE representative (
    member_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    rank TEXT NOT NULL,
    position INTEGER NOT NULL,
    capacity TEXT NOT NULL,
    starts_on TEXT,
    ends_on TEXT,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_representative PRIMARY KEY (id),
    CONSTRAINT fk_representative_member_id FOREIGN KEY(member_id) REFERENCES member (id) ON DELETE CASCADE,
    CONSTRAINT fk_representative_person_id FOREIGN KEY(person_id) REFERENCES person (id)
)
    STRICT;

CREATE INDEX ix_representative_member_id ON representative (member_id);

CREATE INDEX ix_representative_person_id ON representative (person_id);

CREATE TABLE budget_line (
    budget_id INTEGER NOT NULL,
    account_code TEXT NOT NULL,
    label TEXT NOT NULL,
    amount INTEGER NOT NULL,
    action_id INTEGER,
    funding_source_id INTEGER,
    convention_id INTEGER,
    notes TEXT NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_budget_line PRIMARY KEY (id),
    CONSTRAINT fk_budget_line_action_id FOREIGN KEY(action_id) REFERENCES action (id),
    CONSTRAINT fk_budget_line_budget_id FOREIGN KEY(budget_id) REFERENCES budget (id) ON DELETE CASCADE,
    CONSTRAINT fk_budget_line_convention_id FOREIGN KEY(convention_id) REFERENCES convention (id),
    CONSTRAINT fk_budget_line_funding_source_id FOREIGN KEY(funding_source_id) REFERENCES funding_source (id)
)
    STRICT;

CREATE INDEX ix_budget_line_action_id ON budget_line (action_id);

CREATE INDEX ix_budget_line_budget_id ON budget_line (budget_id);

CREATE INDEX ix_budget_line_convention_id ON budget_line (convention_id);

CREATE INDEX ix_budget_line_funding_source_id ON budget_line (funding_source_id);

CREATE TABLE dues (
    campaign_id INTEGER NOT NULL,
    member_id INTEGER NOT NULL,
    number TEXT NOT NULL,
    computed_amount INTEGER,
    amount INTEGER NOT NULL,
    reason TEXT NOT NULL,
    called_on TEXT,
    due_on TEXT,
    cancelled_on TEXT,
    cancelling_reason TEXT NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    basis TEXT DEFAULT '' NOT NULL,
    commitment_number TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_dues PRIMARY KEY (id),
    CONSTRAINT fk_dues_campaign_id FOREIGN KEY(campaign_id) REFERENCES dues_campaign (id),
    CONSTRAINT fk_dues_member_id FOREIGN KEY(member_id) REFERENCES member (id),
    CONSTRAINT uq_dues_campaign_id_member_id UNIQUE (campaign_id, member_id)
)
    STRICT;

CREATE INDEX ix_dues_member_id ON dues (member_id);

CREATE TABLE receipt (
    received_on TEXT NOT NULL,
    amount INTEGER NOT NULL,
    means TEXT NOT NULL,
    reference TEXT NOT NULL,
    instalment_id INTEGER,
    dues_id INTEGER,
    notes TEXT NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    payment INTEGER,
    slip TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_receipt PRIMARY KEY (id),
    CONSTRAINT ck_receipt_one_purpose CHECK ((instalment_id IS NULL) <> (dues_id IS NULL)),
    CONSTRAINT fk_receipt_dues_id FOREIGN KEY(dues_id) REFERENCES dues (id),
    CONSTRAINT fk_receipt_instalment_id FOREIGN KEY(instalment_id) REFERENCES instalment (id)
)
    STRICT;

CREATE INDEX ix_receipt_dues_id ON receipt (dues_id);

CREATE INDEX ix_receipt_instalment_id ON receipt (instalment_id);

CREATE INDEX ix_receipt_payment ON receipt (payment);

CREATE INDEX ix_receipt_received_on ON receipt (received_on, instalment_id, dues_id, amount);

CREATE TABLE journal (
    id INTEGER NOT NULL CONSTRAINT pk_journal PRIMARY KEY,
    at TEXT NOT NULL,
    author TEXT NOT NULL,
    label TEXT NOT NULL,
    kind TEXT NOT NULL CONSTRAINT ck_journal_kind CHECK (kind IN ('start', 'do', 'undo', 'redo')),
    target INTEGER NOT NULL,
    undoes INTEGER,
    redoes INTEGER,
    hash TEXT NOT NULL
) STRICT;

CREATE INDEX ix_journal_target ON journal (target);

CREATE TABLE journal_change (
    id INTEGER NOT NULL CONSTRAINT pk_journal_change PRIMARY KEY,
    step_id INTEGER NOT NULL CONSTRAINT fk_journal_change_step_id REFERENCES journal (id),
    table_name TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    before TEXT,
    after TEXT
) STRICT;

CREATE INDEX ix_journal_change_row ON journal_change (table_name, row_id);

CREATE INDEX ix_journal_change_step_id ON journal_change (step_id);

CREATE TABLE reminder (
    dues_id INTEGER NOT NULL,
    level INTEGER NOT NULL,
    sent_on TEXT NOT NULL,
    amount INTEGER NOT NULL,
    notes TEXT NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_reminder PRIMARY KEY (id),
    CONSTRAINT ck_reminder_known_level CHECK (level BETWEEN 1 AND 3),
    CONSTRAINT fk_reminder_dues_id FOREIGN KEY(dues_id) REFERENCES dues (id) ON DELETE CASCADE,
    CONSTRAINT uq_reminder_dues_id_level UNIQUE (dues_id, level)
)
    STRICT;

CREATE TABLE dues_scale (
    campaign_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    flat INTEGER NOT NULL,
    rate INTEGER NOT NULL,
    minimum INTEGER,
    maximum INTEGER,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    is_prorated INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_dues_scale PRIMARY KEY (id),
    CONSTRAINT fk_dues_scale_campaign_id FOREIGN KEY(campaign_id) REFERENCES dues_campaign (id) ON DELETE CASCADE,
    CONSTRAINT uq_dues_scale_campaign_id_kind UNIQUE (campaign_id, kind)
)
    STRICT;

CREATE TABLE member (
    organisation_id INTEGER,
    person_id INTEGER,
    college_id INTEGER NOT NULL,
    joined_on TEXT,
    left_on TEXT,
    leaving_reason TEXT NOT NULL,
    notes TEXT NOT NULL,
    sort_key TEXT NOT NULL,
    search_key TEXT NOT NULL,
    kind_key TEXT,
    departement_key TEXT,
    population_key INTEGER,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    successor_id INTEGER,
    CONSTRAINT pk_member PRIMARY KEY (id),
    CONSTRAINT ck_member_one_holder CHECK ((organisation_id IS NULL) <> (person_id IS NULL)),
    CONSTRAINT fk_member_college_id FOREIGN KEY(college_id) REFERENCES college (id),
    CONSTRAINT fk_member_organisation_id FOREIGN KEY(organisation_id) REFERENCES organisation (id),
    CONSTRAINT fk_member_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_member_successor_id FOREIGN KEY(successor_id) REFERENCES member (id)
)
    STRICT;

CREATE INDEX ix_member_college_id ON member (college_id, sort_key, id, joined_on, left_on);

CREATE INDEX ix_member_departement_key ON member (departement_key, sort_key, id, joined_on, left_on);

CREATE INDEX ix_member_joined_on ON member (joined_on, sort_key, id, left_on);

CREATE INDEX ix_member_kind_key ON member (kind_key, sort_key, id, joined_on, left_on);

CREATE INDEX ix_member_organisation_id ON member (organisation_id);

CREATE INDEX ix_member_person_id ON member (person_id);

CREATE INDEX ix_member_population_key ON member (population_key, sort_key, id, joined_on, left_on);

CREATE INDEX ix_member_sort_key ON member (sort_key, id, joined_on, left_on, search_key);

CREATE INDEX ix_member_successor_id ON member (successor_id);

CREATE TABLE body_seats (
    body_id INTEGER NOT NULL,
    college_id INTEGER,
    seats INTEGER NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_body_seats PRIMARY KEY (id),
    CONSTRAINT fk_body_seats_body_id FOREIGN KEY(body_id) REFERENCES body (id) ON DELETE CASCADE,
    CONSTRAINT fk_body_seats_college_id FOREIGN KEY(college_id) REFERENCES college (id),
    CONSTRAINT uq_body_seats_body_id_college_id UNIQUE (body_id, college_id)
)
    STRICT;

CREATE INDEX ix_body_seats_college_id ON body_seats (college_id);

CREATE TABLE attendance (
    meeting_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    member_id INTEGER,
    presence TEXT NOT NULL,
    proxy_id INTEGER,
    arrived_at TEXT NOT NULL,
    notes TEXT NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_attendance PRIMARY KEY (id),
    CONSTRAINT fk_attendance_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id) ON DELETE CASCADE,
    CONSTRAINT fk_attendance_member_id FOREIGN KEY(member_id) REFERENCES member (id),
    CONSTRAINT fk_attendance_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_attendance_proxy_id FOREIGN KEY(proxy_id) REFERENCES person (id)
)
    STRICT;

CREATE INDEX ix_attendance_meeting_id ON attendance (meeting_id);

CREATE INDEX ix_attendance_member_id ON attendance (member_id);

CREATE INDEX ix_attendance_person_id ON attendance (person_id);

CREATE INDEX ix_attendance_proxy_id ON attendance (proxy_id);

CREATE TABLE decision (
    meeting_id INTEGER NOT NULL,
    year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    votes_for INTEGER,
    votes_against INTEGER,
    votes_abstained INTEGER,
    outcome TEXT NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_decision PRIMARY KEY (id),
    CONSTRAINT ck_decision_positive_number CHECK (number > 0),
    CONSTRAINT fk_decision_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id),
    CONSTRAINT uq_decision_year_number UNIQUE (year, number)
)
    STRICT;

CREATE INDEX ix_decision_meeting_id ON decision (meeting_id);

CREATE TABLE meeting_document (
    meeting_id INTEGER NOT NULL,
    path TEXT NOT NULL,
    label TEXT NOT NULL,
    position INTEGER NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_meeting_document PRIMARY KEY (id),
    CONSTRAINT fk_meeting_document_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id) ON DELETE CASCADE
)
    STRICT;

CREATE INDEX ix_meeting_document_meeting_id ON meeting_document (meeting_id);

CREATE TABLE body (
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    position INTEGER NOT NULL,
    notes TEXT NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    eligibility TEXT DEFAULT 'Toute personne' NOT NULL,
    drawn_from_id INTEGER,
    term_months INTEGER,
    notice_days INTEGER,
    quorum_part INTEGER,
    quorum_whole INTEGER,
    has_quorum_by_college INTEGER DEFAULT 0 NOT NULL,
    max_powers INTEGER,
    CONSTRAINT pk_body PRIMARY KEY (id),
    CONSTRAINT fk_body_drawn_from_id FOREIGN KEY(drawn_from_id) REFERENCES body (id),
    CONSTRAINT uq_body_name UNIQUE (name)
)
    STRICT;

CREATE INDEX ix_body_drawn_from_id ON body (drawn_from_id);

CREATE TABLE meeting (
    body_id INTEGER NOT NULL,
    held_on TEXT NOT NULL,
    time TEXT NOT NULL,
    place TEXT NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    notes TEXT NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    link TEXT DEFAULT '' NOT NULL,
    agenda TEXT DEFAULT '' NOT NULL,
    convened_on TEXT,
    is_second_call INTEGER DEFAULT 0 NOT NULL,
    chair_id INTEGER,
    secretary_id INTEGER,
    CONSTRAINT pk_meeting PRIMARY KEY (id),
    CONSTRAINT fk_meeting_body_id FOREIGN KEY(body_id) REFERENCES body (id),
    CONSTRAINT fk_meeting_chair_id FOREIGN KEY(chair_id) REFERENCES person (id),
    CONSTRAINT fk_meeting_secretary_id FOREIGN KEY(secretary_id) REFERENCES person (id)
)
    STRICT;

CREATE INDEX ix_meeting_body_id ON meeting (body_id);

CREATE INDEX ix_meeting_chair_id ON meeting (chair_id);

CREATE INDEX ix_meeting_secretary_id ON meeting (secretary_id);

CREATE TABLE office (
    body_id INTEGER NOT NULL,
    label TEXT NOT NULL,
    masculine TEXT NOT NULL,
    feminine TEXT NOT NULL,
    plural TEXT NOT NULL,
    position INTEGER NOT NULL,
    is_unique INTEGER NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    elected_by_id INTEGER,
    CONSTRAINT pk_office PRIMARY KEY (id),
    CONSTRAINT fk_office_body_id FOREIGN KEY(body_id) REFERENCES body (id) ON DELETE CASCADE,
    CONSTRAINT fk_office_elected_by_id FOREIGN KEY(elected_by_id) REFERENCES body (id)
)
    STRICT;

CREATE INDEX ix_office_body_id ON office (body_id);

CREATE INDEX ix_office_elected_by_id ON office (elected_by_id);

CREATE TRIGGER fiscal_year_closed_update BEFORE UPDATE ON fiscal_year WHEN OLD.closed_on IS NOT NULL AND NEW.closed_on IS NOT NULL BEGIN SELECT RAISE(ABORT, 'EXERCICE_CLOS'); END;

CREATE TRIGGER fiscal_year_closed_delete BEFORE DELETE ON fiscal_year WHEN OLD.closed_on IS NOT NULL BEGIN SELECT RAISE(ABORT, 'EXERCICE_CLOS'); END;

CREATE VIRTUAL TABLE organisation_search USING fts5(search_key, content='organisation', content_rowid='id', tokenize='trigram case_sensitive 1', columnsize=0);

CREATE VIRTUAL TABLE person_search USING fts5(search_key, content='person', content_rowid='id', tokenize='trigram case_sensitive 1', columnsize=0);

CREATE VIRTUAL TABLE convention_search USING fts5(search_key, content='convention', content_rowid='id', tokenize='trigram case_sensitive 1', columnsize=0);

CREATE VIRTUAL TABLE member_search USING fts5(search_key, content='member', content_rowid='id', tokenize='trigram case_sensitive 1', columnsize=0);

CREATE TRIGGER budget_closed_insert BEFORE INSERT ON budget WHEN EXISTS (SELECT 1 FROM fiscal_year y WHERE y.closed_on IS NOT NULL AND y.id = NEW.fiscal_year_id) BEGIN SELECT RAISE(ABORT, 'EXERCICE_CLOS'); END;

CREATE TRIGGER budget_closed_update BEFORE UPDATE ON budget WHEN EXISTS (SELECT 1 FROM fiscal_year y WHERE y.closed_on IS NOT NULL AND y.id = OLD.fiscal_year_id) OR EXISTS (SELECT 1 FROM fiscal_year y WHERE y.closed_on IS NOT NULL AND y.id = NEW.fiscal_year_id) BEGIN SELECT RAISE(ABORT, 'EXERCICE_CLOS'); END;

CREATE TRIGGER budget_closed_delete BEFORE DELETE ON budget WHEN EXISTS (SELECT 1 FROM fiscal_year y WHERE y.closed_on IS NOT NULL AND y.id = OLD.fiscal_year_id) BEGIN SELECT RAISE(ABORT, 'EXERCICE_CLOS'); END;

CREATE TRIGGER dues_campaign_closed_insert BEFORE INSERT ON dues_campaign WHEN EXISTS (SELECT 1 FROM fiscal_year y WHERE y.closed_on IS NOT NULL AND y.id = NEW.fiscal_year_id) BEGIN SELECT RAISE(ABORT, 'EXERCICE_CLOS'); END;

CREATE TRIGGER dues_campaign_closed_update BEFORE UPDATE ON dues_campaign WHEN EXISTS (SELECT 1 FROM fiscal_year y WHERE y.closed_on IS NOT NULL AND y.id = OLD.fiscal_year_id) OR EXISTS (SELECT 1 FROM fiscal_year y WHERE y.closed_on IS NOT NULL AND y.id = NEW.fiscal_year_id) BEGIN SELECT RAISE(ABORT, 'EXERCICE_CLOS'); END;

CREATE TRIGGER dues_campaign_closed_delete BEFORE DELETE ON dues_campaign WHEN EXISTS (SELECT 1 FROM fiscal_year y WHERE y.closed_on IS NOT NULL AND y.id = OLD.fiscal_year_id) BEGIN SELECT RAISE(ABORT, 'EXERCICE_CLOS'); END;

CREATE TRIGGER entry_closed_insert BEFORE INSERT ON entry WHEN EXISTS (SELECT 1 FROM fiscal_year y WHERE y.closed_on IS NOT NULL AND y.id = NEW.fiscal_year_id) BEGIN SELECT RAISE(ABORT, 'EXERCICE_CLOS'); END;

CREATE TRIGGER entry_closed_update BEFORE UPDATE ON entry WHEN EXISTS (SELECT 1 FROM fiscal_year y WHERE y.closed_on IS NOT NULL AND y.id = OLD.fiscal_year_id) OR EXISTS (SELECT 1 FROM fiscal_year y WHERE y.closed_on IS NOT NULL AND y.id = NEW.fiscal_year_id) BEGIN SELECT RAISE(ABORT, 'EXERCICE_CLOS'); END;

CREATE TRIGGER entry_closed_delete BEFORE DELETE ON entry WHEN EXISTS (SELECT 1 FROM fiscal_year y WHERE y.closed_on IS NOT NULL AND y.id = OLD.fiscal_year_id) BEGIN SELECT RAISE(ABORT, 'EXERCICE_CLOS'); END;

CREATE TRIGGER budget_line_closed_insert BEFORE INSERT ON budget_line WHEN EXISTS (SELECT 1 FROM fiscal_year y WHERE y.closed_on IS NOT NULL AND y.id = (SELECT fiscal_year_id FROM budget WHERE id = NEW.budget_id)) BEGIN SELECT RAISE(ABORT, 'EXERCICE_CLOS'); END;

CREATE TRIGGER budget_line_closed_update BEFORE UPDATE ON budget_line WHEN EXISTS (SELECT 1 FROM fiscal_year y WHERE y.closed_on IS NOT NULL AND y.id = (SELECT fiscal_year_id FROM budget WHERE id = OLD.budget_id)) OR EXISTS (SELECT 1 FROM fiscal_year y WHERE y.closed_on IS NOT NULL AND y.id = (SELECT fiscal_year_id FROM budget WHERE id = NEW.budget_id)) BEGIN SELECT RAISE(ABORT, 'EXERCICE_CLOS'); END;

CREATE TRIGGER budget_line_closed_delete BEFORE DELETE ON budget_line WHEN EXISTS (SELECT 1 FROM fiscal_year y WHERE y.closed_on IS NOT NULL AND y.id = (SELECT fiscal_year_id FROM budget WHERE id = OLD.budget_id)) BEGIN SELECT RAISE(ABORT, 'EXERCICE_CLOS'); END;

CREATE TRIGGER dues_closed_insert BEFORE INSERT ON dues WHEN EXISTS (SELECT 1 FROM fiscal_year y WHERE y.closed_on IS NOT NULL AND y.id = (SELECT fiscal_year_id FROM dues_campaign WHERE id = NEW.campaign_id)) BEGIN SELECT RAISE(ABORT, 'EXERCICE_CLOS'); END;

CREATE TRIGGER dues_closed_update BEFORE UPDATE ON dues WHEN EXISTS (SELECT 1 FROM fiscal_year y WHERE y.closed_on IS NOT NULL AND y.id = (SELECT fiscal_year_id FROM dues_campaign WHERE id = OLD.campaign_id)) OR EXISTS (SELECT 1 FROM fiscal_year y WHERE y.closed_on IS NOT NULL AND y.id = (SELECT fiscal_year_id FROM dues_campaign WHERE id = NEW.campaign_id)) BEGIN SELECT RAISE(ABORT, 'EXERCICE_CLOS'); END;

CREATE TRIGGER dues_closed_delete BEFORE DELETE ON dues WHEN EXISTS (SELECT 1 FROM fiscal_year y WHERE y.closed_on IS NOT NULL AND y.id = (SELECT fiscal_year_id FROM dues_campaign WHERE id = OLD.campaign_id)) BEGIN SELECT RAISE(ABORT, 'EXERCICE_CLOS'); END;

CREATE TRIGGER dues_scale_closed_insert BEFORE INSERT ON dues_scale WHEN EXISTS (SELECT 1 FROM fiscal_year y WHERE y.closed_on IS NOT NULL AND y.id = (SELECT fiscal_year_id FROM dues_campaign WHERE id = NEW.campaign_id)) BEGIN SELECT RAISE(ABORT, 'EXERCICE_CLOS'); END;

CREATE TRIGGER dues_scale_closed_update BEFORE UPDATE ON dues_scale WHEN EXISTS (SELECT 1 FROM fiscal_year y WHERE y.closed_on IS NOT NULL AND y.id = (SELECT fiscal_year_id FROM dues_campaign WHERE id = OLD.campaign_id)) OR EXISTS (SELECT 1 FROM fiscal_year y WHERE y.closed_on IS NOT NULL AND y.id = (SELECT fiscal_year_id FROM dues_campaign WHERE id = NEW.campaign_id)) BEGIN SELECT RAISE(ABORT, 'EXERCICE_CLOS'); END;

CREATE TRIGGER dues_scale_closed_delete BEFORE DELETE ON dues_scale WHEN EXISTS (SELECT 1 FROM fiscal_year y WHERE y.closed_on IS NOT NULL AND y.id = (SELECT fiscal_year_id FROM dues_campaign WHERE id = OLD.campaign_id)) BEGIN SELECT RAISE(ABORT, 'EXERCICE_CLOS'); END;

CREATE TRIGGER receipt_closed_insert BEFORE INSERT ON receipt WHEN EXISTS (SELECT 1 FROM fiscal_year y WHERE y.closed_on IS NOT NULL AND NEW.received_on BETWEEN y.starts_on AND y.ends_on) BEGIN SELECT RAISE(ABORT, 'EXERCICE_CLOS'); END;

CREATE TRIGGER receipt_closed_update BEFORE UPDATE ON receipt WHEN EXISTS (SELECT 1 FROM fiscal_year y WHERE y.closed_on IS NOT NULL AND OLD.received_on BETWEEN y.starts_on AND y.ends_on) OR EXISTS (SELECT 1 FROM fiscal_year y WHERE y.closed_on IS NOT NULL AND NEW.received_on BETWEEN y.starts_on AND y.ends_on) BEGIN SELECT RAISE(ABORT, 'EXERCICE_CLOS'); END;

CREATE TRIGGER receipt_closed_delete BEFORE DELETE ON receipt WHEN EXISTS (SELECT 1 FROM fiscal_year y WHERE y.closed_on IS NOT NULL AND OLD.received_on BETWEEN y.starts_on AND y.ends_on) BEGIN SELECT RAISE(ABORT, 'EXERCICE_CLOS'); END;

