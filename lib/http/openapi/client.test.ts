import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { temporaryFolder } from '#lib/ingest/testing.ts'
import { openApi } from './document.ts'

const modules = join(import.meta.dirname, '../../../node_modules')
const { folder, remove } = temporaryFolder()
after(remove)
symlinkSync(modules, join(folder, 'node_modules'), 'junction')

const run = (file: string, ...args: string[]) =>
  promisify(execFile)(process.execPath, [join(modules, file), ...args], { cwd: folder })

before(async () => {
  writeFileSync(join(folder, 'openapi.json'), JSON.stringify(openApi()))
  await run('oazapfts/dist/cli.js', 'openapi.json', 'client.ts')
})

/** What the type checker says of a program that uses the generated client; '' if it compiles. */
async function checked(name: string, program: string): Promise<string> {
  writeFileSync(join(folder, name), program)
  const options = ['--noEmit', '--strict', '--target', 'es2024', '--module', 'esnext', '--moduleResolution', 'bundler']
  const types = ['--lib', 'es2024,dom', '--types', '', '--allowImportingTsExtensions']
  const { stdout } = await run('typescript/bin/tsc', ...options, ...types, name).catch(
    (error: { stdout: string }) => error,
  )
  return stdout
}

const program = (use: string): string => `
import { compareUploads, getEvent, getHealth, getUpload, getWall, listEvents, listHosts, listStacking, sendUpload, undoUpload } from './client.ts'
${use}
export {}
`

const right = program(`
const stacks = await listStacking({ last: '7d', anchor: 'newest', eventCode: ['1121'], sort: '-count', limit: 20 })
if (stacks.status === 200) {
  const { rows, total, droppedEvents } = stacks.data
  const counts: number[] = [total, droppedEvents, ...rows.map(({ count }) => count)]
  const times: string[] = rows.map(({ firstTime }) => firstTime)
  for (const { faithful } of rows) { const flag: 0 | 1 = faithful; console.log(flag, counts, times) }
} else if (stacks.status === 410) {
  const code: 'old-link' | 'busy' | string = stacks.data.error.code
  console.log(code)
}
const events = await listEvents({ q: 'mimikatz' })
if (events.status === 200) {
  const event = await getEvent(events.data.rows[0]?.id ?? '')
  if (event.status === 200) console.log(event.data.fields.filter(({ section }) => section === 'EventData'))
}
const upload = await getUpload('5f1d')
if (upload.status === 200) console.log(upload.data.waitsFor, upload.data.continuity.breaks.rows[0]?.kind === 'cleared')
const wall = await getWall({ anchor: 'now' })
if (wall.status === 200) { const at: string = wall.data.at; console.log(at) }
const undone = await undoUpload('5f1d')
if (undone.status === 202) console.log(undone.data.state === 'removing')
const health = await getHealth()
if (health.status === 200 && 'problems' in health.data) console.log(health.data.problems[0]?.code === 'space')
const hosts = await listHosts()
if (hosts.status === 200) console.log(hosts.data.rows[0]?.riskEvents)
const compared = await compareUploads('a', 'b')
if (compared.status === 200) console.log(compared.data.dests.rows[0]?.filled?.a)
const sent = await sendUpload(new Blob(['<Event/>']), { name: 'a.xml', tz: 'UTC' })
if (sent.status === 201) console.log(sent.data.stored)
`)

/** Each must not compile, and what the type checker then names. */
const wrong: Record<string, [use: string, named: RegExp]> = {
  'a parameter that does not exist': ["await listStacking({ host: 'a' })", /'host' does not exist/],
  'a value that a parameter does not take': ["await listStacking({ mode: 'all' })", /"all"' is not assignable/],
  'a column of another table': [
    'const hosts = await listHosts(); if (hosts.status === 200) console.log(hosts.data.rows[0]?.Path)',
    /'Path' does not exist/,
  ],
  'a time as a number': [
    'const wall = await getWall(); if (wall.status === 200) { const at: number = wall.data.at; console.log(at) }',
    /'string' is not assignable to type 'number'/,
  ],
  'a null that is not checked': [
    "const event = await getEvent('e'); if (event.status === 200) console.log(event.data.Path.length)",
    /'event\.data\.Path' is possibly 'null'/,
  ],
  'the receipt of an upload that was refused': [
    'const sent = await sendUpload(new Blob([])); if (sent.status === 415) console.log(sent.data.stored)',
    /'stored' does not exist/,
  ],
}

test('a client that is generated from the document compiles, and so does what uses it', async () => {
  assert.equal(await checked('right.ts', right), '')
})

for (const [name, [use, named]] of Object.entries(wrong))
  test(`with the generated client, ${name} does not compile`, async () => {
    assert.match(await checked('wrong.ts', program(use)), named)
  })
