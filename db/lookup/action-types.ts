/**
 * The rule behind each `Asr…` ActionType of advanced hunting, by the ActionType without its ending (`Audited`, `Blocked`,
 * `WarnBypassed`). Code, since a browser uses it too.
 *
 * Source: learn.microsoft.com, Attack surface reduction rules reference, page dated 2026-09-09.
 */
export const ruleByAction: Readonly<Record<string, string>> = {
  AsrAbusedSystemTool: 'C0033C00-D16D-4114-A5A0-DC9B3A7D2CEB',
  AsrAdobeReaderChildProcess: '7674BA52-37EB-4A4F-A9A1-F0F9A1619A2C',
  AsrExecutableEmailContent: 'BE9BA2D9-53EA-4CDC-84E5-9B1EEEE46550',
  AsrExecutableOfficeContent: '3B576869-A4EC-4529-8536-B80A7769E899',
  AsrLsassCredentialTheft: '9E6C4E1F-7D60-472F-BA1A-A39EF669E4B2',
  AsrObfuscatedScript: '5BEB7EFE-FD9A-4556-801D-275E5FFC04CC',
  AsrOfficeChildProcess: 'D4F940AB-401B-4EFC-AADC-AD5F3C50688A',
  AsrOfficeCommAppChildProcess: '26190899-1602-49E8-8B27-EB1D0A1CE869',
  AsrOfficeMacroWin32ApiCalls: '92E97FA1-2EDF-4476-BDD6-9DD0B4DDDC7B',
  AsrOfficeProcessInjection: '75668C1F-73B5-4CF0-BB93-3ECF5CB7CC84',
  AsrPersistenceThroughWmi: 'E6DB77E5-3DF2-4CF1-B95A-636979351E5B',
  AsrPsexecWmiChildProcess: 'D1E49AAC-8F56-4280-B9BA-993A6D77406C',
  AsrRansomware: 'C1DB55AB-C21A-4637-BB3F-A12568109D35',
  AsrSafeModeReboot: '33DDEDF1-C6E0-47CB-833E-DE6133960387',
  AsrSafeModeRebooted: '33DDEDF1-C6E0-47CB-833E-DE6133960387',
  AsrScriptExecutableDownload: 'D3E037E1-3EB8-44C8-A917-57927947596D',
  AsrUntrustedExecutable: '01443614-CD74-433A-B99E-2ECDC07BFC25',
  AsrUntrustedUsbProcess: 'B2B3F03D-6A65-4F7B-A9C7-1C7EF74A9BA4',
  AsrVulnerableSignedDriver: '56A863A9-875E-4185-98A7-B882C64B5CE5',
}
