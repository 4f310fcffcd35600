import { printableText } from '#lib/log/printable.ts'
import { openJudge } from '#tools/fuzz/judge.ts'
import { minimise } from '#tools/fuzz/minimise.ts'
import { parseOptions, usage } from '#tools/fuzz/options.ts'
import { type Found, run } from '#tools/fuzz/run.ts'
import { keep } from '#tools/fuzz/seeds.ts'
import type { Subject } from '#tools/fuzz/subjects.ts'
import { rejectsOf, type Tally } from '#tools/fuzz/tally.ts'

/** Mutants of one kind that are made small and kept; more of the same would say nothing new. */
const keptOfKind = 2

/** One line of the table: what became of the mutants of a subject. */
function line(subject: Subject, tally: Tally, found: number): string {
  const { mutants, refused, records, events, others } = tally
  const cells = [subject, mutants, refused, records, events, others, rejectsOf(tally), found]
  return `| ${cells.join(' | ')} |`
}

/** Runs the command line and returns its exit code: 0 none found, 1 found, 2 bad arguments. */
async function main(): Promise<number> {
  const parsed = parseOptions(process.argv.slice(2), Math.floor(Date.now() / 1000))
  if (parsed.kind === 'help') {
    process.stdout.write(usage)
    return 0
  }
  if (parsed.kind === 'error') {
    console.error(`fuzz: ${printableText(parsed.message)}`)
    return 2
  }
  const { subjects, minutes, seed, withCorpus } = parsed.options
  console.log(`seed ${seed}, ${minutes} minutes each`)
  console.log('| format | mutants | refused | records | events | others | rejects | found |')
  let sum = 0
  const judge = openJudge()
  try {
    for (const subject of subjects) {
      const until = Date.now() + minutes * 60_000
      const kinds = new Map<string, number>()
      const onFound = async ({ seed, mutant, broken }: Found): Promise<void> => {
        const known = kinds.get(broken.kind) ?? 0
        kinds.set(broken.kind, known + 1)
        if (known >= keptOfKind) return
        const isBroken = async (smaller: Buffer) => (await judge.judge(subject, smaller)).broken?.kind === broken.kind
        const small = await minimise(mutant.bytes, isBroken)
        const path = keep(subject, small, broken, mutant.from, mutant.isReal)
        console.log(
          `${subject}, seed ${seed}, ${broken.kind}: ${broken.message.split('\n')[0]}\n  kept as ${path} (${small.length} bytes)`,
        )
      }
      const { tally, found } = await run(judge, {
        subject,
        seed,
        isOver: () => Date.now() > until,
        withCorpus,
        onFound,
      })
      console.log(line(subject, tally, found.length))
      sum += found.length
    }
  } finally {
    await judge.close()
  }
  return sum > 0 ? 1 : 0
}

process.exitCode = await main()
