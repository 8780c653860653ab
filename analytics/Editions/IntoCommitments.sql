-- Begins the statement that puts an edition's commitments down: this, the predicate, the rows as lists show them, FromCommitments.sql.
insert into public.edition_commitment (edition_id, rows_of, account_id, commitment_key, kind, contact_key, contact_name, thread_key, project_key, channel,
  subject, owed_by, team_key, counted_at, opened_at, first_contact_at, due_at, due_next_business_day, answered, fulfilled_at, fulfilled_by_key,
  fulfilled_channel, excused_reason, excused_by, reminders, source_deleted, outcome, fixed_at, amount, currency, status, business_status, waiting, judged_at)
