-- Oracle of the view windows_defender_asr_rule_disabled: the same rows by a plain GROUP BY over raw events; asr_change.sql first.
-- faithful: Splunk finds no state where a value was added, removed or not configured, and no rule outside of Rules\<guid>.
SELECT
  dest,
  coalesce(New_Value, 'NULL') AS New_Value,
  coalesce(Old_Value, 'NULL') AS Old_Value,
  coalesce(Old_Registry_Value, 'NULL') AS Old_Registry_Value,
  coalesce(New_Registry_Value, 'NULL') AS New_Registry_Value,
  coalesce(ASR_ID, 'NULL') AS ASR_ID,
  count(*) AS count,
  min(_time) AS firstTime,
  max(_time) AS lastTime,
  coalesce(ASR_Rule, 'NULL') AS ASR_Rule,
  coalesce(New_Value LIKE '%\Rules\%' AND Old_Registry_Value IN ('Disabled', 'Block', 'Audit', 'Warn')
    AND New_Registry_Value IN ('Disabled', 'Block', 'Audit', 'Warn'), 0) AS faithful
FROM asr_change
WHERE New_Registry_Value = 'Disabled' OR (New_Registry_Value IS NULL AND Old_Registry_Value IS NOT NULL)
GROUP BY dest, New_Value, Old_Value, Old_Registry_Value, New_Registry_Value, ASR_ID
