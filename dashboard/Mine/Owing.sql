-- Whether a commitment c is still owed at @now and can still be kept: nobody fulfilled or excused it, it did not end otherwise, and doing it
-- late still counts as doing it. The first of a milestone's two dates (kind deliver) is left to the metrics: one works by the date that stands.
-- A condition, to be put into a statement. @viewer_teams, @viewer_staff: the viewer's limits, null for none.
(c.fulfilled_at is null and c.excused_at is null and c.outcome is null and c.fixed_at > @now and c.opened_at <= @now and c.kind <> 'deliver'
  and (@viewer_teams::text[] is null or c.team_key = any (@viewer_teams))
  and (@viewer_staff::text is null or c.owed_by = @viewer_staff))
