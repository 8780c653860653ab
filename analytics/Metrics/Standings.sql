-- Where commitments stand and whose they are, without their names. Follows Listed.sql. Grain: one row per commitment, in no order.
-- Columns: account (its key), commitment_key, owed_by, team_key, status.
select coalesce(a.source_key, ''), s.commitment_key, s.owed_by, s.team_key, s.status
from listed s
left join customer a on a.account_id = s.account_id
