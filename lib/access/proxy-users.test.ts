import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { dayLength } from '#lib/asr/hours.ts'
import { temporaryFolder } from '#lib/ingest/testing.ts'
import { theLocalActor } from './actor.ts'
import { serverContext } from './context.ts'
import { loadIdentities } from './identities.ts'
import { noteProxyUser } from './proxy-users.ts'
import { endProcess } from './testing.ts'

const signIns = { actor: null, action: 'signed-in', subject: null, from: null, to: null } as const

test('the audit log has each user of a proxy once for each address and day', async (t) => {
  const { folder, remove } = temporaryFolder()
  process.env.DATA_DIR = folder
  t.after(async () => {
    await endProcess()
    remove()
  })
  await loadIdentities()
  const { writes, reads } = await serverContext()
  await writes.addAccount('root', 'admin')
  const id = await writes.addProxyAccount('jane', 'viewer')
  const jane = { kind: 'account', id, name: 'jane', role: 'viewer', session: null } as const
  const day = 20_000 * dayLength
  for (const now of [day, day + 1, day + dayLength - 1]) {
    noteProxyUser(jane, '10.0.0.7', now)
    noteProxyUser(theLocalActor, '10.0.0.7', now)
    noteProxyUser({ ...jane, session: 's1' }, '10.0.0.9', now)
  }
  noteProxyUser(jane, '10.0.0.8', day + 2)
  noteProxyUser(jane, '10.0.0.7', day + dayLength)
  const rows = async () => (await reads.audit(signIns, { offset: 0, limit: 10 })).rows
  for (const end = Date.now() + 60_000; (await rows()).length < 3 && Date.now() < end; ) await wait(10)
  assert.deepEqual(
    (await rows()).map(({ at, actor, address, after }) => [at - day, actor.name, address, after]).reverse(),
    [
      [0, 'jane', '10.0.0.7', { method: 'proxy' }],
      [2, 'jane', '10.0.0.8', { method: 'proxy' }],
      [dayLength, 'jane', '10.0.0.7', { method: 'proxy' }],
    ],
  )
})
