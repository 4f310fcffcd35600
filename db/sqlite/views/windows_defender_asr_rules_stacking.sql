CREATE VIEW windows_defender_asr_rules_stacking AS
-- Windows Defender ASR Rules Stacking (Splunk ESCU 425a6657): every ASR event, counted by where it came from.
-- Grain: dest, Parent_Commandline, Process_Name, Path, ID, EventCode. Splunk drops an event that lacks a by-field;
-- here it groups under 'NULL', and "faithful" marks the rows Splunk would show.
SELECT
  d.name AS dest,
  coalesce(command.value, 'NULL') AS Parent_Commandline,
  coalesce(process.value, 'NULL') AS Process_Name,
  coalesce(path.value, 'NULL') AS Path,
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
WHERE s.detection IN (1, 3);
