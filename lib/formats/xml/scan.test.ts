import assert from 'node:assert/strict'
import { test } from 'node:test'
import { templates } from '#lib/asr/templates.ts'
import type { Span } from '#lib/formats/span.ts'
import { corpusFiles, dice, noCorpus, xmlEvent } from '#lib/formats/testing.ts'
import { openReadSpan, readSpan } from '#lib/formats/xml/record.ts'
import { compareScan } from '#lib/formats/xml/testing.ts'

/** Checks that both return the same, or that the scanner leaves the record to the parser; says whether it did read it. */
function agree(text: string): boolean {
  const compared = compareScan(text)
  assert.notEqual(compared, 'different', text)
  return compared === 'same'
}

const values = [
  '',
  'C:\\a b\\c.exe',
  '"x" /y ',
  '(unknown user)',
  '&lt;&amp;&#13;&#10;',
  'é 𝄞',
  ' ',
  '0x0',
  '\0\u0001',
  'a>b',
  'a\nb',
  ']]>',
]
const data = (code: number) =>
  (templates[code] ?? []).map((name, i) => `<Data Name='${name}'>${values[(code + i) % values.length]}</Data>`).join('')
const samples = Object.keys(templates).map((code) => xmlEvent(Number(code), data(Number(code))))

const rendering =
  "<RenderingInfo Culture='en-US'><Message>It\r\n \tID: &lt;x</Message><Level>Warning</Level><Task/><Opcode>Info</Opcode>" +
  '<Channel>Operational</Channel><Provider></Provider><Keywords><Keyword>A</Keyword><Keyword></Keyword></Keywords></RenderingInfo></Event>'
samples.push(samples[0]?.replace('</Event>', rendering) as string)
samples.push(
  samples[0]?.replace('</Event>', rendering.replace(/<Keywords.*Keywords>/, '<Keywords></Keywords>')) as string,
)

/** The elements of System that some exporters omit. */
const optional = [/<EventRecordID>.*?<\/EventRecordID>/, /<Correlation[^>]*>/, /<Execution[^>]*>/, /<Security[^>]*>/]
for (const element of optional) samples.push(samples[0]?.replace(element, '') as string)
samples.push(optional.reduce((text, element) => text.replace(element, ''), samples[1] as string))

test('the samples lack each optional element once', () => {
  for (const element of optional) assert.ok(samples.filter((sample) => !element.test(sample)).length >= 2)
})

test('the scanner reads what Windows renders, just as the parser does', () => {
  for (const sample of samples) {
    assert.ok(agree(sample))
    assert.ok(agree(sample.replaceAll("'", '`').replaceAll('"', "'").replaceAll('`', '"')))
    assert.ok(agree(sample.replaceAll("<Data Name='User'>", "<Data Name='Other'/><Data Name='User'>")))
    assert.ok(agree(sample.replaceAll('\n', '\r\n')))
  }
})

test('the scanner and the parser agree on every real event', { skip: corpusFiles('xml') ? false : noCorpus }, () => {
  const scanned = (corpusFiles('xml') ?? []).map(({ name, bytes }) => {
    const events = bytes.toString().match(/<Event[ >][\s\S]*?<\/Event>/g) ?? []
    return [name, events.filter(agree).length] as const
  })
  assert.equal(Object.fromEntries(scanned)['defender_1121_1122_5007.xmlwineventlog.log'], 3)
})

test('the scanner and the parser agree on whatever mutation makes of an event', () => {
  const roll = dice(5)
  const marks = [
    '<',
    '>',
    '/',
    "'",
    '"',
    '&',
    '&amp;',
    '&#1;',
    '&#x110000;',
    '&bad;',
    '&#xZ;',
    '\0',
    '\r',
    '\r\n',
    '\n',
    '\t',
    ' ',
    'é',
    '<!--',
    '-->',
  ]
  marks.push(
    '<![CDATA[',
    ']]>',
    '<!DOCTYPE a>',
    '<?x?>',
    '<Data>',
    "<Data Name=''>",
    '</Data>',
    '<Data/>',
    '</EventData>',
    '</Event>',
  )
  marks.push(
    ' a="b"',
    " Name='x'",
    ' xmlns="y"',
    'constructor',
    '__proto__',
    '0',
    '1121',
    ' 1121 ',
    '<System>',
    '</System>',
    '=',
  )
  const benign = ['&amp;', '&#1;', '\r', 'é', ' ', '"', '0', '>', '\n']
  let scanned = 0
  for (let round = 0; round < 30_000; round++) {
    let mutant = samples[roll(samples.length)] as string
    const isBenign = roll(2) === 0
    for (let change = roll(3); change >= 0; change--) {
      const at = roll(mutant.length)
      const other = roll(mutant.length)
      if (isBenign) {
        mutant = mutant.slice(0, at) + benign[roll(benign.length)] + mutant.slice(at)
        continue
      }
      const piece = roll(4) ? marks[roll(marks.length)] : mutant.slice(other, other + roll(80))
      mutant = mutant.slice(0, at) + piece + mutant.slice(at + (roll(2) ? 0 : roll(30)))
    }
    if (agree(mutant)) scanned++
  }
  assert.ok(scanned > 3000, `${scanned} mutants were scanned`)
})

test('a record is judged the same whatever came before it', () => {
  const roll = dice(11)
  const readNext = openReadSpan()
  const other = xmlEvent(1150)
  const marks = ['<', '&amp;', '\r', ' ', 'é', '<!--', '0', '5', "'", '</Channel>', '<Channel>Security</Channel>']
  for (let round = 0; round < 5000; round++) {
    let text = roll(4) === 0 ? other : (samples[roll(samples.length)] as string)
    for (let change = roll(3); change > 0; change--) {
      const at = roll(roll(2) ? 900 : text.length)
      text = text.slice(0, at) + marks[roll(marks.length)] + text.slice(at + roll(3))
    }
    const utf8 = Buffer.from(text)
    const span: Span = { kind: 'record', start: 0, end: utf8.length, isClosed: text.endsWith('</Event>') }
    assert.deepEqual(readNext(span, utf8), readSpan(span, utf8), text)
  }
})
