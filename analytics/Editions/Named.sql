-- Whom and what an edition's rows name, as it was known at the cut-off, and the business calendars. Parameters: @edition.
insert into public.edition_account (edition_id, account_id, account_key, name, region, segment)
select @edition, c.account_id, c.source_key, c.name, c.region, c.segment
from customer c
where c.account_id in (
  select account_id from public.edition_commitment where edition_id = @edition
  union
  select account_id from public.edition_measure where edition_id = @edition);

insert into public.edition_name (edition_id, what, key, name)
select @edition, 'staff', source_key, name from staff
union all
select @edition, 'team', source_key, name from team;

insert into public.edition_calendar (edition_id, fact, source_key, content)
select @edition, 'calendar', source_key, to_jsonb(f) - 'batch_id' - 'position' - 'known_at' from calendar f
union all
select @edition, 'calendar_hours', source_key, to_jsonb(f) - 'batch_id' - 'position' - 'known_at' from calendar_hours f
union all
select @edition, 'special_day', source_key, to_jsonb(f) - 'batch_id' - 'position' - 'known_at' from special_day f;

-- What was written in this transaction is read again at once.
analyze public.edition_commitment;
analyze public.edition_measure;
analyze public.edition_account
