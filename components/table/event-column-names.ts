/** Every column of an event by name, and those a table shows only when asked to. */
export const eventColumnNames = [
  '_time',
  'dest',
  'EventCode',
  'ASR_Rule',
  'Process_Name',
  'Path',
  'Parent_Commandline',
  'Target_Commandline',
  'User',
  'Old_Value',
  'New_Value',
  'ID',
  'EventRecordID',
] as const
export const eventColumnsHidden = ['Target_Commandline', 'Old_Value', 'New_Value', 'ID', 'EventRecordID'] as const
