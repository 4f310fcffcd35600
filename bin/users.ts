import { request as openRequest } from 'node:http'
import { text } from 'node:stream/consumers'
import { theLocalActor } from '#lib/access/actor.ts'
import { asRequest, type Context, context } from '#lib/access/context.ts'
import { type Account, accountPage, type MadeUser, madeUser, type Role } from '#lib/model/access.ts'
import { errorMessage, parseAnswer } from '#lib/model/answer.ts'
import { apiPaths } from '#lib/params/api-paths.ts'
import { longestPage } from '#lib/params/limits.ts'
import { closeStore } from '#lib/store/open.ts'

export type NewUser = { name: string; role: Role; origin: 'local' | 'proxy' }

/** The accounts of a data folder, as `npm run user` needs them. Each throws with a message for people. */
export type Users = {
  list(): Promise<Account[]>
  add(user: NewUser): Promise<MadeUser['link']>
  change(id: string, change: { role?: Role; isDisabled?: boolean }): Promise<void>
  /** Takes password, second factors and sessions away; returns the new one-time link, or null if the account signs in elsewhere. */
  reset(id: string): Promise<MadeUser['link']>
  close(): Promise<void>
}

/** The accounts, read and written in this process, which has the lock of the data folder. */
export function openUsersHere(release: () => void): Users {
  const run = <Result>(work: (context: Context) => Promise<Result>): Promise<Result> =>
    asRequest(theLocalActor, async () => work(await context()))
  return {
    list: () => run(({ reads, now }) => reads.accounts(now)),
    add: ({ name, role, origin }) =>
      run(async ({ writes }) => {
        if (origin === 'local') return (await writes.addAccount(name, role)).link
        await writes.addProxyAccount(name, role)
        return null
      }),
    change: (id, change) => run(async ({ writes }) => void (await writes.changeAccount(id, change))),
    reset: (id) => run(async ({ writes }) => (await writes.resetAccount(id))?.link ?? null),
    close: () => closeStore().finally(release),
  }
}

/** The accounts, through the running server. */
export function openUsersByServer(socketPath: string): Users {
  async function ask(method: string, path: string, body?: object): Promise<string> {
    const headers = body === undefined ? {} : { 'Content-Type': 'application/json' }
    const request = openRequest({ socketPath, method, path, headers })
    const answered = new Promise<{ status: number; said: string }>((resolve, reject) => {
      request.once('response', (response) => {
        text(response).then((said) => resolve({ status: response.statusCode ?? 0, said }), reject)
      })
      request.once('error', reject)
    })
    request.end(body === undefined ? undefined : JSON.stringify(body))
    const { status, said } = await answered
    if (status < 300) return said
    throw new Error(errorMessage(said) ?? `The server answered ${status}.`)
  }
  return {
    list: async () => {
      const accounts: Account[] = []
      for (let page = 1; ; page++) {
        const said = await ask('GET', `${apiPaths.users}?limit=${longestPage.page}&page=${page}`)
        const { total, rows } = parseAnswer(accountPage, said)
        accounts.push(...rows)
        if (rows.length === 0 || accounts.length >= total) return accounts
      }
    },
    add: async (user) => parseAnswer(madeUser, await ask('POST', apiPaths.users, user)).link,
    change: async (id, change) => void (await ask('PUT', apiPaths.user(id), change)),
    reset: async (id) => parseAnswer(madeUser, await ask('POST', apiPaths.userLink(id))).link,
    close: async () => {},
  }
}
