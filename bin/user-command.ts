import { parseArgs } from 'node:util'
import { accountName, type Role, roles } from '#lib/model/access.ts'

export const help = `npm run user -- add NAME [--role viewer|analyst|admin] [--proxy]
npm run user -- list
npm run user -- role NAME viewer|analyst|admin
npm run user -- disable NAME
npm run user -- enable NAME
npm run user -- reset NAME

Adds and changes the accounts in DATA_DIR (default ./data), also while the server runs. With the first account, every page
and route of the server needs a session or a token.

  add       adds an account, by default a viewer, and prints a link that sets its password. It works once, for 24 hours.
            The first account must be an admin
  --proxy   of add: the user is named by the header AUTH_PROXY_HEADER of a trusted proxy and has no password here
  list      lists the accounts
  role      changes what an account may do
  disable   ends the sessions of an account, which cannot sign in from then on
  enable    takes that back
  reset     removes the password and second factors of an account, ends its sessions, and prints a new link. Of an account
            that a provider or a proxy signs in, it ends the sessions only
  --help    this text

Exit codes: 0 done, 1 it could not be done, 2 wrong arguments.
`

export type Command =
  | { name: 'help' }
  | { name: 'list' }
  | { name: 'add'; user: string; role: Role; origin: 'local' | 'proxy' }
  | { name: 'role'; user: string; role: Role }
  | { name: 'disable' | 'enable' | 'reset'; user: string }

function readRole(text: string): Role {
  const role = roles.find((each) => each === text)
  if (role === undefined) throw new Error(`${text} is not a role. Give ${roles.join(', ')}.`)
  return role
}

/** Reads the arguments of the command. @throws with what is wrong with them */
export function readUserCommand(args: string[]): Command {
  const options = { role: { type: 'string' }, proxy: { type: 'boolean' }, help: { type: 'boolean' } } as const
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options })
  if (values.help) return { name: 'help' }
  const [name, user, ...more] = positionals
  if (name === undefined) throw new Error('Say what to do: add, list, role, disable, enable or reset.')
  if (name !== 'add' && (values.role !== undefined || values.proxy))
    throw new Error('--role and --proxy belong to add. To change a role: role NAME ROLE.')
  const most = name === 'list' ? 0 : name === 'role' ? 2 : 1
  if (positionals.length - 1 !== most && ['add', 'list', 'role', 'disable', 'enable', 'reset'].includes(name))
    throw new Error(`${name} takes ${['no name', 'one name', 'a name and a role'][most]}.`)
  if (name === 'list') return { name }
  const read = accountName.safeParse(user)
  if (!read.success) throw new Error(`${user} is not a name: ${read.error.issues[0]?.message}`)
  if (name === 'add') {
    const role = readRole(values.role ?? 'viewer')
    return { name, user: read.data, role, origin: values.proxy ? 'proxy' : 'local' }
  }
  if (name === 'role') return { name, user: read.data, role: readRole(more[0] ?? '') }
  if (name === 'disable' || name === 'enable' || name === 'reset') return { name, user: read.data }
  throw new Error(`Unknown command ${name}. Use add, list, role, disable, enable or reset.`)
}
