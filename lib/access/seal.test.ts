import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { generateSync } from 'otplib'
import { temporaryFolder } from '#lib/ingest/testing.ts'
import { forgetShared } from '#lib/process/shared.ts'
import { folderMark, seal, unseal } from './seal.ts'
import { sealedTotp } from './second-factor.ts'
import { newTotp, stepOf } from './totp.ts'

function inFolder(t: TestContext): string {
  const { folder, remove } = temporaryFolder()
  process.env.DATA_DIR = folder
  forgetShared()
  t.after(() => {
    forgetShared()
    remove()
  })
  return folder
}

test('a sealed value opens for its purpose, until it expires, and only as it is', (t) => {
  inFolder(t)
  const sealed = seal('a', { secret: 'x' }, 1000)
  assert.deepEqual(unseal('a', sealed, 999), { secret: 'x' })
  assert.equal(unseal('a', sealed, 1000), null)
  assert.equal(unseal('b', sealed, 999), null)
  assert.equal(unseal('a', seal('a', 'kept', null), Number.MAX_SAFE_INTEGER), 'kept')
  assert.notEqual(sealed, seal('a', { secret: 'x' }, 1000))
  for (let at = 0; at < sealed.length; at += 1) {
    const changed = `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`
    const opened = unseal('a', changed, 999)
    // The last character has bits that say nothing.
    if (at < sealed.length - 1) assert.equal(opened, null, `changed at ${at}`)
  }
  for (const wrong of ['', 'x', sealed.slice(0, -4), 'A'.repeat(100)]) assert.equal(unseal('a', wrong, 0), null)
})

test('another data folder opens nothing of this one, and has cookies of another name; its secret is for its user alone', (t) => {
  const first = inFolder(t)
  const [sealed, mark] = [seal('a', 1, null), folderMark()]
  assert.deepEqual(readdirSync(first), ['secret.key'])
  assert.equal(statSync(join(first, 'secret.key')).mode & 0o777, 0o600)
  assert.equal(readFileSync(join(first, 'secret.key')).length, 32)
  forgetShared()
  assert.equal(unseal('a', sealed, 0), 1, 'after a restart')
  inFolder(t)
  assert.equal(unseal('a', sealed, 0), null)
  assert.notEqual(folderMark(), mark)
  assert.match(mark, /^[\w-]{8}$/)
})

test('a code of an authenticator app is of the step now, the one before or the one after', (t) => {
  inFolder(t)
  const { secret, uri, svg } = newTotp('jane@corp: 1')
  assert.match(secret, /^[A-Z2-7]{32}$/)
  assert.equal(new URL(uri).searchParams.get('secret'), secret)
  assert.match(svg, /^<svg [^>]*viewBox/)
  const now = Date.parse('2026-11-27T09:00:10Z')
  const code = generateSync({ secret, epoch: now / 1000 })
  const step = Math.floor(now / 30_000)
  for (const later of [-30_000, -11_000, 0, 19_000, 30_000])
    assert.equal(stepOf(code, secret, now + later), step, String(later))
  for (const later of [-60_000, 60_000]) assert.equal(stepOf(code, secret, now + later), null, String(later))
  assert.equal(stepOf(` ${code.slice(0, 3)} ${code.slice(3)}`, secret, now), step)
  for (const wrong of ['', '12345', '1234567', 'abcdef', '\u0661\u0662\u0663\u0664\u0665\u0666', '-12345'])
    assert.equal(stepOf(wrong, secret, now), null, wrong)
  assert.equal(stepOf(code, newTotp('joe').secret, now), null)
  assert.equal(stepOf(code, '', now), null)
})

test('the secret of an app is sealed for its account', (t) => {
  inFolder(t)
  const sealed = sealedTotp.make('a1', 'SECRET')
  assert.ok(!sealed.includes('SECRET'))
  assert.equal(sealedTotp.open('a1', sealed, 0), 'SECRET')
  assert.equal(sealedTotp.open('a2', sealed, 0), '')
})
