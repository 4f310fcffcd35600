import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'

// biome-ignore lint/plugin: a cache of what never changes may exist twice.
let rules: Map<string, string> | null = null

/** The rules by the stem of their ActionType, from db/lookup; read once, when the first hunting export needs it. */
function readRules(): Map<string, string> {
  const file = join(process.cwd(), 'db/lookup/asr_action_types.csv')
  return new Map(parse(readFileSync(file), { from_line: 2 }) as [action: string, ID: string][])
}

/** The GUID of the rule that an ActionType without its ending is of (`AsrOfficeChildProcess`), or null if there is none. */
export function ruleOfAction(stem: string): string | null {
  rules ??= readRules()
  return rules.get(stem) ?? null
}
