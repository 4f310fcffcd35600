CREATE TEMP VIEW asr_change AS
-- What each 5007 changed about ASR, taken apart in SQL alone. Grain: one rule of one event. For the oracles of
-- windows_defender_asr_registry_modification and windows_defender_asr_rule_disabled.
WITH RECURSIVE
value AS (
  SELECT event, _time, dest, Old_Value, New_Value,
    coalesce(New_Value, Old_Value) AS named,
    coalesce(Old_Value, '') AS before,
    coalesce(New_Value, '') AS after
  FROM asr_event WHERE EventCode = 5007 AND coalesce(Old_Value, New_Value) IS NOT NULL
),
-- One value names one rule: …\ASR\Rules\<guid> = 0x1
single AS (
  SELECT value.*,
    upper(trim(substr(named, instr(lower(named), '\asr\rules\') + 11, instr(named, ' = ') - instr(lower(named), '\asr\rules\') - 11), '{} ')) AS ASR_ID,
    substr(before, instr(before, ' = ') + 3) AS old_text,
    substr(after, instr(after, ' = ') + 3) AS new_text
  FROM value WHERE named LIKE '%\ASR\Rules\%'
),
-- One value lists all rules: …\Policy Manager\ASRRules = guid=1|guid=2
list AS (
  SELECT event, 'old' AS side, substr(before, instr(before, ' = ') + 3) || '|' AS rest, '' AS entry
  FROM value WHERE named LIKE '%\Policy Manager\ASRRules = %' OR named LIKE '%\Policy Manager\ASROnlyPerRuleExclusions = %'
  UNION ALL
  SELECT event, 'new', substr(after, instr(after, ' = ') + 3) || '|', ''
  FROM value WHERE named LIKE '%\Policy Manager\ASRRules = %' OR named LIKE '%\Policy Manager\ASROnlyPerRuleExclusions = %'
  UNION ALL
  SELECT event, side, substr(rest, instr(rest, '|') + 1), substr(rest, 1, instr(rest, '|') - 1) FROM list WHERE rest <> ''
),
entry AS (
  SELECT event, side, upper(trim(substr(entry, 1, instr(entry, '=') - 1), '{} ')) AS ASR_ID, substr(entry, instr(entry, '=') + 1) AS text
  FROM list WHERE entry LIKE '%=%'
),
both AS (
  SELECT event, ASR_ID, max(text) FILTER (WHERE side = 'old') AS old_text, max(text) FILTER (WHERE side = 'new') AS new_text
  FROM entry GROUP BY event, ASR_ID
),
change AS (
  SELECT event, _time, dest, Old_Value, New_Value, ASR_ID, old_text, new_text FROM single
  UNION ALL
  SELECT event, _time, dest, Old_Value, New_Value, ASR_ID,
    iif(named LIKE '%\ASRRules = %', old_text, ''), iif(named LIKE '%\ASRRules = %', new_text, '')
  FROM both JOIN value USING (event) WHERE old_text IS NOT new_text
  UNION ALL
  SELECT event, _time, dest, Old_Value, New_Value, NULL, '', '' FROM value
  WHERE named LIKE '%\ASR\ASROnlyExclusions\%'
)
SELECT event, _time, dest, Old_Value, New_Value, change.ASR_ID, ASR_Rule,
  CASE replace(old_text, '0x', '') WHEN '0' THEN 'Disabled' WHEN '1' THEN 'Block' WHEN '2' THEN 'Audit'
    WHEN '5' THEN 'Not configured' WHEN '6' THEN 'Warn' END AS Old_Registry_Value,
  CASE replace(new_text, '0x', '') WHEN '0' THEN 'Disabled' WHEN '1' THEN 'Block' WHEN '2' THEN 'Audit'
    WHEN '5' THEN 'Not configured' WHEN '6' THEN 'Warn' END AS New_Registry_Value
FROM change LEFT JOIN asr_rule ON asr_rule.ID = change.ASR_ID;
