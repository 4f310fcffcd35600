import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import type { Container } from '#lib/containers/kind.ts'
import { tarOf, zipOf } from '#lib/containers/testing.ts'
import { detect, type Format } from '#lib/formats/detect.ts'
import { evtx } from '#tools/logs/evtx.ts'
import { sampleLogs } from '#tools/logs/logs.ts'
import { tableLogs } from '#tools/logs/tables.ts'
import { simulate } from '#tools/simulate/simulate.ts'
import { isContainer, type Subject } from './subjects.ts'

/** A log to be mutated. What came of real logs is never kept: their licences differ. */
export type Base = { name: string; bytes: Buffer; isReal: boolean }

/** A few events of a made-up fleet: of every kind, and some that are not ours. */
function fewEvents(seed: number, count: number) {
  const events = [...simulate({ seed, dests: 4, days: 4, events: 300, others: 0.2 })]
  return events.filter((_, index) => index % Math.floor(events.length / count) === 0).slice(0, count)
}

function generated(): { format: Format; base: Base }[] {
  const twoChunks = [false, true].map((isInline) => evtx(fewEvents(6, 150), isInline))
  const logs = [fewEvents(3, 3), fewEvents(4, 12)].flatMap((events) => [...sampleLogs(events), ...tableLogs(events)])
  return [
    ...logs,
    ...twoChunks.map((bytes) => ({ name: 'EVTX of several chunks', format: 'evtx' as const, bytes })),
  ].map(({ name, format, bytes }) => ({ format, base: { name, bytes, isReal: false } }))
}

const fixtures = join(import.meta.dirname, '../../lib/formats/fixtures')

const ofFile = (path: string, isReal: boolean): { format: Format; base: Base } => {
  const bytes = readFileSync(path)
  return { format: detect(bytes), base: { name: path, bytes, isReal } }
}

/** The real logs are next to the project, not in it. */
export const corpusFolder = join(import.meta.dirname, '../../../shared/corpus')

/** Larger files would leave time for few mutants. */
const largest = 300_000

function corpusFiles(): { format: Format; base: Base }[] {
  if (!existsSync(corpusFolder)) return []
  const entries = readdirSync(corpusFolder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => ofFile(join(entry.parentPath, entry.name), true))
    .filter(({ base }) => base.bytes.length <= largest)
}

/** The logs of an archive: short ones of several formats, one of them empty and one foreign. */
export function packedFiles(): { name: string; content: Buffer }[] {
  const logs = sampleLogs(fewEvents(5, 4)).filter(({ name }) =>
    ['XML', 'EVTX', 'Winlogbeat', 'Export-Csv'].includes(name),
  )
  const files = logs.map(({ name, bytes }) => ({ name: `logs/${name}`, content: bytes }))
  return [
    ...files,
    { name: 'empty.xml', content: Buffer.alloc(0) },
    { name: 'notes', content: Buffer.from('no log\n') },
  ]
}

/** Packs files as a container has them; gzip and zstd hold one. */
export async function pack(kind: Container, files: { name: string; content: Uint8Array }[]): Promise<Buffer> {
  if (kind === 'zip') return zipOf(files)
  if (kind === 'tar') return tarOf(files)
  const content = files[0]?.content ?? Buffer.alloc(0)
  return kind === 'gzip' ? gzipSync(content) : zstdCompressSync(content)
}

async function containers(kind: Container): Promise<Base[]> {
  const files = packedFiles()
  const one = (at: number): Promise<Buffer> => pack(kind, files.slice(at, at + 1))
  const inner = kind === 'gzip' || kind === 'zstd' ? await pack('tar', files) : await pack('gzip', files)
  const all: [string, Buffer][] = [
    [`${kind} of logs`, await pack(kind, files)],
    [`${kind} of one log`, await one(1)],
    [`${kind} of a container`, await pack(kind, [{ name: 'inner', content: inner }])],
  ]
  return all.map(([name, bytes]) => ({ name, bytes, isReal: false }))
}

/** What a subject's mutants are made of: generated logs, the fixtures and, if asked for and present, the real logs. */
export async function basesOf(subject: Subject, withCorpus: boolean): Promise<Base[]> {
  if (isContainer(subject)) return containers(subject)
  const files = readdirSync(fixtures).map((name) => ofFile(join(fixtures, name, 'input.log'), false))
  return [...generated(), ...files, ...(withCorpus ? corpusFiles() : [])]
    .filter(({ format }) => format === subject)
    .map(({ base }) => base)
}
