-- Accounts in the order of their keys, of those the viewer may see. Grain: one row per account. @after: the key that the page follows, @key: only this
-- account (both null for any), @most: most rows. Columns: key, name, region, segment, how many there are in all. The condition of AccountScope.sql is put in.
with visible as (
  select source_key, name, region, segment
  from account a
  where not deleted and (@key::text is null or source_key = @key) and {in_scope}
)
select source_key, name, region, segment, (select count(*) from visible) as total
from visible
where @after::text is null or source_key > @after
order by source_key
limit @most
