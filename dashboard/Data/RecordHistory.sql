-- The versions of a fact that were replaced; the placeholder is its table. Grain: one row per version, the newest first, at most 50.
-- $1: account_id, $2: source_key. Columns: the version as JSON, when it happened, whether it was deleted, when it was replaced.
select to_jsonb(h)::text, h.occurred_at, h.deleted, h.known_to
from {fact}_history h
where h.account_id = $1 and h.source_key = $2
order by h.known_to desc
limit 50
