import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { z } from 'zod'
import { detectionKeys } from '#lib/asr/detections.ts'
import { apiWriter } from '#lib/http/api-writer.ts'
import { defaultBy } from '#lib/hunting/definition.ts'
import { batchesOf, continuityOf, event } from '#lib/ingest/testing.ts'
import { account, auditPage, auditRow, type By, session, token } from '#lib/model/access.ts'
import { comparedVersion, heldCount, type Pair, places, sideStretches } from '#lib/model/compared.ts'
import { continuityLists, continuityRows, hostBreak } from '#lib/model/continuity-rows.ts'
import {
  type Decision,
  decidedReach,
  decisionSteps,
  groupSteps,
  hostGroup,
  storedDecision,
} from '#lib/model/decisions.ts'
import { timelinePoint } from '#lib/model/figures.ts'
import { hostRow, labelledHost, modeCounts, ruleName, ruleRow, ruleStateRow } from '#lib/model/hosts.ts'
import { detectionPage, detectionRowOf, eventDetail, eventRow, fleetStack } from '#lib/model/hunting.ts'
import { passkey } from '#lib/model/passkeys.ts'
import { codeCount, receipt, rejectRow, uploadTotals } from '#lib/model/receipt.ts'
import { removedUpload } from '#lib/model/removed.ts'
import { leftOutRisk, riskCounts, tacticRow } from '#lib/model/risk.ts'
import { count, page, time } from '#lib/model/schema.ts'
import { stackMembers, stackPage, stackRow } from '#lib/model/stacks.ts'
import { recomputing } from '#lib/model/state.ts'
import { encodeStrictly } from '#lib/model/testing.ts'
import { valuePage } from '#lib/model/values.ts'
import { rowColumns } from '#lib/params/columns.ts'
import type { TableName } from '#lib/params/params.ts'
import { readPattern } from '#lib/params/pattern.ts'
import { countQuestion } from '#lib/query/counts.ts'
import { ask, asked } from '#lib/query/question.ts'
import { openSeededStore, paramsOf } from '#lib/query/testing.ts'
import type { Reads, Sorted, StackQuestion } from './reads.ts'

const seeded = openSeededStore(1200)
after(() => seeded.close())
const { reads, writer } = seeded

// A log with a reject, a version and ids that start again, and one that has some of its events.
const start = 1_790_000_000_000
const ofVersion = { 'Security intelligence Version': '1.401.1', ID: '56A863A9-875E-4185-98A7-B882C64B5CE5' }
const logged = Array.from({ length: 8 }, (_, at) =>
  event(1121, 'gap', start + at * 60_000, ofVersion, at < 4 ? at + 101 : at + 1),
)
const reject = { reason: 'no-time', detail: 'the record has no time', snippet: '<x>' } as const
writer.createUpload({ id: 'odd', name: 'odd.xml', tz: 'UTC', bytes: null })
writer.startUpload('odd', 'xml')
for (const [batch, counts] of batchesOf(logged))
  writer.write('odd', batch, { ...counts, rejects: [{ ...reject, record: 9, line: 9, offset: 0 }] })
writer.finishUpload('odd', continuityOf(logged))
const other = [...logged.slice(2), event(1121, 'gap', start + 9 * 60_000, {}, 9)]
const pair: Pair = ['odd', seeded.add(other)]
const undone = seeded.add([event(1121, 'undone', start)])
writer.undoUpload(undone, {
  actor: { kind: 'local', id: null, name: 'local' },
  address: null,
  request: null,
  at: Date.now(),
})
writer.createUpload({ id: 'archive', name: 'a.zip', tz: 'UTC', bytes: null })
writer.createUpload({ id: 'part', name: 'a.xml', tz: 'UTC', bytes: null, parent: 'archive' })

