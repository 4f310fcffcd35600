import { isRandom } from './randomness.ts'
import { both, type FormRule } from './rule.ts'

/** A file of `GetTempFileName`: the prefix of a known program, then up to four hexadecimal digits; `~DF` has up to 16. */
const prefixed =
  /(?<![\w~$-])(~df|~wr[a-z]|msi|tcd|ns[a-z]|tmp|wer|cvr|ppt|cab|tar)(?=[a-f]{0,15}\d)[0-9a-f]{1,16}(?=\.tmp)/g
const hexTemp = /(?<![0-9a-z~$_-])(?=[a-f]{0,7}\d)[0-9a-f]{8}(?=\.tmp)/g
/** Temporary files of .NET (`tmp` and six characters) and of Python (`tmp` and eight). */
const alphanumeric = /(?<![\w~$-])tmp([0-9a-z]{6}(?=\.tmp)|[0-9a-z_]{8}(?!\w))/g
const ownerFile = /(?<=[\\/])~\$[^\\/:*?"<>|]{1,255}(?=\.(?:doc|dot|xls|xlt|xla|ppt|pot|pps|rtf|vsd|accd)[a-z]?(?!\w))/g
const cacheFolder = /(?<=\\(?:content\.(?:outlook|word|mso|ie5)|inetcache\\ie|inetcache\\low\\ie)\\)[0-9a-z]{8}(?=\\)/g

/** A rule that replaces what one program chooses at random; `apart` shows names next to it that are not random. */
const chosen = (
  name: string,
  covers: string,
  needs: readonly string[],
  apply: FormRule['apply'],
  examples: FormRule['examples'],
  apart: FormRule['apart'],
): FormRule => ({ name, covers, kinds: both, needs, apply, examples, apart })

/** Names that programs choose at random for what they need only for a while. */
export const tempRules: readonly FormRule[] = [
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
  chosen(
    'Archives opened in place',
    'the folders that 7-Zip, WinRAR and IExpress unpack to',
    ['7z', 'rar$', 'ixp'],
    (text) =>
      text
        .replace(/(?<!\w)(7z[so])[0-9a-f]{8}(?!\w)/g, '$1<temp>')
        .replace(/(?<!\w)(rar\$[a-z]{2,3})\d{1,10}\.\d{1,10}(?!\w)/g, '$1<temp>')
        .replace(/(?<!\w)ixp\d{3}(?=\.tmp)/g, 'ixp<temp>'),
    [
      ['C:\\Temp\\7zS0A1B2C3D\\setup.exe', 'c:\\temp\\7zs<temp>\\setup.exe'],
      ['C:\\Temp\\Rar$EXa7404.38214\\a.exe', 'c:\\temp\\rar$exa<temp>\\a.exe'],
      ['C:\\Temp\\IXP001.TMP\\a.exe', 'c:\\temp\\ixp<temp>.tmp\\a.exe'],
    ],
    [['C:\\Temp\\7zO0A1B2C3D\\a.exe', 'C:\\Temp\\7zS0A1B2C3D\\a.exe']],
  ),
  chosen(
    'Browsers',
    'folders of the cache and of attachments in mail, and downloads that are not complete',
    ['\\content.', '\\inetcache\\', '\\unconfirmed ', 'scoped_dir'],
    (text) =>
      text
        .replace(cacheFolder, '<temp>')
        .replace(/(?<=\\unconfirmed )\d{1,10}(?=\.crdownload)/g, '<temp>')
        .replace(/(?<!\w)scoped_dir\d{1,10}_\d{1,10}(?!\w)/g, 'scoped_dir<temp>'),
    [
      ['C:\\a\\INetCache\\Content.Outlook\\7Q2KX0PD\\a.js', 'c:\\a\\inetcache\\content.outlook\\<temp>\\a.js'],
      ['C:\\a\\Unconfirmed 482913.crdownload', 'c:\\a\\unconfirmed <temp>.crdownload'],
      ['C:\\a\\scoped_dir4312_90125\\a.crx', 'c:\\a\\scoped_dir<temp>\\a.crx'],
    ],
    [
      ['C:\\a\\INetCache\\Content.Outlook\\7Q2KX0PD\\a.js', 'C:\\a\\INetCache\\Content.Outlook\\7Q2KX0PD\\b.js'],
      ['C:\\a\\7Q2KX0PD\\a.js', 'C:\\a\\7Q2KX0PE\\a.js'],
    ],
  ),
  chosen(
    'Recycle bin',
    'the name that a deleted file gets; its ending stays',
    ['$recycle.bin\\'],
    (text) => text.replace(/(?<=\\\$recycle\.bin\\[^\\]{1,200}\\\$[ir])[0-9a-z]{6}(?![0-9a-z])/g, '<temp>'),
    [['C:\\$Recycle.Bin\\S-1-5-21-1-2-3-1104\\$RABC123.exe', 'c:\\$recycle.bin\\<sid>\\$r<temp>.exe']],
    [
      ['C:\\$Recycle.Bin\\S-1-5-18\\$RABC123.exe', 'C:\\$Recycle.Bin\\S-1-5-18\\enc.exe'],
      ['C:\\$Recycle.Bin\\S-1-5-18\\$RABC123.exe', 'C:\\$Recycle.Bin\\S-1-5-18\\$RABC123.dll'],
    ],
  ),
  chosen(
    'Sessions',
    'the number of a session, which Remote Desktop adds to the temporary folder of a user',
    ['\\local\\temp\\'],
    (text) => text.replace(/(?<=\\local\\temp\\)\d{1,2}(?=\\)/g, '<n>'),
    [['C:\\Users\\anna\\AppData\\Local\\Temp\\2\\a.exe', 'c:\\users\\<user>\\appdata\\local\\temp\\<n>\\a.exe']],
    [['C:\\a\\Local\\Temp\\2\\a.exe', 'C:\\a\\Local\\Temp\\a.exe']],
  ),
]
