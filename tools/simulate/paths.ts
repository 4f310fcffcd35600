/** Programs and folders that sources and scenarios share. `{account}` is filled in per host. */
export const office = 'C:\\Program Files\\Microsoft Office\\root\\Office16'
export const word = `${office}\\WINWORD.EXE`
export const excel = `${office}\\EXCEL.EXE`
export const outlook = `${office}\\OUTLOOK.EXE`
export const powershell = 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe'
export const cmd = 'C:\\Windows\\System32\\cmd.exe'
export const wmiPrvSe = 'C:\\Windows\\System32\\wbem\\WmiPrvSE.exe'
export const lsass = 'C:\\Windows\\System32\\lsass.exe'
export const explorer = 'C:\\Windows\\explorer.exe'
export const home = 'C:\\Users\\{account}'
export const temp = `${home}\\AppData\\Local\\Temp`
export const system = 'NT AUTHORITY\\SYSTEM'
export const registry = 'HKLM\\SOFTWARE\\Microsoft\\Windows Defender'