const made: Decision = {
  ...{ id: 'd-of-a-test', disposition: 'known-good', scope: null, reason: '', expiresAt: null },
  ...{ author: 'jane', isSigned: false, createdAt: start },
  patterns: [{ column: 'Process_Name', step: 'exact', value: '*', isWildcard: true }],
}
const signed = { author: 'jane', isSigned: false, at: start }
writer.changeDecisions('decide', [made], signed)
writer.changeDecisions('setGroups', [{ name: 'All', patterns: ['*'] }], signed, null)
const by: By = { actor: { kind: 'local', id: null, name: 'local' }, address: '::1', request: 'a', at: start }
const jane = { id: 'jane', name: 'Jane', role: 'admin', origin: 'local' } as const
const begun = { method: 'password', address: '::1', agent: 'Firefox', expiresAt: start + 9, compared: null } as const
writer.changeAccess('addAccount', jane, null, by)
writer.changeAccess('setPassword', 'jane', { secret: 'scrypt', compared: null }, null, by)
const ofJane = { key: 'k', name: 'Key', secret: 'p', counter: 0, host: 'a' }
writer.changeAccess('addPasskey', 'jane', { passkey: ofJane, compared: null }, null, by)
writer.changeAccess('signIn', { ...begun, id: 's', hash: 'h', account: 'jane' }, null, by)
writer.changeAccess('makeToken', { id: 't', hash: 'h', name: 'wall', scope: 'display', expiresAt: null }, by)
const anything = { actor: null, action: null, subject: null, from: null, to: null }
const decided = { groups: [], decisions: [{ ...made, id: 'some', scope: null }] }

/** An answer of the store, and the schema that it must fit. */
type Case = [schema: z.ZodType, answer: unknown]

const first = { offset: 0, limit: 50 }
const range = { from: 0, to: 2_000_000_000_000 }

async function all<Row>(rows: AsyncIterable<Row[]>): Promise<Row[]> {
  return (await Array.fromAsync(rows)).flat()
}

const question = async (table: TableName, query = '') => {
  const made = await ask(reads, paramsOf(table, query), start)
  const sorted: Sorted = { sort: made.params.sort, page: first }
  return { made, ...asked(made), ...sorted }
}

const detectionQuestions = () =>
  Promise.all(
    detectionKeys.flatMap((detection) =>
      (['totals', 'hours', 'events'] as const).map(async (source) => ({
        ...(await question(detection)),
        ...{ detection, source, faithful: null, isWeakened: false },
        range: source === 'totals' ? { from: null, to: null } : range,
      })),
    ),
  )

const riskQuestion = async () => ({ ...(await question('risk')), range, source: 'hours' as const, leftOut: null })

const stackQuestion = async (): Promise<StackQuestion> => ({
  ...(await question('stack')),
  ...{ by: defaultBy, groups: [], decisions: [], hides: false, since: { time: start }, newness: null },
  rare: { hosts: null, events: null, share: null },
  minRatio: null,
  hint: null,
  stackFilters: [],
})

const memberQuestion = async () => {
  const asked = await stackQuestion()
  return { ...asked, stack: (await reads.stacks(asked)).rows[0]?.stack ?? '', limit: 9 }
}

