import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formRules, normalise } from './rules.ts'

for (const { name, kinds, needs, apply, examples, apart } of formRules)
  for (const kind of kinds) {
    test(`${name} (${kind}): its examples`, () => {
      assert.ok(examples.length > 0)
      for (const [logged, expected] of examples) assert.equal(normalise(kind, logged), expected, logged)
    })

    test(`${name} (${kind}): what must stay apart`, () => {
      assert.ok(apart.length > 0)
      for (const [one, other] of apart) assert.notEqual(normalise(kind, one), normalise(kind, other), one)
    })

    test(`${name} (${kind}): at least one example needs it, and every one it changes has what it needs`, () => {
      assert.ok(examples.some(([logged]) => apply(logged.toLowerCase().trim()) !== logged))
      for (const [logged] of examples) {
        const text = logged.toLowerCase()
        if (apply(text) !== text) assert.ok(needs === undefined || needs.some((each) => text.includes(each)), logged)
      }
    })
  }

test('an example fails if its rule is left out', () => {
  for (const { name, kinds, examples } of formRules)
    for (const kind of kinds) {
      const without = (text: string) =>
        formRules
          .filter((rule) => rule.name !== name && rule.kinds.includes(kind))
          .reduce((rest, { apply }) => apply(rest), text)
      assert.ok(
        examples.some(([logged, expected]) => without(logged) !== expected),
        name,
      )
    }
})

test('a normalised text is its own normalised form', () => {
  for (const { kinds, examples, apart } of formRules)
    for (const kind of kinds)
      for (const text of [...examples.flat(), ...apart.flat()]) {
        const form = normalise(kind, text)
        assert.equal(normalise(kind, form), form, text)
      }
})

test('known tools and ordinary names keep their names', () => {
  const names = [
    'rclone.exe',
    'mimikatz.exe',
    'PsExec64.exe',
    'procdump64.exe',
    'nc.exe',
    'svchost32.exe',
    'enc.exe',
    'script.vbs',
    'd.bin',
    'net1.exe',
    'AsrDrv104.sys',
    'RTCore64.sys',
    'error7.aspx',
    '7z2301-x64.exe',
    'python3.11.exe',
    'Invoice_2026-11.docm',
    'backup_20261127.zip',
    'facade.exe',
    'ad0be.exe',
    'tmp.exe',
    'temp1.exe',
  ]
  for (const name of names) {
    const path = `C:\\Tools\\${name}`
    assert.equal(normalise('path', path), path.toLowerCase())
    assert.equal(normalise('command', `"${path}" /run`), `"${path}" /run`.toLowerCase())
  }
})

test('what an encoded command contains stays', () => {
  const one = `powershell.exe -enc ${Buffer.from('calc.exe'.repeat(40), 'utf16le').toString('base64')}`
  const other = `powershell.exe -enc ${Buffer.from('calc.ex2'.repeat(40), 'utf16le').toString('base64')}`
  assert.notEqual(normalise('command', one), normalise('command', other))
})
