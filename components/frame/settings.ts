import { cookies } from 'next/headers'

export type Theme = 'light' | 'dark' | 'system'

/** What a browser keeps between visits, in cookies so that the server renders it right the first time. */
export type Settings = { theme: Theme; rail: 'open' | 'folded'; keys: 'on' | 'off'; timeline: 'shown' | 'hidden' }

/** The settings of the browser that asks. */
export async function readSettings(): Promise<Settings> {
  const jar = await cookies()
  const [theme, rail] = [jar.get('theme')?.value, jar.get('rail')?.value]
  return {
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    rail: rail === 'folded' ? 'folded' : 'open',
    keys: jar.get('keys')?.value === 'off' ? 'off' : 'on',
    timeline: jar.get('timeline')?.value === 'hidden' ? 'hidden' : 'shown',
  }
}
