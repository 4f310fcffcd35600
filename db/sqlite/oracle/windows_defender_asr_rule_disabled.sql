-- Oracle of the view windows_defender_asr_rule_disabled: the same rows by a plain GROUP BY over raw events; asr_change.sql first.
-- disabled: rows of complete mode, in which a rule that was on is off. faithful: rows of faithful mode, in which the new
-- state is Disabled whatever the old state was. A row may have one without the other.
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
WHERE disabled OR (faithful AND New_Registry_Value = 'Disabled')
GROUP BY dest, New_Value, Old_Value, Old_Registry_Value, New_Registry_Value, ASR_ID
