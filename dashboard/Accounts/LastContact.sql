-- When a person last spoke or wrote with the account of a row f, on either side; null for never. An expression, to be put into a statement.
(select i.occurred_at from interaction i
  where i.account_id = f.account_id and i.occurred_at <= @now and not i.deleted and i.direction <> 'internal' and not i.automatic and not i.bulk
  order by i.occurred_at desc limit 1)
