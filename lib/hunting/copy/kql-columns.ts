import { ruleByAction } from '#db/lookup/action-types.ts'
import type { SelectedColumn } from './selection.ts'

/** Which rows of DeviceEvents are of an event: rows of rules and of network protection have other columns and ActionTypes. */
export type Kind = 'rule' | 'network'

/** The ActionTypes of each EventCode: how it ends for rules, all of it for network protection (lib/formats/defender-hunting). */
export const actionOfCode: Record<number, { kind: Kind; action: string }> = {
  1121: { kind: 'rule', action: 'Blocked' },
  1122: { kind: 'rule', action: 'Audited' },
  1129: { kind: 'rule', action: 'WarnBypassed' },
  1125: { kind: 'network', action: 'ExploitGuardNetworkProtectionAudited' },
  1126: { kind: 'network', action: 'ExploitGuardNetworkProtectionBlocked' },
}

/** The ActionTypes of a rule without their endings; none if Microsoft lists none for it. */
export const actionsOfRule = (ID: string): string[] =>
  Object.keys(ruleByAction).filter((action) => ruleByAction[action] === ID.toUpperCase())

/** Makes one path of folder and file: the folder has the file's name in it already, or not. */
export const pathFunction = [
  'let pathOf = (folder: string, file: string) {',
  '    case(isempty(file) or folder endswith strcat(@"\\", file), folder,',
  '        isempty(folder), file,',
  '        strcat(trim_end(@"\\\\", folder), @"\\", file))',
  '};',
].join('\n')

const user = (name: string, domain: string): string =>
  `iff(isempty(${domain}), ${name}, strcat(${domain}, @"\\", ${name}))`

/** A column of ours as DeviceEvents has it: the name it is given, and the expression that makes it. */
export type KqlColumn = { name: string; expression: string }

const rule: Partial<Record<SelectedColumn, KqlColumn>> = {
  ID: {
    name: 'ID',
    expression: 'tostring(coalesce(parse_json(AdditionalFields).RuleId, parse_json(AdditionalFields).Ruleid))',
  },
  Process_Name: {
    name: 'Process_Name',
    expression: 'pathOf(InitiatingProcessFolderPath, InitiatingProcessFileName)',
  },
  Path: { name: 'Path', expression: 'pathOf(FolderPath, FileName)' },
  Parent_Commandline: { name: 'Parent_Commandline', expression: 'InitiatingProcessCommandLine' },
  Target_Commandline: { name: 'Target_Commandline', expression: 'ProcessCommandLine' },
  User: {
    name: 'User',
    expression: `iff(isempty(AccountName), ${user('InitiatingProcessAccountName', 'InitiatingProcessAccountDomain')}, ${user('AccountName', 'AccountDomain')})`,
  },
}

const network: Partial<Record<SelectedColumn, KqlColumn>> = {
  Process_Name: rule.Process_Name as KqlColumn,
  Path: { name: 'Destination', expression: 'iff(isempty(RemoteUrl), RemoteIP, RemoteUrl)' },
  User: rule.User as KqlColumn,
}

/** The columns of DeviceEvents, as far as there are such, by the kind of row. */
export const kqlColumns: Record<Kind, Partial<Record<SelectedColumn, KqlColumn>>> = { rule, network }
