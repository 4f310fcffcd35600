import { existsSync } from 'node:fs'
import { damage } from './damage.ts'
import { fullDisk } from './full-disk.ts'
import { kills } from './kills.ts'
import type { Kind } from './kind.ts'
import { many } from './many.ts'
import { parseOptions, usage } from './options.ts'
import { hasSurvived, type Row, runKind } from './run.ts'
import { secondServer } from './second-server.ts'
import { stalled } from './stalled.ts'
import { table } from './table.ts'

const kinds: Kind[] = [kills, fullDisk, stalled, many, secondServer, damage]

/** Runs the command line and returns its exit code: 0 everything survived, 1 something did not, 2 bad arguments. */
async function main(): Promise<number> {
  const parsed = parseOptions(process.argv.slice(2), Math.floor(Date.now() / 1000))
  if (parsed.kind === 'help') {
    process.stdout.write(usage)
    return 0
  }
  if (parsed.kind === 'error') {
    console.error(`faults: ${parsed.message}`)
    return 2
  }
  if (!existsSync('.next/BUILD_ID')) {
    console.error('faults: there is no build. Run npm run build first.')
    return 2
  }
  const { only, minutes, seed } = parsed.options
  console.log(`seed ${seed}, ${minutes} minutes`)
  const chosen = kinds.filter(({ name }) => only.includes(name))
  const shares = chosen.reduce((sum, { share }) => sum + share, 0)
  const given = { seed, isShort: minutes < 2, report: (line: string) => console.log(line) }
  const rows: Row[] = []
  for (const kind of chosen) rows.push(...(await runKind(kind, (minutes * 60_000 * kind.share) / shares, given)))
  console.log(`\n${table(rows)}`)
  const lost = rows.filter((row) => !hasSurvived(row))
  console.log(
    lost.length === 0 ? '\nEverything was survived.' : `\nNot survived: ${lost.map(({ what }) => what).join('; ')}.`,
  )
  return lost.length === 0 ? 0 : 1
}

process.on('SIGINT', () => process.exit(130))
process.on('SIGTERM', () => process.exit(143))
process.exitCode = await main()
