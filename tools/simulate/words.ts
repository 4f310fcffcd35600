/** The fleet: one company with an Active Directory domain (RFC 2606 name). */
export const domain = 'CORP'
export const dnsSuffixes = ['corp.example.com', 'corp.example.com', 'emea.corp.example.com']

export const departments = ['FIN', 'HR', 'SAL', 'MKT', 'LOG', 'RND', 'LEG', 'IT', 'SUP', 'PRD']

/** Account names as they are in user folders; some with characters that exports and parsers stumble over. */
export const givenNames = [
  'anna ben carla david elena frank grace hugo ines jonas karin lukas maria nils olga paul',
  'rosa sven tina umut vera wendy xaver yara zoë jürgen søren łukasz josé 娜',
].flatMap((line) => line.split(' '))
export const surnames = [
  "meyer schmidt rossi novak dubois jansen kowalski silva andersson o'brien garcia müller",
  'keller hansen petrov yilmaz nguyen okafor tanaka smith brown wilson moreau weiß svensson 李',
].flatMap((line) => line.split(' '))

/** What each placeholder of this name may become; see `placeholders` in text.ts. */
export const wordLists: Record<string, readonly string[]> = {
  document: [
    'Invoice_2026-11',
    'Q4 forecast',
    'Budget FINAL (3)',
    'Reisekosten März',
    'Minutes & actions',
    'Contract_draft_v7',
    'Årsrapport',
    'stock list',
    'Offer 100% off',
    "Anna's notes",
  ],
  tool: [
    'rufus',
    'putty',
    'winscp',
    'notepad++',
    'crystaldiskinfo',
    'wiresharkportable',
    'imgburn',
    'everything',
    'treesize',
    'sharex',
    'keepass',
    'audacity',
    'gimp',
    'greenshot',
    'teraterm',
    'paint.net',
  ],
  application: [
    'Word',
    'Excel',
    'PowerPoint',
    'Outlook',
    'OneNote',
    'Google Chrome',
    'Microsoft Edge',
    'Firefox',
    'Adobe Acrobat',
    'Zoom',
    '7-Zip File Manager',
    'Notepad++',
    'Visual Studio Code',
    'SAP Logon',
  ],
  website: [
    'download.freetools.example',
    'cdn.trackers.example',
    'login-microsft.example',
    'update-check.example',
    'games.example',
    'pastes.example',
    'dyn-host-7.example',
    '203.0.113.57',
    '198.51.100.23',
  ],
  browser: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
    'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
  ],
  updater: [
    'C:\\Program Files (x86)\\Google\\Update\\GoogleUpdate.exe',
    'C:\\Program Files (x86)\\Microsoft\\EdgeUpdate\\MicrosoftEdgeUpdate.exe',
    'C:\\Program Files (x86)\\Dropbox\\Update\\DropboxUpdate.exe',
    'C:\\Program Files\\Lenovo\\System Update\\tvsukernel.exe',
    'C:\\Program Files (x86)\\Dell\\UpdateService\\ServiceShell.exe',
    'C:\\Windows\\System32\\msiexec.exe',
  ],
}
