-- Oracle of the view windows_defender_asr_registry_modification: the same rows by a plain GROUP BY over raw events; asr_change.sql first.
-- faithful: Splunk finds no state if a value was added, removed or not configured, and no rule outside of Rules\<guid>.
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
  faithful,
  disabled,
  weakened,
  Exclusion
FROM asr_change
GROUP BY dest, New_Value, Old_Value, Old_Registry_Value, New_Registry_Value, ASR_ID
