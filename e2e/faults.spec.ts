import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from '@playwright/test'
import { kindNames } from '../tools/faults/options.ts'

test('a fault of each kind is survived', async () => {
  test.setTimeout(600_000)
  const faults = spawn(process.execPath, ['tools/faults/command.ts', '--minutes', '0.5'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  for (const stream of [faults.stdout, faults.stderr])
    stream.on('data', (bytes) => {
      printed += bytes
    })
  const [code] = await once(faults, 'close')
  expect(code, printed).toBe(0)
  for (const kind of kindNames) expect(printed).toMatch(new RegExp(`^\\| ${kind} +\\| .* \\| `, 'm'))
})
