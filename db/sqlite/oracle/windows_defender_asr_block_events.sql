-- Oracle of the view windows_defender_asr_block_events: the same rows by a plain GROUP BY over raw events.
-- faithful: events with every by-field under its own name; only the templates of 1121 and 1122 have them all.
SELECT
  dest,
  coalesce(Path, 'NULL') AS Path,
  coalesce(Parent_Commandline, 'NULL') AS Parent_Commandline,
  coalesce(Process_Name, 'NULL') AS Process_Name,
  coalesce(ID, 'NULL') AS ID,
  EventCode,
  count(*) AS count,
  min(_time) AS firstTime,
  max(_time) AS lastTime,
  coalesce(ASR_Rule, 'NULL') AS ASR_Rule,
  EventCode IN (1121, 1122) AND ID IS NOT NULL AND Process_Name IS NOT NULL AND Path IS NOT NULL
    AND Parent_Commandline IS NOT NULL AS faithful
FROM asr_event
WHERE EventCode IN (1121, 1126, 1129, 1131, 1133)
GROUP BY dest, Path, Parent_Commandline, Process_Name, ID, EventCode
