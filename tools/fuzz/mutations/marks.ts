import type { Subject } from '../subjects.ts'

const json = [
  '{',
  '}',
  '[',
  ']',
  '"',
  '\\',
  ',',
  ':',
  '\n',
  '\n{',
  '{"Event":',
  '"results":[',
  '\0',
  '\n    {\n',
  '\\u',
]
const csv = ['"', ',', '\n', '\r\n', '""', ';', '\t', '\n"', '",', ',"', '\0', '#TYPE x\n', '\r']
const entities = ['&', '&lt;', '&amp;lt;', '&#0;', '&#x110000;', '&#xD800;', '&bad;', '&#9999999999;', '&#', '&#x']
const markup = ['<', '>', '</', '/>', '<!--', '-->', '<![CDATA[', ']]>', '<?x?>', "'", '"', '=', '\0', ...entities]
const doctype = '<!DOCTYPE a [<!ENTITY b "&b;&b;">]>'
const xml = [
  '<Event ',
  '<Event>',
  '</Event>',
  '<System>',
  '<EventData>',
  "<Data Name='ID'>",
  '</Data>',
  '<Data/>',
  doctype,
]
const clixml = [
  '<Obj>',
  '<Obj RefId="0">\n',
  '</Obj>',
  '<Objs',
  '<LST>',
  '<Props>',
  '<MS>',
  '_x000D_',
  '_xD800_',
  '\n  ',
]
const wevtutil = [
  '\nEvent[0]:\n',
  '\nEvent[0]\n',
  '  Log Name: ',
  '  Description:\n',
  '  ',
  ': ',
  '\n',
  '\r',
  '[',
  ']',
  '\t',
  '\0',
]
const multiline = [
  '\n11/20/2023 04:29:48 PM\n',
  'LogName=',
  'EventCode=',
  'Message=',
  '=',
  '\n',
  '\r',
  '\r\r\n',
  ': ',
  '\t',
]

/** The words and signs that structure a text format: what is lost, doubled or put where it does not belong. */
export function marksOf(subject: Subject): string[] {
  if (subject.endsWith('-json')) return json
  if (subject.endsWith('-csv')) return csv
  if (subject === 'xml') return [...xml, ...markup]
  if (subject === 'get-winevent-clixml') return [...clixml, ...markup]
  return subject === 'wevtutil-text' ? wevtutil : multiline
}
