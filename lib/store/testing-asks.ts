const office = 'D4F940AB-401B-4EFC-AADC-AD5F3C50688A'

/** Filters of each field, with every sign that a filter can have, and several together. */
const filters = [
  '',
  ...[
    'dest=WS-*',
    'dest=odd',
    'dest=!ODD&dest=!alt',
    'dest=*1*&dest=!*0*',
    'dest=%3DODD',
    'dest=nobody',
    'dest=nul%00HOST',
  ],
  ...[`ID=${office}`, `ID=${office.toLowerCase().slice(0, 8)}*`, 'ID=NULL', 'ID=!NULL', 'ID=*AAAA*', `ID=!${office}`],
  ...['EventCode=1121', 'EventCode=112*', 'EventCode=!5007', 'EventCode=9'],
  ...['feature=asr', 'feature=!Config*', 'feature=network&feature=policy'],
  ...['Path=NULL', 'Path=!NULL', 'Path=%3DNULL', 'Path=a*b', 'Path=%3Da*b', 'Path=a%25b', 'Path=a_b', 'Path=a%5Cb'],
  ...[
    'Path=!%3Da*b',
    'Path=%3D!a',
    'Path=%3D%3Da',
    'Path=%20blank%20',
    "Path=o'clock",
    'Path=%22quoted%22',
    'Path=[a]b',
  ],
  ...['Path=*', 'Path=!*', 'Path=*b*x*', 'Path=C:%5Ca%00B.exe', 'Path=c:%5Ca%00b.EXE', 'Path=%00', 'Path=!%00'],
  ...['Path=C:%5Ca', 'Path=C:*', 'Path=*.exe', 'Path=*%5Ca'],
  ...[
    'Path=%C3%84RGER.EXE',
    'Path=%C3%A4rger.exe',
    'Path=%C3%84*',
    'Path=strasse',
    'Path=STRASSE',
    'Path=%F0%9F%98%80*',
  ],
  ...['Process_Name=*old*', 'Process_Name=NULL', 'Parent_Commandline=winword*', 'Target_Commandline=!NULL'],
  ...['User=A*', 'User=NULL', 'User=A*&Path=*b', 'Path=*b&Target_Commandline=a*'],
  ...['q=winword', 'q=b.exe', 'q=%00', 'q=a%00B', 'q=office', 'q=Webshell', 'q=a*b', 'q=%25', 'q=1122', 'q=network'],
  ...['q=Exclusions', 'q=%C3%A4rger', 'q=exe&dest=ODD&EventCode=1121', `q=Rules&ID=${office}`, 'q=Outlook%20%E2%86%92'],
  ...['q=credential&dest=odd&feature=configuration'],
]

/** Ranges: open, closed, cut within hours, within one hour, before 1970, empty, and relative. */
const ranges = [
  ...[
    'from=1970-01-01T00:00:00Z',
    'to=1969-12-31T23:59:59.999Z',
    'from=1969-12-30T22:30:00Z&to=1970-01-01T00:00:00.998Z',
  ],
  ...['from=1969-12-31T23:59:59Z&to=1969-12-31T23:59:59.001Z', 'from=2026-03-02T08:00:00Z&to=2026-03-02T08:59:59.999Z'],
  ...['from=2026-03-02T08:10:00Z&to=2026-03-02T08:20:00Z', 'from=2026-03-02T08:30:00Z&to=2026-03-05T01:15:30.500Z'],
  ...[
    'last=24h&anchor=newest',
    'last=7d&anchor=newest',
    'last=90m&anchor=newest',
    'from=2100-01-01&to=2100-01-02',
    'last=9d',
  ],
]

const modes = ['', '&mode=faithful']

/** Every filter in all time and in one of the ranges; every range with some filters; and both modes. */
export const asks: readonly string[] = [
  ...filters.flatMap((filter, index) => [filter, `${filter}&${ranges[index % ranges.length]}`]),
  ...ranges.flatMap((range) => [range, `dest=!ODD&${range}`, `ID=!NULL&q=e&${range}`]),
].map((query, index) => query + modes[index % 3 === 0 ? 1 : 0])

/** Questions in which each order is tried: they are answered from different places. */
export const ordered: readonly string[] = ['q=exe', '', 'last=200d&anchor=newest']
