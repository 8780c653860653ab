-- What changed, more closely, and deadlines that a statement can take in.

-- Whose interactions changed, where nothing but interactions did: the contacts named by them before and after. Null when that is not known.
alter table dirty_account add contacts text[];

-- business_deadline as a table of one row: in a from clause it becomes part of the statement, which costs a fraction of a call a row.
create function business_deadlines(calendar text, from_at timestamptz, seconds bigint) returns table (due_at timestamptz)
language sql stable parallel restricted as $$
  select case
    when seconds < 0 or from_at < '2000-01-02 00:00+00' then null
    when seconds = 0 then coalesce(
      (select case when from_at < closes_at then from_at end
        from open_interval where calendar_key = calendar and opens_at <= from_at order by opens_at desc limit 1),
      (select opens_at from open_interval where calendar_key = calendar and opens_at > from_at order by opens_at limit 1))
    else (
      select case when d.due_at <= closes_at then d.due_at end
      from (
        select opens_at + (target - open_seconds_before) * interval '1 second' as due_at, closes_at
        from (
          select seconds + coalesce((
            select open_seconds_before + extract(epoch from least(closes_at, from_at) - opens_at)
            from open_interval where calendar_key = calendar and opens_at <= from_at order by opens_at desc limit 1), 0) as target) t
        cross join lateral (
          select * from open_interval where calendar_key = calendar and open_seconds_before < ceil(target)::bigint
          order by open_seconds_before desc limit 1) i) d)
  end
$$;
create or replace function business_deadline(calendar text, from_at timestamptz, seconds bigint) returns timestamptz
language sql stable strict parallel restricted as $$ select due_at from business_deadlines(calendar, from_at, seconds) $$;
