-- Where an interaction came from. Grain: at most one row. $1: account_id, $2: source_key of the interaction.
-- Columns: hash of the file, line at which the record begins, name of the file.
select batch.sha256, interaction.position, batch.name
from interaction
join batch on batch.batch_id = interaction.batch_id
where interaction.account_id = $1 and interaction.source_key = $2
