-- Models of the registry with their trainings, the newest first. Grain: a model. Inputs: churn_model, churn_training, churn_label;
-- @model, @training, @subject (null for all), @limit. Output: as RegisteredModel and ChurnTraining have it, without the artefact.
select m.model_id, m.kind, m.feature_schema_sha256, m.parameters::text, m.seed, m.library, m.artefact_sha256, m.figures::text, m.created_at,
  t.training_id, t.subject, t.data_cut_off, t.feature_version, t.source_sha256, t.rows, t.customers, t.churned, t.excluded::text,
  t.started_at, t.finished_at, t.note,
  l.label_version, l.kind as label_kind, l.gap_days, l.horizon_days, l.horizon_of_segment::text, l.lookback_months, l.grace_days
from churn_model m
join churn_training t using (training_id)
left join churn_label l using (label_version)
where (@model::bigint is null or m.model_id = @model) and (@training::bigint is null or m.training_id = @training) and (@subject::text is null or t.subject = @subject)
order by m.model_id desc
limit @limit
