CREATE VIEW windows_defender_asr_audit_events AS
-- Windows Defender ASR Audit Events (Splunk ESCU 0e4d46b1): what would have been blocked, and 1126, which was.
-- Grain: dest, Process_Name, Target_Commandline, Path, ID, EventCode. Its codes (1122, 1125, 1126, 1132, 1134) are
-- chosen when a stack is made: only their events have a stack of this detection.
SELECT
  d.name AS dest,
  coalesce(process.value, 'NULL') AS Process_Name,
  coalesce(command.value, 'NULL') AS Target_Commandline,
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
WHERE s.detection = 2;
