-- Begins the statement that puts the rows of a measure down: this, the measure's statement and scope, FromMeasures.sql.
insert into public.edition_measure (edition_id, rows_of, part, place, account_id, fact, row_key, label, staff_key, team_key, channel, counted_at,
  amount, base, currency, finished, excluded)
