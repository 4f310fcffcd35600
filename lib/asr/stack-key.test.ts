import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isStackKey, stackKey } from './stack-key.ts'

const by = ['dest', 'Parent_Commandline', 'Process_Name', 'Path', 'ID', 'EventCode']
const office = 'D4F940AB-401B-4EFC-AADC-AD5F3C50688A'
const full = ['PC-1.Corp.Example', 'winword /n', 'WINWORD.EXE', 'C:\\a ü.exe', office, '1121']
const missing = ['pc-1.corp.example', null, 'WINWORD.EXE', 'NULL', null, '1129']

test('the key of a stack never changes: links contain it', () => {
  assert.equal(stackKey(by, full), 'M1jyH-_KdXYcxvSt_loDww')
  assert.equal(stackKey(by, missing), '3FkuB2C4DBiP0Q_E7FyKOQ')
  assert.equal(stackKey(by, missing, { step: 2, ruleVersion: '7' }), 'F41XS93tFsNtZdjB2LAEXw')
})

test('missing and the text NULL are two stacks, and so are values that only together read the same', () => {
  const keys = [
    missing,
    ['pc-1.corp.example', 'NULL', 'WINWORD.EXE', null, null, '1129'],
    ['pc-1.corp.example', '', 'WINWORD.EXE', 'NULL', null, '1129'],
    ['pc-1.corp.example', '-', 'WINWORD.EXE', 'NULL', null, '1129'],
    ['pc-1.corp.example', '+1:a', 'b', null, null, '1129'],
    ['pc-1.corp.example', '+1:a+1:b', null, null, null, '1129'],
  ].map((values) => stackKey(by, values))
  assert.equal(new Set(keys).size, keys.length)
  assert.equal(keys[1], 'ujfRAA-DMk8IZWf5TL-i1A')
  const [first, second] = [stackKey(['Path', 'ID'], ['a', 'b']), stackKey(['ID', 'Path'], ['b', 'a'])]
  assert.notEqual(first, second, 'columns in another order are another grouping')
})

test('a host is the same in any case, everything else is not', () => {
  assert.equal(stackKey(by, full), stackKey(by, ['pc-1.corp.EXAMPLE', ...full.slice(1)]))
  assert.notEqual(stackKey(by, full), stackKey(by, [full[0] as string, 'WINWORD /n', ...full.slice(2)]))
  assert.equal(stackKey(['EventCode'], [1121]), stackKey(['EventCode'], ['1121']))
})

test('step and rule version make other stacks, and missing ones are not empty ones', () => {
  const keys = [{}, { step: 1 }, { ruleVersion: 1 }, { step: '' }, { step: 1, ruleVersion: 1 }]
  assert.equal(new Set(keys.map((level) => stackKey(by, full, level))).size, keys.length)
})

test('a key has 22 characters and never digits only', () => {
  for (let count = 0; count < 2000; count++) {
    const key = stackKey(['Path'], [String(count)])
    assert.ok(isStackKey(key), key)
    assert.equal(Buffer.from(key, 'base64url').toString('base64url'), key)
  }
  for (const text of ['', '2', '1234567890123456789012', `${stackKey(by, full)}A`]) assert.ok(!isStackKey(text))
})
