/**
 * Which places say something about a file that runs. Paths are in lower case, without their drive, with `<user>` for the name of a
 * user.
 *
 * Source: AppLocker's default rules, which trust Windows and Program Files (learn.microsoft.com _AppLocker_); default
 * permissions of Windows 11.
 */

/** Folders that only administrators can write to by default. */
export const protectedFolders: readonly string[] = [
  '\\windows\\',
  '\\program files\\',
  '\\program files (x86)\\',
  '\\inetpub\\',
  '\\programdata\\microsoft\\windows\\start menu\\',
  '\\programdata\\microsoft\\windows defender\\',
]

/** Folders within them that every user can write to. */
export const writableFolders: readonly string[] = [
  '\\windows\\temp\\',
  '\\windows\\tasks\\',
  '\\windows\\tracing\\',
  '\\windows\\debug\\wia\\',
  '\\windows\\registration\\crmlog\\',
  '\\windows\\system32\\tasks\\',
  '\\windows\\syswow64\\tasks\\',
  '\\windows\\system32\\fxstmp\\',
  '\\windows\\system32\\com\\dmp\\',
  '\\windows\\system32\\spool\\drivers\\color\\',
  '\\windows\\system32\\spool\\printers\\',
  '\\windows\\system32\\spool\\servers\\',
  '\\windows\\system32\\microsoft\\crypto\\rsa\\machinekeys\\',
]

/** Parts of a path that make it a place for temporary files, and one for what came from the internet or by mail. */
export const tempParts: readonly string[] = ['\\temp\\', '\\tmp\\']
export const downloadParts: readonly string[] = [
  '\\downloads\\',
  '\\content.outlook\\',
  '\\inetcache\\',
  '\\temporary internet files\\',
]

/** Beginnings of a path on another machine, besides two backslashes. */
export const networkDevices: readonly string[] = ['\\device\\lanmanredirector\\', '\\device\\webdavredirector\\']

/** Endings of what runs or can contain code: programs, libraries, scripts, pages of a web server, macros, disk images. */
export const codeEndings: ReadonlySet<string> = new Set(
  [
    'exe com scr pif dll sys cpl ocx msi msp msc jar lnk chm tmp',
    'bat cmd ps1 psm1 vbs vbe js jse wsf wsh hta sct',
    'aspx asp ashx asmx php jsp',
    'docm dotm xlsm xltm xlam xlsb xll pptm ppam one',
    'iso img vhd vhdx',
  ].flatMap((line) => line.split(' ')),
)
