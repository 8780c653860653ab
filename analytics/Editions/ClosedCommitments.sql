-- Which commitments of closed quarters a question is about: as the editions judged them. Stands in place of Metrics/Scoped.sql, with the
-- same parameters besides @editions and @rows_of. Output: scoped, one row per commitment.
scoped as (
  select c.*
  from edition_commitment c
  where c.edition_id = any (@editions) and c.rows_of = @rows_of and c.counted_at >= @from and c.counted_at < @to
    and (@team::text is null or coalesce(c.team_key, '') = @team)
    and (@staff::text is null or coalesce(c.owed_by, '') = @staff)
    and (@account::bigint is null or c.account_id = @account)
    and (@channel::text is null or c.channel = @channel)
    and ((@region::text is null and @segment::text is null) or c.account_id in (
      select account_id from customer where (@region is null or coalesce(region, '') = @region) and (@segment is null or coalesce(segment, '') = @segment)))
    and (@viewer_teams::text[] is null or c.team_key = any (@viewer_teams))
    and (@viewer_staff::text is null or c.owed_by = @viewer_staff)
)
