-- Users by name. Grain: one row per user. $1: part of a name or an address, null for any; $2: one user, null for all; $3: now; $4: most rows; $5: offset.
-- Columns: id, name, address, person's key and name, roles, keys of teams, names of teams, last sign-in, disabled since, whether the password is
-- a one-time one, whether there is a second factor, whether too many tries keep him out at present, number of rows in all.
select u.user_id, u.user_name, u.email, u.staff_key, s.name,
  array(select r.name from app_user_role x join app_role r using (role_id) where x.user_id = u.user_id order by 1),
  array(select x.team_key from app_user_team x where x.user_id = u.user_id order by 1),
  array(select coalesce(t.name, x.team_key) from app_user_team x left join team t on t.source_key = x.team_key and not t.deleted where x.user_id = u.user_id order by x.team_key),
  u.signed_in_at, u.disabled_at, u.must_choose_password, u.two_factor_enabled, coalesce(u.lockout_end > $3, false), count(*) over ()
from app_user u
left join staff s on s.source_key = u.staff_key and not s.deleted
where ($1 is null or strpos(lower(concat_ws(' ', u.user_name, u.email, s.name)), lower($1)) > 0) and ($2 is null or u.user_id = $2)
order by u.normalized_user_name
limit $4 offset $5
