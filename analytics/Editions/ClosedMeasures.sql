-- Which rows of a measure a question about closed quarters is about. Stands in place of the measure's statement and Metrics/MeasureScope.sql,
-- with the same parameters besides @editions, @rows_of, @parts and @any_days (the quarters' rows, of which any days can be asked for).
scoped as (
  select m.account_id, m.fact, m.row_key, m.label, m.staff_key, m.team_key, m.channel, m.counted_at, m.amount, m.base, m.currency, m.finished, m.excluded,
    a.source_key as account, a.name as account_name, a.region, a.segment
  from edition_measure m
  join customer a on a.account_id = m.account_id
  where m.edition_id = any (@editions) and m.rows_of = @rows_of and m.part = any (@parts)
    and (not @any_days or (m.counted_at >= @from and m.counted_at < @to))
    and (@account::bigint is null or m.account_id = @account)
    and (@region::text is null or coalesce(a.region, '') = @region)
    and (@segment::text is null or coalesce(a.segment, '') = @segment)
    and (@channel::text is null or m.channel = @channel)
    and (@staff::text is null or coalesce(m.staff_key, '') = @staff)
    and (@viewer_staff::text is null or m.staff_key = @viewer_staff)
    and (@team::text is null or coalesce(m.team_key, '') = @team)
    and (@viewer_teams::text[] is null or m.team_key = any (@viewer_teams))
)
