CREATE VIEW asr_event AS
-- Every stored event with its canonical fields. Grain: one event. What was not logged is NULL.
SELECT
  e.id AS event,
  e.time AS _time,
  d.name AS dest,
  e.EventCode,
  rule.value AS ID,
  asr_rule.ASR_Rule,
  process.value AS Process_Name,
  path.value AS Path,
  parent.value AS Parent_Commandline,
  target.value AS Target_Commandline,
  account.value AS User,
  old.value AS Old_Value,
  new.value AS New_Value,
  e.record_id AS EventRecordID,
  u.id AS upload,
  signature.value AS Signature_Version,
  engine.value AS Engine_Version,
  e.hash,
  e.ordinal,
  e.dest_id,
  e.rule_id,
  e.process_id,
  e.path_id,
  e.parent_id,
  e.target_id,
  e.user_id,
  e.old_id,
  e.new_id
FROM event e
LEFT JOIN dest d ON d.id = e.dest_id
LEFT JOIN text rule ON rule.id = e.rule_id
LEFT JOIN text process ON process.id = e.process_id
LEFT JOIN text path ON path.id = e.path_id
LEFT JOIN text parent ON parent.id = e.parent_id
LEFT JOIN text target ON target.id = e.target_id
LEFT JOIN text account ON account.id = e.user_id
LEFT JOIN text old ON old.id = e.old_id
LEFT JOIN text new ON new.id = e.new_id
LEFT JOIN text signature ON signature.id = e.signature_id
LEFT JOIN text engine ON engine.id = e.engine_id
LEFT JOIN asr_rule ON asr_rule.ID = rule.value
LEFT JOIN upload u ON u.seq = e.upload;
