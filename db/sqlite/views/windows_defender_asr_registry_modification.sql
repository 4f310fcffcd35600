CREATE VIEW windows_defender_asr_registry_modification AS
-- Windows Defender ASR Registry Modification (Splunk ESCU 6a1b6cbe): 5007 events that touch ASR.
-- Grain: dest, New_Value, Old_Value, Old_Registry_Value, New_Registry_Value, ASR_ID; one row per changed rule, since
-- Policy Manager writes all rules into one value. What was added, removed or set to "not configured" is kept.
SELECT
  d.name AS dest,
  coalesce(new.value, 'NULL') AS New_Value,
  coalesce(old.value, 'NULL') AS Old_Value,
  coalesce(nullif(s.old_state, ''), 'NULL') AS Old_Registry_Value,
  coalesce(nullif(s.new_state, ''), 'NULL') AS New_Registry_Value,
  coalesce(rule.value, 'NULL') AS ASR_ID,
  t.count,
  t.first_time AS firstTime,
  t.last_time AS lastTime,
  CASE WHEN s.detection = 5 AND s.rule_id = 0 THEN 'All rules' ELSE coalesce(asr_rule.ASR_Rule, 'NULL') END AS ASR_Rule,
  s.EventCode,
  s.id AS stack,
  s.key,
  s.faithful > 0 AS faithful,
  s.detection = 5 AND s.faithful < 2 AS disabled,
  s.weakened,
  exclusion.value AS Exclusion,
  s.dest_id,
  s.rule_id,
  s.old_id,
  s.new_id
FROM stack s
LEFT JOIN stack_total t ON t.detection = s.detection AND t.id = s.id
LEFT JOIN dest d ON d.id = s.dest_id
LEFT JOIN text rule ON rule.id = s.rule_id
LEFT JOIN text old ON old.id = s.old_id
LEFT JOIN text new ON new.id = s.new_id
LEFT JOIN text exclusion ON exclusion.id = s.exclusion_id
LEFT JOIN asr_rule ON asr_rule.ID = rule.value
WHERE s.detection IN (4, 5);
