import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { temporaryFolder } from '#lib/ingest/testing.ts'
import { FolderInUse, type Holder, holderOf, takeLock } from './lock.ts'

function openFolder(t: TestContext) {
  const { folder, remove } = temporaryFolder()
  t.after(remove)
  const file = join(folder, 'asr-hunt.lock')
  const children: ChildProcess[] = []
  t.after(() => children.forEach((child) => void child.kill('SIGKILL')))
  /** Starts a process that takes the lock; returns its first line. */
  const start = async (kind = 'server'): Promise<{ child: ChildProcess; said: string }> => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'testing-lock.ts'), folder, kind])
    children.push(child)
    const [said] = await once(child.stdout, 'data')
    return { child, said: String(said).trim() }
  }
  const end = async (child: ChildProcess, signal: NodeJS.Signals) => {
    child.kill(signal)
    await once(child, 'exit')
  }
  return { folder, file, start, end, held: (): Holder => JSON.parse(readFileSync(file, 'utf8')) }
}

test('a data folder that is made is for its user only', { skip: process.platform === 'win32' }, (t) => {
  const { folder } = openFolder(t)
  const made = join(folder, 'new', 'data')
  takeLock(made, 'command').release()
  assert.equal(statSync(made).mode & 0o777, 0o700)
})

test('the lock file names the process, its start, its kind and its socket, and is gone after the release', (t) => {
  const { folder, file, held } = openFolder(t)
  const lock = takeLock(folder, 'server')
  const { pid, kind, since, socket } = held()
  assert.deepEqual([pid, kind, socket], [process.pid, 'server', null])
  assert.ok(Math.abs(Date.parse(since) - (Date.now() - process.uptime() * 1000)) < 1000)
  assert.deepEqual(holderOf(folder), held())
  lock.announce('/x.sock')
  assert.equal(holderOf(folder)?.socket, '/x.sock')
  lock.release()
  lock.release()
  assert.ok(!existsSync(file))
  assert.equal(holderOf(folder), null)
  takeLock(folder, 'command').release()
})

test('a second process is refused with who has the folder and what to do', async (t) => {
  const { folder, start, end } = openFolder(t)
  const { child, said } = await start()
  assert.equal(said, 'taken')
  assert.throws(
    () => takeLock(folder, 'server'),
    (error) => {
      assert.ok(error instanceof FolderInUse)
      assert.equal(error.holder?.pid, child.pid)
      const message = `already running on the data folder ${folder} (process ${child.pid} since 2`
      assert.ok(error.message.includes(message), error.message)
      assert.match(error.message, /Stop it, or set DATA_DIR to another folder\.$/)
      return true
    },
  )
  await end(child, 'SIGTERM')
  const command = await start('command')
  assert.throws(() => takeLock(folder, 'server'), /A command of ASR Hunt .* Wait until it has ended/)
  await end(command.child, 'SIGTERM')
})

for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
  test(`a folder is free again after its process ended by ${signal}`, async (t) => {
    const { folder, file, start, end } = openFolder(t)
    const { child } = await start()
    await end(child, signal)
    assert.equal(existsSync(file), signal === 'SIGKILL')
    assert.equal(holderOf(folder), null)
    takeLock(folder, 'server').release()
  })
}

test('a lock file of a dead process, of another start, or damaged is taken over', (t) => {
  const { folder, file, held } = openFolder(t)
  const stale = { kind: 'server', since: '2020-01-01T00:00:00.000Z', socket: null }
  for (const text of [
    JSON.stringify({ ...stale, pid: 2 ** 22 + 1, process: `${2 ** 22 + 1} 5` }),
    JSON.stringify({ ...stale, pid: process.ppid, process: `${process.ppid} 1` }),
    '{"pid":',
    '[]',
    '',
  ]) {
    writeFileSync(file, text)
    if (process.platform === 'linux') assert.equal(holderOf(folder), null)
    const lock = takeLock(folder, 'server')
    assert.equal(held().pid, process.pid)
    lock.release()
  }
})

test('of processes that race for a folder, exactly one wins', async (t) => {
  const { start, end, file, folder } = openFolder(t)
  for (let round = 0; round < 4; round++) {
    // The first round finds no file at all, the others that of a killed process.
    const racers = await Promise.all(Array.from({ length: 4 }, () => start()))
    const winners = racers.filter(({ said }) => said === 'taken')
    assert.equal(winners.length, 1, racers.map(({ said }) => said).join('\n'))
    const winner = winners[0]?.child
    assert.equal(JSON.parse(readFileSync(file, 'utf8')).pid, winner?.pid)
    const refused = racers.filter(({ said }) => said.startsWith('FolderInUse: '))
    assert.equal(refused.length, 3)
    for (const { said } of refused) assert.ok(said.includes(`process ${winner?.pid} since`), said)
    if (winner !== undefined) await end(winner, 'SIGKILL')
    assert.deepEqual(readdirSync(folder).toSorted(), ['asr-hunt.lock', 'asr-hunt.lock.db'])
  }
})

test('a folder that cannot be written to is named', (t) => {
  const { folder } = openFolder(t)
  writeFileSync(join(folder, 'file'), '')
  assert.throws(() => takeLock(join(folder, 'file'), 'server'), /cannot be written to .*set DATA_DIR to another folder/)
  const inner = join(folder, 'new', 'folder')
  takeLock(inner, 'server').release()
  assert.ok(statSync(inner).isDirectory())
})
