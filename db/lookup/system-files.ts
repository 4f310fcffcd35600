/**
 * Programs of Windows that malware pretends to be, with the folders in which Windows has them. Names that other software
 * legitimately has too are left out, such as `curl.exe`, `find.exe`, `sort.exe`, `tar.exe`, `timeout.exe` and `whoami.exe`.
 *
 * Source: folders of Windows 10, 11 and Server 2019 to 2025; learn.microsoft.com (Windows commands, Windows Management
 * Instrumentation, Microsoft Defender Antivirus), in our own words.
 */
const system32 = '\\Windows\\System32'
const both = [system32, '\\Windows\\SysWOW64']

const groups: readonly (readonly [folders: readonly string[], names: string])[] = [
  [[system32], 'csrss lsass lsaiso smss wininit winlogon services spoolsv sihost taskhost taskhostw taskhostex dwm'],
  [[system32], 'conhost fontdrvhost logonui runtimebroker audiodg wlanext lsm dashost consent vssvc searchindexer'],
  [[system32], 'wsmprovhost bcdedit vssadmin wbadmin taskeng userinit mmc ntoskrnl backgroundtaskhost'],
  [both, 'svchost rundll32 regsvr32 cmd dllhost wscript cscript mshta conime ctfmon msiexec wermgr werfault'],
  [both, 'schtasks certutil bitsadmin wevtutil netsh taskmgr reg regedt32 odbcconf cmstp forfiles systray mstsc'],
  [both, 'searchprotocolhost searchfilterhost wuauclt regini msdt eventvwr fodhelper computerdefaults sdiagnhost'],
  [['\\Windows', '\\Windows\\SysWOW64'], 'explorer regedit hh splwow64'],
  [['\\Windows', ...both], 'notepad'],
  [both.map((folder) => `${folder}\\wbem`), 'wmiprvse wmic scrcons mofcomp unsecapp wmiapsrv'],
  [both.map((folder) => `${folder}\\WindowsPowerShell\\v1.0`), 'powershell powershell_ise'],
  [['\\Program Files\\Internet Explorer', '\\Program Files (x86)\\Internet Explorer'], 'iexplore'],
]

/** File name in lower case to the folders of it, without their drive; the first is the usual one. */
export const systemFiles: ReadonlyMap<string, readonly string[]> = groups.reduce((files, [folders, names]) => {
  for (const name of names.split(' ')) files.set(`${name}.exe`, [...(files.get(`${name}.exe`) ?? []), ...folders])
  return files
}, new Map<string, readonly string[]>())

/** Folders in which Windows keeps further copies of its files: components, updates, upgrades and containers. */
export const copyFolders: readonly string[] = [
  '\\windows\\winsxs\\',
  '\\windows\\servicing\\',
  '\\windows\\softwaredistribution\\',
  '\\windows.old\\windows\\',
  '\\$windows.~bt\\',
  '\\programdata\\microsoft\\windows\\containers\\',
]

/** Programs that are one letter from one of Windows and are well known themselves. */
export const ordinaryNames: ReadonlySet<string> = new Set([
  'notepad2.exe',
  'notepad3.exe',
  'notepad4.exe',
  'service.exe',
])

/** Programs that run the script, library or command that they are given. */
export const scriptHosts: ReadonlySet<string> = new Set([
  ...['cmd.exe', 'powershell.exe', 'powershell_ise.exe', 'pwsh.exe', 'wscript.exe', 'cscript.exe', 'mshta.exe'],
  ...['rundll32.exe', 'regsvr32.exe', 'wmic.exe', 'msbuild.exe', 'installutil.exe', 'regasm.exe', 'regsvcs.exe'],
  ...['msxsl.exe', 'hh.exe', 'forfiles.exe', 'odbcconf.exe', 'cmstp.exe', 'bash.exe', 'wsl.exe', 'autoit3.exe'],
])
