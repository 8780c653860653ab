-- The commitments among which the @take most urgent that wait are: the first open ones on either side of @as_of by their due time, and those
-- that were fulfilled or excused after it. Stands in Scoped.sql in place of the ledger; its parameters are that one's.
-- Output: the columns of commitment.
(select * from commitment
  where kind = @kind and fulfilled_at is null and excused_at is null and due_at >= @as_of and opened_at <= @as_of
    and outcome is null and (@viewer_teams::text[] is null or team_key = any (@viewer_teams)) and (@viewer_staff::text is null or owed_by = @viewer_staff)
  order by due_at, opened_at desc, commitment_key, account_id limit @take)
union all
(select * from commitment
  where kind = @kind and fulfilled_at is null and excused_at is null and due_at < @as_of and opened_at <= @as_of
    and outcome is null and (@viewer_teams::text[] is null or team_key = any (@viewer_teams)) and (@viewer_staff::text is null or owed_by = @viewer_staff)
  order by due_at desc, opened_at desc, commitment_key, account_id limit @take)
union all
select * from commitment
where kind = @kind and (fulfilled_at is not null or excused_at is not null) and settles_at > @as_of
