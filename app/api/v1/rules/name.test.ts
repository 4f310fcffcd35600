import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { theLocalActor } from '#lib/access/actor.ts'
import { asRequest, context } from '#lib/access/context.ts'
import { endProcess } from '#lib/access/testing.ts'
import { event, openFixture } from '#lib/ingest/testing.ts'
import { defaultParams } from '#lib/params/defaults.ts'
import { ask } from '#lib/query/question.ts'
import { selectRule } from '#lib/query/rules.ts'
import { PUT } from './[ID]/route.ts'

const unknown = 'A1EF78EB-FE9B-4FB2-B548-50B85B4D2AF7'
const other = 'C28BF0FB-388C-438B-A41D-8688461AF900'
const published = '9E6C4E1F-7D60-472F-BA1A-A39EF669E4B2'

const fixture = openFixture()
fixture.add([event(1121, 'PC1', 0, { ID: unknown })])
const lookup = join(fixture.folder, 'lookup/asr_rules.csv')
mkdirSync(join(fixture.folder, 'lookup'))
writeFileSync(lookup, `ID,ASR_Rule,short,note\n${other},Alpha test,Alpha,"kept, as it is"\n`)
process.env.DATA_DIR = fixture.folder
after(async () => {
  await endProcess()
  await fixture.close()
})

const put = async (ID: string, query: string) => {
  const answer = await asRequest(theLocalActor, () =>
    PUT(new Request(`http://127.0.0.1/api/v1/rules/${ID}${query}`, { method: 'PUT' }), {
      params: Promise.resolve({ ID }),
    }),
  )
  return { status: answer.status, body: await answer.json() }
}
const nameOf = (ID: string) =>
  asRequest(theLocalActor, async () => {
    const { reads } = await context()
    return (await selectRule(reads, ID, await ask(reads, defaultParams('rules'), 0)))?.ASR_Rule
  })

test('a rule that no lookup has is named in place, at once and for every later start', async () => {
  assert.equal(await nameOf(unknown), 'NULL')
  const { status, body } = await put(`{${unknown.toLowerCase()}}`, '?name=Alpha%20test%202')
  assert.equal(status, 200)
  assert.deepEqual(body, { ID: unknown, name: 'Alpha test 2', short: 'Alpha test 2' })
  assert.equal(await nameOf(unknown), 'Alpha test 2')
  assert.equal((await put(unknown, '?name==1%2B1,%20"Alpha"')).status, 200)
  await endProcess()
  assert.equal(await nameOf(unknown), '=1+1, "Alpha"')
})

test('other rows and columns of the lookup of the data folder are kept, and a renamed rule gets a new short form', async () => {
  assert.match(readFileSync(lookup, 'utf8'), new RegExp(`^${other},Alpha test,Alpha,"kept, as it is"$`, 'm'))
  const { body } = await put(other, '?name=Beta%20test')
  assert.deepEqual(body, { ID: other, name: 'Beta test', short: 'Beta test' })
  assert.match(readFileSync(lookup, 'utf8'), new RegExp(`^${other},Beta test,,"kept, as it is"$`, 'm'))
})

test("Microsoft's rules keep their names, and a name that makes no sense is refused with the reason", async () => {
  const before = readFileSync(lookup, 'utf8')
  assert.equal((await put(published, '?name=Mine')).status, 409)
  const refused: [string, string, RegExp][] = [
    [unknown, '', /name=: Give a name of 1 to 200 characters/],
    [unknown, `?name=${'a'.repeat(201)}`, /Give a name of 1 to 200 characters/],
    [unknown, '?name=NULL', /NULL is what/],
    [unknown, '?name=a%E2%80%AEb', /control or direction/],
    [unknown, '?name=a&short=b', /short=b: There is no such parameter/],
    ['zzz', '?name=a', /ID=ZZZ: The id of a rule is a GUID/],
  ]
  for (const [ID, query, message] of refused) {
    const { status, body } = await put(ID, query)
    assert.equal(status, 400, query)
    assert.match(body.error.message, message)
  }
  assert.equal(readFileSync(lookup, 'utf8'), before)
})
