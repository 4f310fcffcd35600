/**
 * What the page of a rule says about it: what it does in our own words, and what Microsoft documents about it.
 *
 * Source: learn.microsoft.com _Attack surface reduction rules reference_, page dated 2026-09-09. All rules honour exclusions
 * for ASR, global and per rule, and process exclusions of Microsoft Defender Antivirus.
 */
export type RuleNotes = {
  does: string
  /** What must be on for the rule to work. */
  needs: string
  /** Whether it raises an alert in Defender for Endpoint, and whether the user sees a notification: always, never or at a cloud level. */
  alert: string
  notification: string
  /** What else, besides the exclusions that all rules honour, keeps it from firing. */
  honours: { antivirusExclusions: boolean; indicatorFiles: boolean; indicatorCertificates: boolean }
}

export const ruleNotes: Readonly<Record<string, RuleNotes>> = {
  '01443614-CD74-433A-B99E-2ECDC07BFC25': {
    does: 'Stops executable files from running if Microsoft has seen them on few machines or for a short time and they are on no trusted list. New builds of own software match it; exclude the folders that they are built in.',
    needs: 'Microsoft Defender Antivirus, cloud protection',
    alert: 'never',
    notification: 'always',
    honours: { antivirusExclusions: true, indicatorFiles: true, indicatorCertificates: true },
  },
  '26190899-1602-49E8-8B27-EB1D0A1CE869': {
    does: 'Stops Outlook from starting other processes, for example by forms, rules or exploits in a message.',
    needs: 'Microsoft Defender Antivirus, Office installed under Program Files',
    alert: 'never',
    notification: 'always',
    honours: { antivirusExclusions: false, indicatorFiles: true, indicatorCertificates: true },
  },
  '33DDEDF1-C6E0-47CB-833E-DE6133960387': {
    does: 'Stops commands that restart Windows in safe mode, in which most security software does not run. A manual restart in safe mode by the recovery environment still works.',
    needs: 'Microsoft Defender Antivirus',
    alert: 'never',
    notification: 'never',
    honours: { antivirusExclusions: true, indicatorFiles: true, indicatorCertificates: true },
  },
  '3B576869-A4EC-4529-8536-B80A7769E899': {
    does: 'Stops Office applications from writing executable files to disk, which malicious macros do to stay on the machine.',
    needs: 'Microsoft Defender Antivirus, RPC',
    alert: 'never',
    notification: 'always',
    honours: { antivirusExclusions: false, indicatorFiles: true, indicatorCertificates: true },
  },
  '56A863A9-875E-4185-98A7-B882C64B5CE5': {
    does: 'Stops an application from writing a signed driver with a known vulnerability to disk. Attackers bring such drivers to run code in the kernel and to stop security software. A driver that is on the disk already still loads.',
    needs: 'nothing else',
    alert: 'never',
    notification: 'always',
    honours: { antivirusExclusions: true, indicatorFiles: true, indicatorCertificates: true },
  },
  '5BEB7EFE-FD9A-4556-801D-275E5FFC04CC': {
    does: 'Stops scripts, such as PowerShell, JavaScript, VBScript and macros, whose text looks as if it was made unreadable on purpose.',
    needs: 'Microsoft Defender Antivirus, AMSI, cloud protection',
    alert: 'always',
    notification: 'always',
    honours: { antivirusExclusions: true, indicatorFiles: true, indicatorCertificates: true },
  },
  '75668C1F-73B5-4CF0-BB93-3ECF5CB7CC84': {
    does: 'Stops Office applications from writing code into other processes to hide in them. Some add-ins and security tools do this as well.',
    needs: 'Microsoft Defender Antivirus, Office installed under Program Files',
    alert: 'never',
    notification: 'always',
    honours: { antivirusExclusions: false, indicatorFiles: false, indicatorCertificates: false },
  },
  '7674BA52-37EB-4A4F-A9A1-F0F9A1619A2C': {
    does: 'Stops Adobe Reader from starting other processes, as an exploit in a PDF or its user would.',
    needs: 'Microsoft Defender Antivirus',
    alert: 'at the cloud protection level High plus or Zero tolerance',
    notification: 'at the cloud protection level High or above',
    honours: { antivirusExclusions: false, indicatorFiles: true, indicatorCertificates: true },
  },
  '92E97FA1-2EDF-4476-BDD6-9DD0B4DDDC7B': {
    does: 'Stops macros of Office documents from calling functions of Windows directly, by which they run code that is never written to disk.',
    needs: 'Microsoft Defender Antivirus, AMSI',
    alert: 'always',
    notification: 'never',
    honours: { antivirusExclusions: true, indicatorFiles: true, indicatorCertificates: false },
  },
  '9E6C4E1F-7D60-472F-BA1A-A39EF669E4B2': {
    does: 'Stops processes from reading the memory of lsass.exe, which holds credentials of signed-in users. Many legitimate programs ask for more access than they need and cause events that can be ignored. The rule is redundant if LSA protection is on.',
    needs: 'Microsoft Defender Antivirus',
    alert: 'never',
    notification: 'never',
    honours: { antivirusExclusions: false, indicatorFiles: false, indicatorCertificates: false },
  },
  'A8F5898E-1DC8-49A9-9878-85004B8A61E6': {
    does: 'Stops web server processes of Exchange from writing scripts that give an attacker control of the server.',
    needs: 'Microsoft Defender Antivirus',
    alert: 'never',
    notification: 'never',
    honours: { antivirusExclusions: true, indicatorFiles: true, indicatorCertificates: true },
  },
  'B2B3F03D-6A65-4F7B-A9C7-1C7EF74A9BA4': {
    does: 'Stops untrusted and unsigned executable files and scripts from running from removable drives, such as USB sticks and SD cards.',
    needs: 'Microsoft Defender Antivirus',
    alert: 'always',
    notification: 'always',
    honours: { antivirusExclusions: true, indicatorFiles: true, indicatorCertificates: true },
  },
  'BE9BA2D9-53EA-4CDC-84E5-9B1EEEE46550': {
    does: 'Stops programs and scripts that were opened in, or saved from, Outlook or webmail from running.',
    needs: 'Microsoft Defender Antivirus',
    alert: 'at the cloud protection level High plus or Zero tolerance',
    notification: 'at the cloud protection level High or above',
    honours: { antivirusExclusions: true, indicatorFiles: true, indicatorCertificates: true },
  },
  'C0033C00-D16D-4114-A5A0-DC9B3A7D2CEB': {
    does: 'Stops copies of Windows system tools, and programs that pretend to be one, from running. Attackers copy such tools to get around rules that name their path.',
    needs: 'Microsoft Defender Antivirus',
    alert: 'never',
    notification: 'always',
    honours: { antivirusExclusions: true, indicatorFiles: true, indicatorCertificates: true },
  },
  'C1DB55AB-C21A-4637-BB3F-A12568109D35': {
    does: 'Stops programs that behave like ransomware and that Microsoft does not know to be harmless. It errs on the side of caution: archivers and encryption tools match it.',
    needs: 'Microsoft Defender Antivirus, cloud protection',
    alert: 'always',
    notification: 'always',
    honours: { antivirusExclusions: true, indicatorFiles: true, indicatorCertificates: true },
  },
  'D1E49AAC-8F56-4280-B9BA-993A6D77406C': {
    does: 'Stops processes that are started by PsExec or WMI, which attackers use to move to other machines. Configuration Manager works by WMI: do not block on machines that it manages without an audit.',
    needs: 'Microsoft Defender Antivirus',
    alert: 'never',
    notification: 'always',
    honours: { antivirusExclusions: false, indicatorFiles: true, indicatorCertificates: true },
  },
  'D3E037E1-3EB8-44C8-A917-57927947596D': {
    does: 'Stops JavaScript and VBScript from starting programs that were downloaded from the internet. Few line-of-business applications use such scripts.',
    needs: 'Microsoft Defender Antivirus, AMSI',
    alert: 'at the cloud protection level High plus or Zero tolerance',
    notification: 'at the cloud protection level High or above',
    honours: { antivirusExclusions: true, indicatorFiles: true, indicatorCertificates: true },
  },
  'D4F940AB-401B-4EFC-AADC-AD5F3C50688A': {
    does: 'Stops Word, Excel, PowerPoint, OneNote and Access from starting other processes, as macros and exploits do to run PowerShell or cmd.exe. Some line-of-business documents do the same.',
    needs: 'Microsoft Defender Antivirus, Office installed under Program Files',
    alert: 'never',
    notification: 'always',
    honours: { antivirusExclusions: true, indicatorFiles: true, indicatorCertificates: true },
  },
  'E6DB77E5-3DF2-4CF1-B95A-636979351E5B': {
    does: 'Stops malware from starting again by WMI event subscriptions, which run code without a file. Management software such as Configuration Manager uses them as well.',
    needs: 'Microsoft Defender Antivirus, RPC',
    alert: 'always',
    notification: 'always',
    honours: { antivirusExclusions: false, indicatorFiles: false, indicatorCertificates: false },
  },
}
