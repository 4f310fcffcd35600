import { announce } from '#components/ui/announce.ts'

/** What the server answered to a change: its JSON, null if it has none, or what went wrong. */
export type Sent = { data: unknown; failure: null } | { data: null; failure: string; status: number }

/** Sends a change as JSON. */
export async function send(path: string, method: 'POST' | 'PUT' | 'DELETE' | 'GET', body?: object): Promise<Sent> {
  try {
    const answer = await fetch(path, {
      method,
      ...(body === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    if (answer.ok) return { data: text === '' ? null : JSON.parse(text), failure: null }
    const { errorMessage } = await import('#lib/model/answer.ts')
    return {
      data: null,
      failure: plain(errorMessage(text)) ?? `The server answered ${answer.status}.`,
      status: answer.status,
    }
  } catch {
    return { data: null, failure: 'The server cannot be reached. Try again.', status: 0 }
  }
}

/** A message about one field without its name and its value, which is typed again anyway. */
const plain = (message: string | null): string | null => message?.replace(/^\w+=…: /, '') ?? null

/** Leaves this page for another one of this server, which is loaded again: what it shows depends on who asks. */
export function leaveTo(path: string): void {
  announce('Loading')
  location.assign(path)
}
