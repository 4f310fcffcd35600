CREATE VIEW windows_defender_asr_block_events AS
-- Windows Defender ASR Block Events (Splunk ESCU 026f5f4e): what was blocked, and 1129, which a user let through.
-- Grain: dest, Path, Parent_Commandline, Process_Name, ID, EventCode; the stacks of ASR Rules Stacking with EventCode 1121, 1126, 1129, 1131 or 1133.
SELECT
  d.name AS dest,
  coalesce(path.value, 'NULL') AS Path,
  coalesce(command.value, 'NULL') AS Parent_Commandline,
  coalesce(process.value, 'NULL') AS Process_Name,
  coalesce(rule.value, 'NULL') AS ID,
  s.EventCode,
  t.count,
  t.first_time AS firstTime,
  t.last_time AS lastTime,
  coalesce(asr_rule.ASR_Rule, 'NULL') AS ASR_Rule,
  s.id AS stack,
  s.key,
  s.faithful,
  s.dest_id,
  s.rule_id,
  s.process_id,
  s.path_id,
  s.command_id
FROM stack s
LEFT JOIN stack_total t ON t.detection = s.detection AND t.id = s.id
LEFT JOIN dest d ON d.id = s.dest_id
LEFT JOIN text rule ON rule.id = s.rule_id
LEFT JOIN text process ON process.id = s.process_id
LEFT JOIN text path ON path.id = s.path_id
LEFT JOIN text command ON command.id = s.command_id
LEFT JOIN asr_rule ON asr_rule.ID = rule.value
WHERE s.detection = 3;
