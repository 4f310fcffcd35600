-- Oracle of the view windows_defender_asr_audit_events: the same rows by a plain GROUP BY over raw events.
-- faithful: events with every by-field under its own name; only the templates of 1121 and 1122 have them all.
SELECT
  dest,
  coalesce(Process_Name, 'NULL') AS Process_Name,
  coalesce(Target_Commandline, 'NULL') AS Target_Commandline,
  coalesce(Path, 'NULL') AS Path,
  coalesce(ID, 'NULL') AS ID,
  EventCode,
  count(*) AS count,
  min(_time) AS firstTime,
  max(_time) AS lastTime,
  coalesce(ASR_Rule, 'NULL') AS ASR_Rule,
  EventCode IN (1121, 1122) AND ID IS NOT NULL AND Process_Name IS NOT NULL AND Path IS NOT NULL
    AND Target_Commandline IS NOT NULL AS faithful
FROM asr_event
WHERE EventCode IN (1122, 1125, 1126, 1132, 1134)
GROUP BY dest, Process_Name, Target_Commandline, Path, ID, EventCode
