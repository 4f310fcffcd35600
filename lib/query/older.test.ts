import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { dayLength } from '#lib/asr/hours.ts'
import { selectEvents } from './events.ts'
import { whyNone } from './older.ts'
import { ask, type Question } from './question.ts'
import { detectionOf, openSeededStore, paramsOf } from './testing.ts'

const seeded = openSeededStore(300)
const { reads, events } = seeded
after(() => seeded.close())

const newest = Math.max(...events.map(({ time }) => time))
const yearLater = newest + 365 * dayLength
const select = (question: Question) => selectEvents(reads, question)

/** Why a query has no events, a year after the newest event. */
async function why(query: string) {
  const question = await ask(reads, paramsOf('events', query), yearLater)
  const page = await select(question)
  return { total: page.total, ...(await whyNone(reads, question, page, select, question.params.filters)) }
}

test('data that is older than the range is the reason only if the range ends now', async () => {
  const { total, ifAnchored } = await why('last=7d')
  assert.equal(total, 0)
  assert.equal(ifAnchored, (await why('last=7d&anchor=newest')).total)
  assert.ok(ifAnchored > 0)
  assert.equal((await why('last=7d&page=3&limit=1')).ifAnchored, ifAnchored)
  for (const query of [`last=7d&to=${new Date(yearLater).toISOString()}`, 'last=7d&q=nothing+has+this', 'dest=nobody'])
    assert.deepEqual(await why(query), { total: 0, ifAnchored: 0, lacksStack: false, anywhere: [] }, query)
})

test('a stack is missing only if no event of it is stored, and nothing is asked of a table with rows', async () => {
  const stack = (await detectionOf(reads, 'stacking', paramsOf('stacking', 'limit=1'))).rows[0]?.stack
  assert.ok(stack)
  assert.equal((await why(`stack=${stack}&dest=nobody`)).lacksStack, false)
  assert.equal((await why(`stack=${'A'.repeat(22)}`)).lacksStack, true)
  assert.deepEqual(await why(''), { total: (await why('')).total, ifAnchored: 0, lacksStack: false, anywhere: [] })
})

/** The number of events under some filters. */
const total = async (query: string) => (await select(await ask(reads, paramsOf('events', query), yearLater))).total

test('a value that nothing has is offered anywhere in its field, with as many events as that finds', async () => {
  const { anywhere } = await why('Process_Name=WMIPRVSE.exe')
  assert.deepEqual(anywhere, [
    {
      values: [{ field: 'Process_Name', written: 'WMIPRVSE.exe', instead: '*WMIPRVSE.exe*' }],
      total: await total('Process_Name=*wmiprvse*'),
    },
  ])
  assert.ok((anywhere[0]?.total ?? 0) > 0)
  // A pattern, what is left out, and what is nowhere are not offered; nor is one value whose other finds nothing.
  for (const query of [
    'Path=*nowhere*',
    'Path=nowhere',
    'Path=!*',
    'Path=NULL&Path=!NULL',
    'EventCode=11',
    'Path=%3Da*b',
  ])
    assert.deepEqual((await why(query)).anywhere, [], query)
})

test('values that find something only together are offered together', async () => {
  const query = 'Process_Name=wmiprvse&Path=powershell'
  const found = await total('Process_Name=*wmiprvse*&Path=*powershell*')
  assert.ok(found > 0)
  const { anywhere } = await why(query)
  assert.deepEqual(
    anywhere.map(({ values, total }) => [values.map(({ instead }) => instead), total]),
    [[['*wmiprvse*', '*powershell*'], found]],
  )
  const mixed = await why('Process_Name=wmiprvse&Path=*powershell*&EventCode=!5007')
  assert.deepEqual(
    mixed.anywhere.map(({ total }) => total),
    [found],
  )
})
