CREATE TEMP VIEW asr_change AS
-- What each 5007 changed about ASR, taken apart in SQL alone. Grain: one rule of one event. For the oracles of
-- windows_defender_asr_registry_modification and windows_defender_asr_rule_disabled.
WITH RECURSIVE
constant AS (
  SELECT replace('xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx', 'x', '[0-9A-F]') AS guid, ' ' || char(9, 10, 13) AS blank
),
side AS (
  SELECT event, 'old' AS side, Old_Value AS text, lower(Old_Value) AS low
  FROM asr_event WHERE EventCode = 5007 AND Old_Value IS NOT NULL
  UNION ALL
  SELECT event, 'new', New_Value, lower(New_Value)
  FROM asr_event WHERE EventCode = 5007 AND New_Value IS NOT NULL
),
-- Where the key or value name of ASR begins: 0 if nowhere.
marker AS (
  SELECT side.*,
    instr(low, '\windows defender exploit guard\asr\') AS guard,
    instr(low, '\exploitguard_asr_') AS switch,
    iif(low LIKE 'default\asr\%', 1, 0) AS by_default,
    iif(instr(low, '\policy manager\') > 0 AND instr(substr(low, instr(low, '\policy manager\') + 15), '\asr') > 0,
      instr(low, '\policy manager\') + 14 + instr(substr(low, instr(low, '\policy manager\') + 15), '\asr'), 0) AS managed
  FROM side
),
placed AS MATERIALIZED (
  SELECT event, side, text, low,
    min(iif(guard > 0, guard, 1e9), iif(switch > 0, switch, 1e9), iif(by_default > 0, by_default, 1e9), iif(managed > 0, managed, 1e9)) AS place
  FROM marker
),
-- A value touches ASR if its key or name does: not its content, and not an exclusion of the antivirus.
touching AS MATERIALIZED (
  SELECT event, side, text, low, place,
    place < 1e9 AND instr(substr(low, 1, place - 1), ':') = 0 AND instr(substr(low, 1, place - 1), '%') = 0
      AND instr(substr(low, 1, place - 1), ' =') = 0 AND instr(substr(low, 1, place - 1), '\exclusions\') = 0 AS touches
  FROM placed
),
-- The value name up to the first ` =`, and what follows it.
named AS MATERIALIZED (
  SELECT event, side, text, touches,
    iif(touches, substr(text, place), '') AS rest,
    iif(touches, lower(rtrim(iif(instr(substr(text, place), ' =') > 0,
      substr(text, place, instr(substr(text, place), ' =') - 1), substr(text, place)))), '') AS name,
    CASE WHEN touches AND instr(substr(text, place), ' =') > 0 THEN substr(text, place + instr(substr(text, place), ' =') + 1)
      ELSE '' END AS content
  FROM touching
),
-- By the form of the name. A name that follows a drive letter is part of a path.
formed AS MATERIALIZED (
  SELECT named.*,
    CASE
      WHEN NOT touches THEN 'none'
      WHEN instr(name, '\asronlyexclusions\') > 0 AND instr(substr(name, 1, instr(name, '\asronlyexclusions\')), ':') = 0 THEN 'exclusion'
      WHEN instr(name, ':') > 0 THEN 'other'
      WHEN instr(name, '\asr\rules\') > 0
        AND upper(trim(substr(name, instr(name, '\asr\rules\') + 11), '{} ')) GLOB guid THEN 'rule'
      WHEN instr(name, '\asr\asronlyperruleexclusions\') > 0
        AND upper(trim(substr(name, instr(name, '\asr\asronlyperruleexclusions\') + 30), '{} ')) GLOB guid THEN 'rule-exclusions'
      WHEN name LIKE '%\asrrules' THEN 'rules'
      WHEN name LIKE '%\asronlyexclusions' THEN 'exclusions'
      WHEN name LIKE '%\asronlyperruleexclusions' THEN 'rules-exclusions'
      WHEN name LIKE '%\exploitguard\_asr\__%' ESCAPE '\' THEN 'switch'
      WHEN instr(name, '\exploitguard_asr_') > 0 THEN 'switch'
      ELSE 'other'
    END AS setting
  FROM named CROSS JOIN constant
),
-- The last ` = `, which ends a path or a name of no known form if a number or nothing follows it.
tailed AS MATERIALIZED (
  SELECT formed.*, substr(rest, instr(lower(rest), '\asronlyexclusions\') + 19) AS path,
    rtrim(text, replace(text, '=', '')) AS before_last, trim(substr(text, length(rtrim(text, replace(text, '=', ''))) + 1), blank) AS last
  FROM formed CROSS JOIN constant
),
split AS (
  SELECT tailed.*, before_last LIKE '% =' AND (ltrim(last, '0123456789') = ''
    OR lower(last) GLOB '0x*' AND ltrim(substr(lower(last), 3), '0123456789abcdef') = '') AS has_number
  FROM tailed
),
value AS MATERIALIZED (
  SELECT event, side, text, setting,
    CASE setting
      WHEN 'rule' THEN upper(trim(substr(name, instr(name, '\asr\rules\') + 11), '{} '))
      WHEN 'rule-exclusions' THEN upper(trim(substr(name, instr(name, '\asr\asronlyperruleexclusions\') + 30), '{} '))
      WHEN 'switch' THEN substr(name, instr(name, '\exploitguard_asr_'))
      WHEN 'exclusion' THEN trim(iif(has_number, substr(path, 1, length(path) - (length(text) - length(before_last)) - 2), path), blank)
      ELSE '' END AS subject,
    CASE WHEN setting NOT IN ('none', 'other', 'exclusion') THEN trim(content, blank) WHEN has_number THEN last ELSE '' END AS content
  FROM split CROSS JOIN constant
),
pair AS MATERIALIZED (
  SELECT e.event, e._time, e.dest, e.Old_Value, e.New_Value,
    old.text AS before, new.text AS after,
    coalesce(old.setting, '') AS old_setting, coalesce(new.setting, '') AS new_setting,
    coalesce(new.setting, old.setting) AS setting,
    coalesce(old.subject, '') AS old_subject, coalesce(new.subject, '') AS new_subject,
    iif(new.text IS NULL, old.subject, new.subject) AS subject,
    coalesce(old.content, '') AS old_content, coalesce(new.content, '') AS new_content,
    -- Splunk's regular expressions find both states at the end of the values, and the rule in New_Value.
    coalesce(new.setting = 'rule' AND old.text GLOB '*0x[0126]' AND new.text GLOB '*0x[0126]' AND instr(new.text, 'Rules\') > 0
      AND instr(substr(new.text, instr(new.text, 'Rules\') + 6, 37), '{') = 0
      AND instr(substr(new.text, instr(new.text, 'Rules\') + 6, 37), '}') = 0, 0) AS faithful
  FROM asr_event e
  LEFT JOIN value old ON old.event = e.event AND old.side = 'old'
  LEFT JOIN value new ON new.event = e.event AND new.side = 'new'
  WHERE e.EventCode = 5007 AND (coalesce(old.setting, 'none') <> 'none' OR coalesce(new.setting, 'none') <> 'none')
),
-- What each side says of the setting that the event is about: a side with another setting says nothing.
part AS MATERIALIZED (
  SELECT event, value.side, value.setting, value.subject, value.content, value.text
  FROM value JOIN pair USING (event)
  WHERE value.setting = pair.setting AND (value.setting <> 'rule-exclusions' OR value.subject = pair.subject)
),
-- Lists, taken apart entry by entry: `guid=1|guid=2`, of which the last entry of a rule counts.
list AS (
  SELECT event, side, setting, 0 AS ord, content || '|' AS rest, '' AS entry FROM part WHERE setting IN ('rules', 'rules-exclusions')
  UNION ALL
  SELECT event, side, setting, ord + 1, substr(rest, instr(rest, '|') + 1), substr(rest, 1, instr(rest, '|') - 1)
  FROM list WHERE rest <> ''
),
entry AS MATERIALIZED (
  SELECT event, side, setting, upper(trim(substr(entry, 1, instr(entry, '=') - 1), '{}' || blank)) AS ASR_ID,
    trim(substr(entry, instr(entry, '=') + 1), blank) AS text, max(ord)
  FROM list CROSS JOIN constant
  WHERE instr(entry, '=') > 0 AND upper(trim(substr(entry, 1, instr(entry, '=') - 1), '{}' || blank)) GLOB guid
  GROUP BY event, side, ASR_ID
),
state_list AS (
  SELECT event, ASR_ID, max(text) FILTER (WHERE side = 'old') AS old_text, max(text) FILTER (WHERE side = 'new') AS new_text
  FROM entry WHERE setting = 'rules' GROUP BY event, ASR_ID
),
-- Excluded paths of both sides, one by one. A default without content excludes nothing.
paths AS (
  SELECT event, side, ASR_ID, '>' AS separator, text || '>' AS rest, '' AS path FROM entry WHERE setting = 'rules-exclusions'
  UNION ALL
  SELECT event, side, iif(setting = 'rule-exclusions', subject, ''),
    CASE setting WHEN 'rule-exclusions' THEN '>' WHEN 'exclusions' THEN '|' ELSE char(1) END,
    CASE setting WHEN 'rule-exclusions' THEN content || '>' WHEN 'exclusions' THEN content || '|' ELSE subject || char(1) END, ''
  FROM part WHERE setting IN ('rule-exclusions', 'exclusions')
    OR setting = 'exclusion' AND NOT (text LIKE 'default\%' AND content = '')
  UNION ALL
  SELECT event, side, ASR_ID, separator, substr(rest, instr(rest, separator) + 1), substr(rest, 1, instr(rest, separator) - 1)
  FROM paths WHERE rest <> ''
),
excluded AS MATERIALIZED (
  SELECT DISTINCT event, side, ASR_ID, trim(path, blank) AS path FROM paths CROSS JOIN constant WHERE trim(path, blank) <> ''
),
-- Paths that only one side has, with environment variables at their usual places and without wildcards at the end.
changed_path AS (
  SELECT event, ASR_ID, path, max(side) AS side,
    lower(trim(replace(replace(path, '"', ''), '/', '\'), blank)) AS low
  FROM excluded CROSS JOIN constant GROUP BY event, ASR_ID, path HAVING count(*) = 1
),
levelled AS (
  SELECT event, ASR_ID, path, side,
    replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
      iif(low LIKE '\\?\%', substr(low, 5), low),
      '%systemdrive%', 'c:'), '%systemroot%', 'c:\windows'), '%windir%', 'c:\windows'), '%temp%', 'c:\temp'),
      '%tmp%', 'c:\temp'), '%userprofile%', 'c:\users\*'), '%homepath%', 'c:\users\*'), '%public%', 'c:\users\public'),
      '%appdata%', 'c:\users\*\appdata\roaming'), '%localappdata%', 'c:\users\*\appdata\local'),
      '%programdata%', 'c:\programdata'), '%allusersprofile%', 'c:\programdata'), '%programfiles%', 'c:\program files'),
      '%programfiles(x86)%', 'c:\program files'), '%programw6432%', 'c:\program files') AS low
  FROM changed_path
),
trimmed AS (
  SELECT event, ASR_ID, path, side,
    rtrim(iif(low LIKE '%\*.*', substr(low, 1, length(low) - 4), low), '\*') AS folder FROM levelled
),
rooted AS MATERIALIZED (
  SELECT trimmed.*, CASE
      WHEN folder GLOB '[a-z*?]:*' THEN substr(folder, 3)
      WHEN folder GLOB '\device\harddiskvolume[0-9*]*' THEN ltrim(substr(folder, 23), '0123456789*')
      WHEN substr(folder, 1, 2) = '\\' AND substr(substr(folder, 3), instr(substr(folder, 3), '\') + 1) GLOB '[a-z]$*'
        AND instr(substr(folder, 3), '\') > 1 THEN substr(folder, instr(substr(folder, 3), '\') + 5)
    END AS below
  FROM trimmed
),
broad AS (
  SELECT event, ASR_ID, path, side = 'new' AND coalesce(
    folder IN ('', 'temp', 'tmp') OR folder LIKE '%\temp' OR folder LIKE '%\tmp'
    OR folder GLOB '[*].*' AND instr(folder, '\') = 0
    OR below IN ('', '\users', '\documents and settings', '\program files', '\program files (x86)', '\programdata', '\windows')
    OR below GLOB '\users\?*' AND instr(substr(below, 8), '\') = 0
    OR below GLOB '\documents and settings\?*' AND instr(substr(below, 25), '\') = 0
    OR below GLOB '\users\?*\appdata' AND length(below) - length(replace(below, '\', '')) = 3
    OR below GLOB '\users\?*\appdata\local' AND length(below) - length(replace(below, '\', '')) = 4, 0) AS is_broad
  FROM rooted
),
exclusion AS MATERIALIZED (
  SELECT event, ASR_ID, group_concat(path, '|' ORDER BY path) AS Exclusion, max(is_broad) AS is_broad
  FROM broad GROUP BY event, ASR_ID
),
-- The rows: one for each rule that changed, else one for the event.
detail AS MATERIALIZED (
  SELECT event, ASR_ID, old_text, new_text, NULL AS Exclusion, 0 AS is_broad FROM state_list WHERE old_text IS NOT new_text
  UNION ALL
  SELECT event, nullif(ASR_ID, ''), NULL, NULL, Exclusion, is_broad FROM exclusion
),
change AS (
  SELECT event, Exclusion, coalesce(is_broad, 0) AS is_broad,
    CASE WHEN setting IN ('rule', 'rule-exclusions') THEN subject
      WHEN setting = 'none' AND old_setting IN ('rule', 'rule-exclusions') THEN old_subject ELSE ASR_ID END AS ASR_ID,
    CASE WHEN setting <> 'rule' THEN old_text WHEN faithful THEN substr(before, -3) ELSE old_content END AS old_text,
    CASE WHEN setting <> 'rule' THEN new_text WHEN faithful THEN substr(after, -3) ELSE new_content END AS new_text
  FROM pair LEFT JOIN detail USING (event)
),
-- `0x1` or `1`, with any zeros before it.
digits AS (
  SELECT change.*,
    CASE WHEN lower(old_text) GLOB '0x?*' AND length(old_text) <= 10 THEN ltrim(substr(old_text, 3), '0')
      WHEN length(old_text) <= 9 THEN ltrim(old_text, '0') ELSE old_text END AS old_digit,
    CASE WHEN lower(new_text) GLOB '0x?*' AND length(new_text) <= 10 THEN ltrim(substr(new_text, 3), '0')
      WHEN length(new_text) <= 9 THEN ltrim(new_text, '0') ELSE new_text END AS new_digit
  FROM change
),
states AS (
  SELECT event, ASR_ID, Exclusion, is_broad,
    CASE WHEN coalesce(old_text, '') = '' THEN NULL WHEN old_digit = '' THEN 'Disabled' WHEN old_digit = '1' THEN 'Block'
      WHEN old_digit = '2' THEN 'Audit' WHEN old_digit = '5' THEN 'Not configured' WHEN old_digit = '6' THEN 'Warn'
      ELSE 'Unknown (' || old_text || ')' END AS Old_Registry_Value,
    CASE WHEN coalesce(new_text, '') = '' THEN NULL WHEN new_digit = '' THEN 'Disabled' WHEN new_digit = '1' THEN 'Block'
      WHEN new_digit = '2' THEN 'Audit' WHEN new_digit = '5' THEN 'Not configured' WHEN new_digit = '6' THEN 'Warn'
      ELSE 'Unknown (' || new_text || ')' END AS New_Registry_Value
  FROM digits
),
-- The switch of all rules was on, and is zero or gone.
switched AS MATERIALIZED (
  SELECT event, setting = 'switch' AND subject = '\exploitguard_asr_rules' AND old_setting = setting AND old_subject = subject
    AND (lower(old_content) GLOB '0x?*' AND ltrim(substr(lower(old_content), 3), '0123456789abcdef') = ''
        AND ltrim(substr(old_content, 3), '0') <> ''
      OR old_content <> '' AND ltrim(old_content, '0123456789') = '' AND ltrim(old_content, '0') <> '')
    AND (ltrim(new_content, '0') = '' OR lower(new_content) GLOB '0x*' AND ltrim(substr(new_content, 3), '0') = '') AS is_off
  FROM pair
),
meaning AS (
  SELECT event, ASR_ID, Old_Registry_Value, New_Registry_Value, Exclusion,
    is_off OR coalesce(Old_Registry_Value IN ('Block', 'Audit', 'Warn')
      AND coalesce(New_Registry_Value, 'Disabled') IN ('Disabled', 'Not configured'), 0) AS disabled,
    is_off OR is_broad OR coalesce(Old_Registry_Value = 'Block' AND New_Registry_Value IN ('Audit', 'Warn'), 0) AS weakened
  FROM states JOIN switched USING (event)
)
SELECT event, _time, dest, Old_Value, New_Value, meaning.ASR_ID,
  iif(disabled AND meaning.ASR_ID IS NULL, 'All rules', ASR_Rule) AS ASR_Rule,
  Old_Registry_Value, New_Registry_Value, Exclusion, disabled, weakened,
  faithful
FROM meaning JOIN pair USING (event) LEFT JOIN asr_rule ON asr_rule.ID = meaning.ASR_ID;
