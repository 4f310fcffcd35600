import { isRandom } from './randomness.ts'
import { chosen, type FormRule } from './rule.ts'

/** A file of `GetTempFileName`: the prefix of a known program, then up to four hexadecimal digits; `~DF` has up to 16. */
const prefixed =
  /(?<![\w~$-])(~df|~wr[a-z]|msi|tcd|ns[a-z]|tmp|wer|cvr|ppt|cab|tar)(?=[a-f]{0,15}\d)[0-9a-f]{1,16}(?=\.tmp)/g
const hexTemp = /(?<![0-9a-z~$_-])(?=[a-f]{0,7}\d)[0-9a-f]{8}(?=\.tmp)/g
/** Temporary files of .NET (`tmp` and six characters) and of Python (`tmp` and eight). */
const alphanumeric = /(?<![\w~$-])tmp([0-9a-z]{6}(?=\.tmp)|[0-9a-z_]{8}(?!\w))/g
const ownerFile = /(?<=[\\/])~\$[^\\/:*?"<>|]{1,255}(?=\.(?:doc|dot|xls|xlt|xla|ppt|pot|pps|rtf|vsd|accd)[a-z]?(?!\w))/g

/** Names that programs choose at random for files and folders that they need only for a while. */
export const tempFileRules: readonly FormRule[] = [
  chosen(
    'PowerShell policy test',
    'the script that PowerShell writes to find out whether a policy applies',
    ['__psscriptpolicytest_'],
    (text) => text.replace(/(?<=__psscriptpolicytest_)[0-9a-z]{8}\.[0-9a-z]{3}(?=\.psm?1)/g, '<temp>'),
    [
      [
        'C:\\Windows\\Temp\\__PSScriptPolicyTest_ab1cd2ef.x0z.ps1',
        'c:\\windows\\temp\\__psscriptpolicytest_<temp>.ps1',
      ],
    ],
    [
      ['C:\\a\\__PSScriptPolicyTest_ab1cd2ef.x0z.ps1', 'C:\\a\\__PSScriptPolicyTest_payload.ps1'],
      ['C:\\a\\__PSScriptPolicyTest_ab1cd2ef.x0z.ps1', 'C:\\a\\__PSScriptPolicyTest_ab1cd2ef.x0z.exe'],
    ],
  ),
  chosen(
    'PyInstaller',
    'the folder that a packed Python program unpacks itself to',
    ['_mei'],
    (text) => text.replace(/(?<!\w)_mei\d{2,12}(?!\w)/g, '_mei<temp>'),
    [['C:\\Temp\\_MEI123402\\a.dll', 'c:\\temp\\_mei<temp>\\a.dll']],
    [['C:\\Temp\\_MEIer\\a.dll', 'C:\\Temp\\_MEI12\\a.dll']],
  ),
  chosen(
    'Inno Setup',
    'the folder of an installer, and the handle of its window in `/SL5=`',
    ['is-', '/sl'],
    (text) =>
      text
        .replace(/(?<![\w-])is-(?=[a-z]{0,9}\d)[0-9a-z]{5,10}(?=\.tmp)/g, 'is-<temp>')
        .replace(/(\/sl[45]="?\$)[0-9a-f]{1,16}(?=,)/g, '$1<hex>'),
    [
      ['C:\\Temp\\is-3K9QF.tmp\\rufus.tmp', 'c:\\temp\\is-<temp>.tmp\\rufus.tmp'],
      ['a.tmp /SL5="$5A0C32,12345,1,C:\\a.exe"', 'a.tmp /sl5="$<hex>,12345,1,c:\\a.exe"'],
    ],
    [
      ['C:\\Temp\\is-setup.tmp\\a.tmp', 'C:\\Temp\\is-other.tmp\\a.tmp'],
      ['a.tmp /SL5="$5A0C32,12345,1,C:\\a.exe"', 'a.tmp /SL5="$5A0C32,12399,1,C:\\a.exe"'],
    ],
  ),
  chosen(
    'Temporary files with a known prefix',
    '`~DF…`, `~WRx…`, `MSI…`, `TCD…`, `nsx…`, `tmp…`, `WER…`, `CVR…`, `PPT…`, `Cab…`, `Tar…` and hexadecimal digits before `.tmp`',
    ['.tmp'],
    (text) => text.replace(prefixed, '$1<temp>').replace(hexTemp, '<temp>'),
    [
      ['C:\\Temp\\~DF3A01C2B4D5E6F7.TMP', 'c:\\temp\\~df<temp>.tmp'],
      ['C:\\Windows\\Installer\\MSI4F2A.tmp', 'c:\\windows\\installer\\msi<temp>.tmp'],
      ['C:\\Temp\\TCD1B.tmp\\a.glox', 'c:\\temp\\tcd<temp>.tmp\\a.glox'],
      ['C:\\Temp\\nsx81F0.tmp\\System.dll', 'c:\\temp\\nsx<temp>.tmp\\system.dll'],
      ['C:\\Temp\\tmpA1B2.tmp', 'c:\\temp\\tmp<temp>.tmp'],
      ['C:\\Temp\\12345678.tmp', 'c:\\temp\\<temp>.tmp'],
    ],
    [
      ['C:\\Temp\\nsx81F0.tmp\\System.dll', 'C:\\Temp\\nsa81F0.tmp\\System.dll'],
      ['C:\\Temp\\nsface.tmp', 'C:\\Temp\\nsdead.tmp'],
      ['C:\\Temp\\msi4F2A.exe', 'C:\\Temp\\msi4F2B.exe'],
      ['C:\\Temp\\decade.tmp', 'C:\\Temp\\facade.tmp'],
    ],
  ),
  chosen(
    'Temporary files of .NET and Python',
    '`tmp` and six or eight letters and digits that look random',
    ['tmp'],
    (text) => text.replace(alphanumeric, (found, name: string) => (isRandom(name) ? 'tmp<temp>' : found)),
    [
      ['C:\\Temp\\tmp3k9q0a.tmp', 'c:\\temp\\tmp<temp>.tmp'],
      ['C:\\Temp\\tmpx3_k9q0a\\a.py', 'c:\\temp\\tmp<temp>\\a.py'],
    ],
    [
      ['C:\\Temp\\tmpfile01.tmp', 'C:\\Temp\\tmpfile02.tmp'],
      ['C:\\Temp\\tmpreports.exe', 'C:\\Temp\\tmpbackups.exe'],
    ],
  ),
  chosen(
    'Office owner files',
    '`~$name.docx`, which Office writes next to each document that is open',
    ['~$'],
    (text) => text.replace(ownerFile, '~$<temp>'),
    [['C:\\Reports\\~$voice 7.docx', 'c:\\reports\\~$<temp>.docx']],
    [
      ['C:\\Reports\\~$voice.docx', 'C:\\Reports\\Invoice.docx'],
      ['C:\\Reports\\~$voice.exe', 'C:\\Reports\\~$other.exe'],
      ['C:\\Reports\\~$voice.docx', 'C:\\Reports\\~$voice.docm'],
    ],
  ),
]
