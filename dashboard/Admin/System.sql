-- The store and how far what is worked out lags behind. Grain: one row.
-- Columns: version of the server, bytes of the database, accounts to work out again, the earliest moment that changed in them (null for none),
-- number of stored facts' batches, gaps of streams that nobody has settled.
select current_setting('server_version'), pg_database_size(current_database()),
  (select count(*) from dirty_account), (select nullif(min(since), '-infinity') from dirty_account),
  (select count(*) from batch), (select count(*) from stream_gap where accepted_at is null)
