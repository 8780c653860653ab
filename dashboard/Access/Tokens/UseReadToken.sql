-- Finds a token that reads for a user and is good, and notes its use, to the minute. Grain: one row, or none. $1: hash of the token, $2: now.
-- Columns: the token's name, the user it reads for, its scope.
with good as (
  select api_token_id, name, user_id, scope, used_at from api_token
  where token_hash = $1 and user_id is not null and revoked_at is null and expires_at > $2
),
noted as (
  update api_token t set used_at = $2
  from good
  where t.api_token_id = good.api_token_id and (good.used_at is null or good.used_at < $2 - interval '1 minute')
)
select name, user_id, scope from good
