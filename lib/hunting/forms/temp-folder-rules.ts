import { chosen, type FormRule } from './rule.ts'

const cacheFolder = /(?<=\\(?:content\.(?:outlook|word|mso|ie5)|inetcache\\ie|inetcache\\low\\ie)\\)[0-9a-z]{8}(?=\\)/g

/** Names that archivers, browsers and Windows choose for what they keep for a while. */
export const tempFolderRules: readonly FormRule[] = [
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
