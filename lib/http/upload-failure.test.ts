import assert from 'node:assert/strict'
import { test } from 'node:test'
import { failureAnswer } from './upload-failure.ts'

for (const [code, status, named] of [
  [undefined, 400, 'broken-off'],
  ['ECONNRESET', 400, 'broken-off'],
  ['STALLED', 408, 'stalled'],
  ['TOO_LARGE', 413, 'too-large'],
  ['OVER_BUDGET', 413, 'too-large'],
  ['BUSY', 503, 'busy'],
  ['STOPPING', 503, 'stopping'],
  ['NO_SPACE', 507, 'no-space'],
  ['SQLITE_FULL', 507, 'no-space'],
  ['ENOSPC', 507, 'no-space'],
  ['SQLITE_IOERR_WRITE', 500, 'internal'],
] as const) {
  test(`an upload that ends with ${code ?? 'no code'} is answered with ${status} ${named}`, async () => {
    const answer = failureAnswer(code, 'Why.', { id: 'a' })
    assert.equal(answer.status, status)
    assert.deepEqual(await answer.json(), { error: { code: named, message: 'Why.', detail: { id: 'a' } } })
    assert.equal(answer.headers.get('Retry-After'), status === 503 ? '10' : null)
  })
}
