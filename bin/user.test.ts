import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { openFixture } from '#lib/ingest/testing.ts'
import { serverUrl } from './server-url.ts'
import { readUserCommand } from './user-command.ts'

const program = join(import.meta.dirname, 'user.ts')

/** A data folder, and the command on it. */
function openFolder(t: TestContext) {
  const fixture = openFixture()
  t.after(() => fixture.close())
  const { NODE_TEST_CONTEXT: _, ...inherited } = process.env
  const env = { ...inherited, DATA_DIR: fixture.folder, DATABASE_URL: '' }
  const user = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { env, encoding: 'utf8' })
    return { status, stdout, stderr }
  }
  return { ...fixture, env, user }
}

/** Starts the routes for users behind the local socket of the folder, without Next. */
async function startServer(t: TestContext, env: NodeJS.ProcessEnv): Promise<void> {
  const server = spawn(process.execPath, [join(import.meta.dirname, 'testing-server.ts')], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  t.after(async () => {
    server.kill('SIGTERM')
    if (server.exitCode === null && server.signalCode === null) await once(server, 'exit')
  })
  await once(server.stdout, 'data')
}

/** Everything that the command does, in one order. */
async function assertAccounts({ user, reads, file }: ReturnType<typeof openFolder>): Promise<void> {
  const names = async () =>
    (await reads.accounts(Date.now())).map(({ name, role, origin, isDisabled }) =>
      [name, role, origin, ...(isDisabled ? ['disabled'] : [])].join(' '),
    )
  assert.match(user('list').stdout, /No accounts/)
  for (const args of [[], ['--role', 'analyst'], ['--proxy']]) {
    const first = user('add', 'Joe', ...args)
    assert.deepEqual([first.status, first.stdout], [1, ''])
    assert.match(first.stderr, /"Joe" would be the first account, which must be an administrator/)
  }
  const added = user('add', 'Jane', '--role', 'admin')
  assert.equal(added.status, 0, added.stderr)
  const [, secret = ''] = /^ {2}http:\/\/127\.0\.0\.1:3000\/set-up#([\w-]{43})$/m.exec(added.stdout) ?? []
  assert.notEqual(secret, '', added.stdout)
  assert.match(user('add', 'Joe').stdout, /Added Joe as viewer/)
  assert.doesNotMatch(user('add', 'Kim', '--proxy', '--role', 'analyst').stdout, /set-up/)
  assert.deepEqual(await names(), ['Jane admin local', 'Joe viewer local', 'Kim analyst proxy'])

  const taken = user('add', 'JOE')
  assert.deepEqual([taken.status, taken.stdout], [1, ''])
  assert.match(taken.stderr, /There is an account "JOE" already/)
  assert.match(user('disable', 'jane').stderr, /"Jane" is the last administrator/)
  assert.match(user('role', 'nobody', 'admin').stderr, /No account is called "nobody"/)
  assert.match(user('role', 'joe', 'admin').stdout, /joe is admin now/)
  assert.equal(user('disable', 'JANE').status, 0)
  assert.deepEqual(await names(), ['Jane admin local disabled', 'Joe admin local', 'Kim analyst proxy'])
  assert.match(user('list').stdout, /^Jane\tadmin\tdisabled, no password yet, never used$/m)
  assert.equal(user('enable', 'jane').status, 0)
  const reset = user('reset', 'Jane')
  assert.match(reset.stdout, /set-up#[\w-]{43}/)
  assert.ok(!reset.stdout.includes(secret))
  const elsewhere = user('reset', 'Kim')
  assert.match(elsewhere.stdout, /^Kim is signed out everywhere\. A provider or a proxy signs this user in/)
  assert.doesNotMatch(elsewhere.stdout, /set-up#/)

  const log = { actor: 'local', action: null, subject: null, from: null, to: null }
  const { rows } = await reads.audit(log, { offset: 0, limit: 2 })
  assert.deepEqual(
    rows.map(({ action, address }) => [action, address]),
    [
      ['user-reset', null],
      ['user-reset', null],
    ],
  )
  // The secret of a link is printed, and nowhere else.
  for (const each of [file, `${file}-wal`]) assert.ok(!readFileSync(each).includes(secret), each)
}

test('accounts are added and changed while no server is running', (t) => assertAccounts(openFolder(t)))

test('accounts are added and changed through the running server', async (t) => {
  const folder = openFolder(t)
  await startServer(t, folder.env)
  await assertAccounts(folder)
})

test('arguments that make no sense are refused with what would be right', (t) => {
  const wrong: [args: string[], message: RegExp][] = [
    [[], /Say what to do: add, list/],
    [['remove', 'jane'], /Unknown command remove/],
    [['add'], /add takes one name/],
    [['add', 'a', 'b'], /add takes one name/],
    [['add', ' '], /is not a name: Give a name/],
    [['add', 'a\u202eb'], /is not a name: A name cannot have control or direction characters/],
    [['add', 'jane', '--role', 'root'], /root is not a role. Give viewer, analyst, admin/],
    [['role', 'jane'], /role takes a name and a role/],
    [['disable', 'jane', '--role', 'admin'], /--role and --proxy belong to add/],
    [['list', 'jane'], /list takes no name/],
    [['add', 'jane', '--force'], /--force/],
  ]
  for (const [args, message] of wrong) assert.throws(() => readUserCommand(args), message, args.join(' '))
  assert.deepEqual(readUserCommand(['add', ' Jane ']), { name: 'add', user: 'Jane', role: 'viewer', origin: 'local' })
  assert.deepEqual(readUserCommand(['reset', 'jane', '--help']), { name: 'help' })
  const { status, stdout, stderr } = openFolder(t).user('add', 'a\u202eb')
  assert.deepEqual([status, stdout], [2, ''])
  assert.match(stderr, /^a\\u202eb is not a name[\s\S]*npm run user -- add NAME/)
})

test('a link begins with the address that the settings name', () => {
  assert.equal(serverUrl({}), 'http://127.0.0.1:3000')
  assert.equal(serverUrl({ HOST: '0.0.0.0', PORT: '8443', TLS_CERT: 'a.pem' }), 'https://127.0.0.1:8443')
  assert.equal(serverUrl({ HOST: '::1', PORT: '' }), 'http://[::1]:3000')
  assert.equal(serverUrl({ HOST: '10.0.0.5', ALLOWED_HOSTS: 'hunt.example, 10.0.0.5' }), 'http://hunt.example:3000')
})
