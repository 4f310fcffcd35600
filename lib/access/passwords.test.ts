import assert from 'node:assert/strict'
import { test } from 'node:test'
import { networkOf } from './network.ts'
import { hashPassword, isPassword, PasswordsBusy, passwordProblem, passwordsHashed } from './passwords.ts'

const password = 'violet otter fence'

test('a password fits its hash and no other, whatever form its accents have', async () => {
  const hash = await hashPassword(password)
  assert.match(hash, /^scrypt\$65536\$8\$2\$[\w-]{22}\$[\w-]{43}$/)
  assert.notEqual(hash, await hashPassword(password))
  assert.ok(await isPassword(password, hash))
  for (const wrong of ['violet otter fence ', 'Violet otter fence', '', 'x'.repeat(200)])
    assert.ok(!(await isPassword(wrong, hash)), wrong)
  assert.ok(await isPassword('Bl\u00e5b\u00e4r im Wald', await hashPassword('Bla\u030aba\u0308r im Wald')))
})

test('without a hash no password fits, and it costs as much', async () => {
  const before = passwordsHashed()
  for (const hash of [null, '', 'x', 'scrypt$65536$8$2']) assert.ok(!(await isPassword(password, hash)), String(hash))
  assert.equal(passwordsHashed() - before, 4)
})

test('a password has 12 to 200 characters, and any character', () => {
  assert.match(passwordProblem('short otter', 'jane') ?? '', /has 11 characters.*at least 12/)
  assert.match(passwordProblem('x'.repeat(201), 'jane') ?? '', /has 201 characters.*at most 200/)
  for (const fine of [
    password,
    'tT7#kqpl0vN2',
    `${'\u{1f98a}\u{1f9a6}'.repeat(3)} otters`,
    'gr\u00fcne Wiese 12 \u4e2d',
    'a b d e g h j k',
  ])
    assert.equal(passwordProblem(fine, 'jane'), null, fine)
})

test('what is guessed first is refused: common words and keys in a row with digits and signs, and the own name', () => {
  for (const common of [
    ...[
      'password1234',
      'P@ssw0rd1234!',
      '123456789012',
      'aaaaaaaaaaaa',
      'abcabcabcabc',
      'qwertyuiop12',
      '1q2w3e4r5t6y',
    ],
    ...[
      'Summer2026!!',
      'Welcome12345',
      'letmein123456',
      'AdminAdmin123',
      'administrator',
      'correct horse battery staple',
    ],
    ...['!!!password!!!', '987654321098', 'Microsoft2026'],
  ])
    assert.match(passwordProblem(common, 'jane') ?? '', /Many people use/, common)
  assert.match(passwordProblem('Jane.Doe@corp1', 'jane.doe@corp') ?? '', /name of the account/)
  assert.equal(passwordProblem('jane likes violet', 'jane'), null)
})

test('attempts count for a network: of IPv6 the first 64 bits, of IPv4 the address', () => {
  const same = ['2001:db8:1:2::1', '2001:0DB8:1:2:aaaa:bbbb:cccc:dddd', '2001:db8:1:2:0:0:0:9%eth0']
  for (const address of same) assert.equal(networkOf(address), '2001:db8:1:2::/64')
  assert.notEqual(networkOf('2001:db8:1:3::1'), networkOf('2001:db8:1:2::1'))
  assert.deepEqual(['::1', 'fe80::1', '10.0.0.7', '::ffff:10.0.0.7', 'local'].map(networkOf), [
    ...['0:0:0:0::/64', 'fe80:0:0:0::/64', '10.0.0.7', '10.0.0.7', 'local'],
  ])
})

test('one hash is computed at a time and twenty wait; one more is refused', async () => {
  const before = passwordsHashed()
  const all = Array.from({ length: 22 }, () => isPassword(password, null))
  await assert.rejects(
    all.pop() as Promise<boolean>,
    (error) => error instanceof PasswordsBusy && error.code === 'BUSY',
  )
  await assert.rejects(isPassword(password, null), PasswordsBusy)
  assert.ok(!(await all[0]))
  assert.equal(passwordsHashed() - before, 1)
  await Promise.all(all)
})
