import { both, type FormRule } from './rule.ts'

const url = /(?:https?|ftp|wss?):\/\/[^\s"'<>|]{1,8000}/g

/** Numbers that are chosen for one run or one request. */
export const numberRules: readonly FormRule[] = [
  {
    name: 'Numbers in addresses',
    covers:
      'parts of a path and values of a query that are a number of three digits or more; scheme, host and port stay',
    kinds: both,
    needs: ['://'],
    apply: (text) => text.replace(url, (found) => found.replace(/(?<=[^/:]\/|=)\d{3,}(?=[/?&#]|$)/g, '<number>')),
    examples: [
      ['https://cdn.example/4821?a=1&b=2', 'https://cdn.example/<number>?a=1&b=2'],
      [
        '"C:\\a.exe" https://wiki.example/page?id=4821&from=word',
        '"c:\\a.exe" https://wiki.example/page?id=<number>&from=word',
      ],
    ],
    apart: [
      ['https://cdn.example/4821', 'https://cdn2.example/4821'],
      ['https://cdn.example/a', 'https://cdn.example/b'],
      ['http://cdn.example/4821', 'https://cdn.example/4821'],
      ['https://cdn.example:4444', 'https://cdn.example:8443'],
      ['https://cdn.example/v12', 'https://cdn.example/v13'],
      ['https://2130706433', 'https://3405803833'],
    ],
  },
  {
    name: 'Process ids',
    covers: 'the number after an option `pid` or `processid`, after MiniDump, and in the options of WerFault',
    kinds: ['command'],
    needs: ['pid', 'process', 'minidump', 'werfault'],
    apply: (text) => {
      const named = text
        .replace(/(?<=[-/](?:parent-?|p)?(?:pid|process-?id)[ :=]{1,3})\d{1,10}(?!\w)/g, '<pid>')
        .replace(/(?<=\bminidump[ ,]{1,3})\d{1,10}(?!\w)/g, '<pid>')
      return named.includes('werfault') ? named.replace(/(?<=\s-(?:p|ip|s) )\d{1,10}(?!\w)/g, '<pid>') : named
    },
    examples: [
      ['taskkill /F /PID 4312', 'taskkill /f /pid <pid>'],
      ['a.exe --parent-pid=4312', 'a.exe --parent-pid=<pid>'],
      [
        'rundll32.exe comsvcs.dll, MiniDump 704 C:\\a.bin full',
        'rundll32.exe comsvcs.dll, minidump <pid> c:\\a.bin full',
      ],
      [
        'C:\\Windows\\system32\\WerFault.exe -u -p 4312 -s 760',
        'c:\\windows\\system32\\werfault.exe -u -p <pid> -s <pid>',
      ],
    ],
    apart: [
      ['nc.exe -p 4312', 'nc.exe -p 4313'],
      ['splwow64.exe 8192', 'splwow64.exe 12288'],
      ['procdump.exe -ma 704', 'procdump.exe -ma lsass.exe'],
    ],
  },
  {
    name: 'Ports',
    covers:
      'ports of this machine (`localhost`, `127.0.0.1`, `[::1]`) and the number after an option such as `--port` or `--debugging-port`; ports of other machines stay',
    kinds: ['command'],
    needs: ['localhost:', '127.0.0.1:', '[::1]:', 'port'],
    apply: (text) =>
      text
        .replace(/(?<=(?:localhost|127\.0\.0\.1|\[::1\]):)\d{1,5}(?!\w)/g, '<port>')
        .replace(/(?<=[-/](?:[a-z]{1,20}-){0,4}port[ :=]{1,3})\d{1,5}(?!\w)/g, '<port>'),
    examples: [
      ['a.exe --urls=http://localhost:5123', 'a.exe --urls=http://localhost:<port>'],
      ['a.exe --debugging-port 9222', 'a.exe --debugging-port <port>'],
    ],
    apart: [
      ['nc.exe 203.0.113.57:4444', 'nc.exe 203.0.113.57:443'],
      ['ssh.exe -R 4444:10.0.0.5:3389', 'ssh.exe -R 4444:10.0.0.5:22'],
      ['a.exe /export 4312', 'a.exe /export 4313'],
    ],
  },
]
