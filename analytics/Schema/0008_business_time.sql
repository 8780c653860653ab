-- Business time: durations and deadlines in the open time of a calendar, as index look-ups over open_interval.
-- open_interval stands without its schema on purpose: in a transaction that asks for an earlier moment the temporary one is found first.
-- That is also why the functions are parallel restricted: a worker cannot read a temporary table.
create unique index open_interval_by_seconds on open_interval (calendar_key, open_seconds_before);

-- Open seconds of the calendar in [from_at, to_at). Additive: what lies before a moment and what lies after it add up; parts of a
-- second are dropped at both ends alike. Null, because unknown, when to_at comes before from_at, when the calendar is null or has no
-- hours, before 2 January 2000 and after the last interval that is laid out.
create function business_seconds(calendar text, from_at timestamptz, to_at timestamptz) returns bigint
language sql stable strict parallel restricted as $$
  select case
    when from_at <= to_at and from_at >= '2000-01-02 00:00+00'
      and to_at <= (select closes_at from open_interval where calendar_key = calendar order by opens_at desc limit 1)
    then
      coalesce((
        select open_seconds_before + floor(extract(epoch from least(closes_at, to_at) - opens_at))::bigint
        from open_interval where calendar_key = calendar and opens_at <= to_at order by opens_at desc limit 1), 0)
      - coalesce((
        select open_seconds_before + floor(extract(epoch from least(closes_at, from_at) - opens_at))::bigint
        from open_interval where calendar_key = calendar and opens_at <= from_at order by opens_at desc limit 1), 0)
  end
$$;

-- The first moment by which so many open seconds have passed since from_at. Outside the hours the clock starts at the next opening,
-- and that is also the deadline of 0 seconds. Null when any argument is, when seconds are negative, when the calendar has no hours,
-- before 2 January 2000 and where the laid-out time does not suffice.
create function business_deadline(calendar text, from_at timestamptz, seconds bigint) returns timestamptz
language sql stable strict parallel restricted as $$
  select case
    when seconds < 0 or from_at < '2000-01-02 00:00+00' then null
    when seconds = 0 then coalesce(
      (select case when from_at < closes_at then from_at end
        from open_interval where calendar_key = calendar and opens_at <= from_at order by opens_at desc limit 1),
      (select opens_at from open_interval where calendar_key = calendar and opens_at > from_at order by opens_at limit 1))
    else (
      select case when due_at <= closes_at then due_at end
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
