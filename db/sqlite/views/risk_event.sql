CREATE VIEW risk_event AS
-- Risk events: one result row of an Anomaly or TTP detection within one clock hour, as ESCU's searches run hourly.
-- Grain: hour, stack. The score, message and annotations are the detection's, from db/lookup.
SELECT
  h.hour,
  h.stack_id AS stack,
  h.dest_id,
  d.name AS normalized_risk_object,
  h.count,
  h.first_time AS firstTime,
  h.last_time AS lastTime,
  detection.title AS "Search Name",
  detection.view AS view,
  detection.risk_score,
  replace(replace(detection.message, '$ASR_Rule$', coalesce(asr_rule.ASR_Rule, 'NULL')), '$dest$', d.name) AS "Risk Message",
  detection.story AS "Analytic Stories",
  detection.techniques,
  s.EventCode,
  s.rule_id,
  s.process_id,
  s.path_id,
  s.command_id
FROM stack_hour h
JOIN detection ON detection.id = h.detection AND detection.risk_score > 0
JOIN stack s ON s.id = h.stack_id
JOIN dest d ON d.id = h.dest_id
LEFT JOIN text rule ON rule.id = s.rule_id
LEFT JOIN asr_rule ON asr_rule.ID = rule.value;
