import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readUploadQuery } from './upload-query.ts'

const read = (query: string) => readUploadQuery(new URL(`http://x/api/v1/uploads?${query}`))

test('what a URL says of a log is read; the rest has a default', () => {
  const { said, problems } = read('name=a.evtx&tz=Europe/Berlin')
  assert.deepEqual(problems, [])
  assert.deepEqual([said?.name, said?.tz, said?.dest], ['a.evtx', 'Europe/Berlin', undefined])
  assert.match(said?.id ?? '', /^[0-9a-f-]{36}$/)
})

test('each parameter that makes no sense or does not exist is named, __proto__ too', () => {
  const { said, problems } = read('tz=Moon&id=x&__proto__=1&nmae=y&toString=2&constructor=')
  assert.equal(said, null)
  assert.deepEqual(
    problems.map(({ param, value }) => `${param}=${value}`),
    ['tz=Moon', 'id=x', '__proto__=1', 'nmae=y', 'toString=2', 'constructor='],
  )
})
