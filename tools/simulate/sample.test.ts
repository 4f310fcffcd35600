import assert from 'node:assert/strict'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import { isAsrCode } from '#lib/asr/templates.ts'
import { sampleLogPath } from '#lib/params/hrefs.ts'
import { simulateLog } from './log.ts'
import { parseOptions } from './options.ts'

const file = join(import.meta.dirname, '../../public', sampleLogPath)
const command = '--dests 6 --days 7 --events 24 --others 0.1'

test('the sample log that can be downloaded is what the simulator makes', async () => {
  const parsed = parseOptions(command.split(' '))
  assert.ok(parsed.kind === 'run')
  const made = await buffer(simulateLog(parsed.options))
  const renew = `It is out of date: npm run --silent simulate -- ${command} --out public${sampleLogPath}`
  assert.equal(readFileSync(file, 'utf8'), made.toString(), renew)
})

test('the sample log is small, and has events of every kind', () => {
  assert.ok(statSync(file).size < 50_000)
  const codes = [...readFileSync(file, 'utf8').matchAll(/<EventID>(\d+)/g)].map(([, code]) => Number(code))
  for (const code of [1121, 1122, 5007]) assert.ok(codes.includes(code), String(code))
  assert.ok(!codes.every(isAsrCode), 'One record is not ours, so that a receipt has something to count as other.')
})
