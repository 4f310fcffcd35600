import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import { XMLParser } from 'fast-xml-parser'
import { chunkSize, newChunk, renewChunk } from './chunk.ts'
import { fileHeaderSize } from './file.ts'
import { freeSpaceOf, walkRecords } from './records.ts'
import { corpus } from './testing.ts'
import { recordXml } from './xml.ts'

/** A decoder of another hand, in Python, next to the corpus. */
const decoder = join(corpus, '../tools/evtxpure.py')

const parser = new XMLParser({
  ignoreAttributes: false,
  preserveOrder: true,
  trimValues: false,
  parseTagValue: false,
  parseAttributeValue: false,
})

type Node = { [name: string]: Node[] | string } & { ':@'?: Record<string, string> }

/**
 * A value as both spell it. Only the decoder shows the NULs that end a text, pads hex numbers and seconds, and writes an
 * array as one text; Windows writes an element for each.
 */
function plain(value: string): string {
  const text = value
    .replaceAll('\\x00', '')
    .replace(/&#13;|[\r\n]/g, ' ')
    .replace(/(?<=T\d\d:\d\d:\d\d)\.0+Z$/, 'Z')
  return /^0x[0-9a-f]+$/i.test(text) ? text.toLowerCase().replace(/^0x0+(?=.)/, '0x') : text
}

/** The fields of an event by their path; those of one path as one list, without the empty ones. */
function fieldsOf(xml: string): Map<string, string> {
  const fields = new Map<string, string[]>()
  const add = (path: string, value: string) => fields.set(path, [...(fields.get(path) ?? []), plain(value)])
  const walk = (nodes: Node[], path: string): void => {
    for (const { ':@': attributes = {}, ...node } of nodes) {
      const [[name, content] = ['', '']] = Object.entries(node)
      if (typeof content === 'string') {
        add(path, content)
        continue
      }
      const of = plain(attributes['@_Name'] ?? '')
      for (const [attribute, value] of Object.entries(attributes))
        if (attribute !== '@_xmlns') add(`${path}/${name}${attribute}`, value)
      walk(content, `${path}/${name}[${of}]`)
    }
  }
  walk(parser.parse(xml), '')
  const lists = [...fields].map(([path, values]): [string, string] => [path, listOf(values)])
  return new Map(lists.filter(([, list]) => list !== ''))
}

const listOf = (values: string[]): string =>
  values
    .join(', ')
    .split(', ')
    .filter((value) => value.trim() !== '')
    .join(', ')

const identityOf = (xml: string): string =>
  `${/<EventRecordID>(\d+)</.exec(xml)?.[1]} ${/SystemTime=["']([^"']*)/.exec(xml)?.[1]}`

function* ourRecords(file: Buffer): Generator<string> {
  const chunk = newChunk()
  for (let at = fileHeaderSize; at < file.length; at += chunkSize) {
    const bytes = file.subarray(at, at + chunkSize)
    if (bytes.toString('latin1', 0, 7) !== 'ElfChnk') continue
    chunk.bytes.set(bytes)
    renewChunk(chunk, bytes.length)
    const found: string[] = []
    walkRecords(chunk, freeSpaceOf(chunk), (kind, start, end) => {
      const xml = kind === 'record' ? recordXml(chunk, start, end).xml : null
      if (xml !== null) found.push(xml)
    })
    yield* found
  }
}

const decoded = (path: string): string[] =>
  execFileSync('python3', [decoder, '--xml', path], { maxBuffer: 1 << 30, stdio: ['ignore', 'pipe', 'ignore'] })
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')

/** Records of which the decoder makes something else, by log: it loses its place in nested binary XML. */
const otherwise: Record<string, number> = {
  'E_ShadowCopy6_windows_system32_winevt_logs_Microsoft-Windows-CAPI2%4Operational.evtx': 22,
  'E_Windows_system32_winevt_logs_Microsoft-Windows-CAPI2%4Operational.evtx': 12,
}

test('every record of the real logs has the fields that another decoder returns', (t) => {
  if (!existsSync(decoder)) return t.skip(`${decoder} is not there`)
  if (spawnSync('python3', ['--version']).status !== 0) return t.skip('python3 is not there')
  let compared = 0
  let undecoded = 0
  for (const folder of ['defender', 'general']) {
    for (const name of readdirSync(join(corpus, 'evtx', folder)).filter((each) => each.endsWith('.evtx'))) {
      const path = join(corpus, 'evtx', folder, name)
      const theirs = Map.groupBy(decoded(path), identityOf)
      const unlike: string[] = []
      for (const xml of ourRecords(readFileSync(path))) {
        const candidates = theirs.get(identityOf(xml))
        if (candidates === undefined) {
          undecoded += 1
          continue
        }
        compared += 1
        const ours = fieldsOf(xml)
        if (!candidates.some((each) => isDeepStrictEqual(fieldsOf(each), ours))) unlike.push(xml)
      }
      assert.equal(unlike.length, otherwise[name] ?? 0, `${name}: ${unlike[0]}`)
    }
  }
  t.diagnostic(`${compared} records compared; ${undecoded} that the decoder does not decode`)
  assert.ok(compared > 20_000)
})