/** Questions of every kind; what `find` and `findRows` answer is for the store that made it. A question without an entry does not compile. */
const questions: { [Question in Exclude<keyof Reads, 'find' | 'findRows' | 'close'>]: () => Promise<Case[]> } = {
  span: async () => [[z.object({ oldest: time, newest: time }), await reads.span()]],
  hasStack: async () => [[z.boolean(), await reads.hasStack('x')]],
  detection: async () =>
    Promise.all(
      (await detectionQuestions()).map(async (each): Promise<Case> => {
        const row = detectionRowOf(rowColumns[each.detection])
        return [detectionPage(row), await reads.detection(each)]
      }),
    ),
  detectionRows: async () =>
    Promise.all(
      (await detectionQuestions()).map(async (each): Promise<Case> => {
        const row = detectionRowOf(rowColumns[each.detection])
        return [z.array(row), await all(reads.detectionRows(each))]
      }),
    ),
  values: async () =>
    Promise.all(
      (['dest', 'Path', 'User'] as const).map(async (field): Promise<Case> => {
        const grain = field === 'dest' ? 'rule' : field === 'Path' ? 'stack' : 'event'
        const given = {
          detection: 'stacking',
          source: 'totals',
          faithful: null,
          isWeakened: false,
          find: [],
          limit: 9,
        } as const
        return [valuePage, await reads.values({ ...(await question('stacking')), ...given, field, grain })]
      }),
    ),
  events: async () => [
    [page(eventRow), await reads.events(await question('events'))],
    [page(eventRow), await reads.events(await question('events', 'q=exe'))],
    [page(eventRow), await reads.events(await question('events', 'sort=Path'))],
  ],
  eventRows: async () => [[z.array(eventRow), await all(reads.eventRows(await question('events')))]],
  event: async () => {
    const { rows } = await reads.events(await question('events'))
    return [[eventDetail, await reads.event(rows[0]?.id ?? '')]]
  },
  hosts: async () => {
    const hosts = await question('hosts')
    const risk = await riskQuestion()
    return [[page(hostRow), await reads.hosts({ ...hosts, ...countQuestion(hosts.made), risk })]]
  },
  ruleStates: async () => [[z.array(ruleStateRow), await reads.ruleStates('gap')]],
  hasHost: async () => [[z.boolean(), await reads.hasHost('gap')]],
  hostsByLabel: async () => [[z.array(labelledHost).min(1), await reads.hostsByLabel(['gap'])]],
  rules: async () => {
    const rules = await question('rules')
    return [[z.array(ruleRow), await reads.rules({ ...countQuestion(rules.made), sort: rules.sort })]]
  },
  ruleNames: async () => [[z.array(ruleName), await reads.ruleNames()]],
  tactics: async () => [[z.array(tacticRow), await reads.tactics()]],
  risk: async () => [
    [page(riskCounts), await reads.risk(await riskQuestion())],
    [page(riskCounts), await reads.risk({ ...(await riskQuestion()), source: 'events' })],
  ],
  countOver24h: async () => [[z.int(), await reads.countOver24h(await riskQuestion())]],
  leftOutRisk: async () => [
    [leftOutRisk, await reads.leftOutRisk({ ...(await riskQuestion()), leftOut: await reads.findRows(decided) })],
  ],
  reach: async () => [[decidedReach, await reads.reach(decided, ['some'])]],
  decisions: async () => [[z.array(storedDecision).min(1), await reads.decisions()]],
  decision: async () => [[storedDecision, await reads.decision(made.id)]],
  decisionHistory: async () => [[decisionSteps, await reads.decisionHistory(null, first)]],
  hostGroups: async () => [[z.array(hostGroup).min(1), await reads.hostGroups()]],
  groupHistory: async () => [[groupSteps, await reads.groupHistory(first)]],
  groupCounts: async () => [
    [
      z.object({ hosts: count, groups: z.array(z.object({ hosts: count, taken: count })) }),
      await reads.groupCounts([{ name: 'a', patterns: [readPattern('*')] }]),
    ],
  ],
  accounts: async () => [[z.array(account), await reads.accounts(start)]],
  passkeys: async () => [[z.array(passkey), await reads.passkeys('jane')]],
  sessions: async () => [
    [z.array(session), await reads.sessions(null, start)],
    [z.array(session), await reads.sessions('jane', start)],
  ],
  tokens: async () => [[z.array(token), await reads.tokens()]],
  audit: async () => [[auditPage, await reads.audit(anything, first)]],
  auditRows: async () => [[z.array(auditRow), await all(reads.auditRows(anything))]],
  timeline: async () => [
    [z.array(timelinePoint), await reads.timeline({ ...(await question('events')), source: 'hours', bucket: 'day' })],
    [z.array(timelinePoint), await reads.timeline({ ...(await question('events')), source: 'events', bucket: 'hour' })],
  ],
  fleet: async () =>
    Promise.all(
      (['rarest', 'most-frequent', 'new'] as const).map(
        async (order): Promise<Case> => [
          z.array(fleetStack),
          await reads.fleet({ order, within: null, page: { offset: 0, limit: 9 } }),
        ],
      ),
    ),
  countFleet: async () => [[z.int().min(1), await reads.countFleet(null)]],
  stacks: async () => [[stackPage, await reads.stacks(await stackQuestion())]],
  stackRows: async () => [[z.array(stackRow), await all(reads.stackRows(await stackQuestion()))]],
  stackMembers: async () => [[stackMembers, await reads.stackMembers(await memberQuestion())]],
  stackEvents: async () => [[page(eventRow), await reads.stackEvents({ ...(await memberQuestion()), sort: [] })]],
  hostBreaks: async () => [
    [page(hostBreak), await reads.hostBreaks({ kind: 'cleared', dest: null, range, page: first })],
  ],
  counts: async () => [[modeCounts, await reads.counts({ from: start - 86_400_000, to: start })]],
  version: async () => [[z.string(), await reads.version()]],
  uploads: async () => [[page(receipt), await reads.uploads(await question('uploads'))]],
  upload: async () => [[receipt, await reads.upload('odd')]],
  newestUpload: async () => [[receipt, await reads.newestUpload()]],
  uploadTotals: async () => [[uploadTotals, await reads.uploadTotals()]],
  comparableWith: async () => [[z.string(), await reads.comparableWith('odd')]],
  uploadNamed: async () => [[receipt, await reads.uploadNamed('odd')]],
  removing: async () => [[z.string().nullable(), await reads.removing()]],
  archiveOf: async () => [[z.string(), await reads.archiveOf((await reads.logs('archive'))[0]?.id ?? '')]],
  removed: async () => [[z.array(removedUpload), await reads.removed()]],
  undoSize: async () => [[count, await reads.undoSize('odd')]],
  logs: async () => [[z.array(receipt), await reads.logs('archive')]],
  rejects: async () => [[page(rejectRow), await reads.rejects('odd', first)]],
  rejectRows: async () => [[z.array(rejectRow), await all(reads.rejectRows('odd'))]],
  countWithoutDest: async () => [[count, await reads.countWithoutDest('odd')]],
  storedCodes: async () => [[z.array(codeCount), await reads.storedCodes('odd')]],
  continuity: async () =>
    Promise.all(
      continuityLists.map(
        async (list): Promise<Case> => [
          page(continuityRows[list]),
          await reads.continuity(list, 'odd', { ...first, dest: null }),
        ],
      ),
    ),
  continuityRows: async () =>
    Promise.all(
      continuityLists.map(
        async (list): Promise<Case> => [
          z.array(continuityRows[list]),
          await all(reads.continuityRows(list, 'odd', 'gap')),
        ],
      ),
    ),
  heldCounts: async () => [[z.array(heldCount), await reads.heldCounts(pair)]],
  comparedVersions: async () => [[z.array(comparedVersion), await reads.comparedVersions(pair)]],
  countUnknown: async () => [[count, await reads.countUnknown(pair)]],
  comparedSides: async () => [[page(sideStretches), await reads.comparedSides(pair, first)]],
  comparedEvents: async () =>
    Promise.all(
      places.map(async (place): Promise<Case> => [page(eventRow), await reads.comparedEvents(pair, place, first)]),
    ),
  comparedEventRows: async () => [[z.array(eventRow), await all(reads.comparedEventRows(pair, 'both'))]],
  recomputing: async () => [[recomputing.nullable(), await reads.recomputing()]],
}

