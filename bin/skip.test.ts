import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mustSkip } from './skip.ts'

test('tests that need what is missing are skipped aloud, and with CI=true they are not', (t) => {
  const said = t.mock.method(process.stderr, 'write', () => true)
  assert.equal(mustSkip(null, {}), false)
  assert.equal(mustSkip('nginx is not installed', { CI: 'true' }), false)
  assert.equal(said.mock.callCount(), 0)
  assert.equal(mustSkip('nginx is not installed', {}), true)
  assert.deepEqual(said.mock.calls[0]?.arguments, ['Skipped: nginx is not installed\n'])
})
