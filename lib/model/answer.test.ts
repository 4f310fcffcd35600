import assert from 'node:assert/strict'
import { test } from 'node:test'
import { errorMessage, parseAnswer } from './answer.ts'
import { eventRow } from './hunting.ts'
import { page, time } from './schema.ts'

const none = { ID: null, ASR_Rule: null, Process_Name: null, Path: null, Parent_Commandline: null }
const rest = { Target_Commandline: null, User: null, Old_Value: null, New_Value: null, EventRecordID: 7 }
const versions = { Signature_Version: null, Engine_Version: null }
const row = { ...none, ...rest, ...versions, id: 'e1', dest: 'a', EventCode: 1121, Exclusion: null, upload: 'u' }
const iso = '2023-11-20T16:29:48.984Z'

test('an answer is parsed by its schema: times become milliseconds', () => {
  const text = JSON.stringify({ total: 1, rows: [{ ...row, _time: iso, added: 'later' }] })
  const { rows } = parseAnswer(page(eventRow), text)
  assert.deepEqual(rows, [{ ...row, _time: Date.parse(iso) }])
})

test('an answer that does not fit is an error that says what and where', () => {
  const wrong = (text: string, message: RegExp) => assert.throws(() => parseAnswer(page(eventRow), text), { message })
  wrong('<html>', /^The answer of the server is not JSON\. .*Reload/)
  wrong('{}', /not as expected at total: /)
  wrong(JSON.stringify({ total: 1, rows: [{ ...row, _time: Date.parse(iso) }] }), /at rows\.0\._time: .*string/)
  wrong(JSON.stringify({ total: 1, rows: [{ ...row, _time: iso, id: undefined }] }), /at rows\.0\.id: /)
  assert.throws(() => parseAnswer(time, '"2023-11-20"'), { message: /not as expected: Expected an ISO 8601 time/ })
})

test('the message of an error is that of the API, or none', () => {
  const text = JSON.stringify({ error: { code: 'busy', message: 'Too many.', detail: null } })
  assert.equal(errorMessage(text), 'Too many.')
  for (const other of ['', '<html>', 'null', '{"error":"no"}', '{"error":{}}']) assert.equal(errorMessage(other), null)
})
