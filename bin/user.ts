import { levelProblem } from '#lib/log/log.ts'
import { printable, printableText } from '#lib/log/printable.ts'
import { accountKey, type MadeUser } from '#lib/model/access.ts'
import { setUpHref } from '#lib/params/hrefs.ts'
import { isoText } from '#lib/text/time.ts'
import { stop } from './command.ts'
import { hereOrByServer } from './here.ts'
import { serverUrl } from './server-url.ts'
import { type Command, help, readUserCommand } from './user-command.ts'
import { openUsersByServer, openUsersHere, type Users } from './users.ts'

const fail = (message: string, code = 1): never => stop(printableText(message), code)
const print = (line: string): void => void process.stdout.write(`${line}\n`)

function readArguments(): Command {
  try {
    return readUserCommand(process.argv.slice(2))
  } catch (error) {
    return fail(`${(error as Error).message}\n\n${help}`, 2)
  }
}

function printLink(link: MadeUser['link']): void {
  if (link === null) return
  print(`Open this link once, until ${isoText(link.expiresAt)}, to set the password:`)
  print(`  ${serverUrl()}${setUpHref(link.secret)}`)
  print('If the server has another address, replace the beginning. Who has the link can sign in as this user.')
}

async function idOf(users: Users, name: string): Promise<string> {
  const found = (await users.list()).find((each) => accountKey(each.name) === accountKey(name))
  if (found === undefined)
    throw new Error(`No account is called ${JSON.stringify(name)}. List all: npm run user -- list`)
  return found.id
}

async function printList(users: Users): Promise<void> {
  const accounts = await users.list()
  if (accounts.length === 0) print('No accounts. Anyone who reaches the server may do everything.')
  for (const { name, role, origin, isDisabled, hasPassword, usedAt } of accounts) {
    const notes = [
      ...(isDisabled ? ['disabled'] : []),
      ...(origin === 'local' ? [] : [origin]),
      ...(origin === 'local' && !hasPassword ? ['no password yet'] : []),
      usedAt === null ? 'never used' : `last used ${isoText(usedAt)}`,
    ]
    print(`${printable(name)}\t${role}\t${notes.join(', ')}`)
  }
}

const elsewhere =
  'A provider or a proxy signs this user in, so there is nothing else to reset here, and nothing keeps the user from signing in again. To do that: npm run user -- disable NAME'

async function run(users: Users, command: Command): Promise<void> {
  if (command.name === 'list') return printList(users)
  if (command.name === 'help') return
  const user = printable(command.user)
  if (command.name === 'add') {
    const link = await users.add({ name: command.user, role: command.role, origin: command.origin })
    print(`Added ${user} as ${command.role}. Every page and route needs a session or a token from now on.`)
    return printLink(link)
  }
  const id = await idOf(users, command.user)
  if (command.name === 'reset') {
    const link = await users.reset(id)
    if (link === null) return print(`${user} is signed out everywhere. ${elsewhere}`)
    print(`${user} is signed out everywhere and has neither a password nor a second factor.`)
    return printLink(link)
  }
  if (command.name === 'role') {
    await users.change(id, { role: command.role })
    return print(`${user} is ${command.role} now.`)
  }
  await users.change(id, { isDisabled: command.name === 'disable' })
  print(command.name === 'disable' ? `${user} is disabled and signed out everywhere.` : `${user} is enabled.`)
}

const command = readArguments()
const badLevel = levelProblem()
if (badLevel !== null) fail(badLevel)
if (command.name === 'help') {
  process.stdout.write(help)
} else {
  const opened = hereOrByServer(async (release) => openUsersHere(release), openUsersByServer)
  const users = await opened.catch((error: Error) => fail(error.message))
  await run(users, command)
    .finally(users.close)
    .catch((error: Error) => fail(error.message))
}