/** Questions that this store answers with nothing. Every answer to another one must have a row. */
const without = ['removing', 'recomputing']

const isEmpty = (answer: unknown): boolean =>
  answer === null ||
  (Array.isArray(answer) && answer.length === 0) ||
  (typeof answer === 'object' && 'rows' in answer && (answer.rows as unknown[]).length === 0)

for (const [name, cases] of Object.entries(questions))
  test(`the answer to "${name}" has the columns and types of its schema and no others, and the API writes it by that`, async () => {
    const answers = await cases()
    for (const [schema, answer] of answers) assert.deepEqual(apiWriter(schema)(answer), encodeStrictly(schema, answer))
    if (!without.includes(name))
      for (const [index, [, answer]] of answers.entries()) assert.ok(!isEmpty(answer), `answer ${index}`)
  })

test('a column too many, one that is missing and one of another type are noticed at any depth', async () => {
  const { rows, total } = await reads.comparedSides(pair, first)
  const [row] = rows
  const side = row?.sides[0]
  const run = side?.runs[0]
  assert.ok(row && side && run)
  const withRun = (other: object) => ({ total, rows: [{ ...row, sides: [{ ...side, runs: [other] }] }] })
  encodeStrictly(page(sideStretches), withRun(run))
  const { lastId: _, ...short } = run
  for (const other of [{ ...run, upload: 1 }, short, { ...run, lastId: '1' }, { ...run, firstTime: '2026-01-01' }])
    assert.throws(() => encodeStrictly(page(sideStretches), withRun(other)), z.core.$ZodError)
})
