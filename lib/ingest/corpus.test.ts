import assert from 'node:assert/strict'
import { test } from 'node:test'
import { corpusFiles, noCorpus } from '#lib/formats/testing.ts'
import type { Receipt } from '#lib/model/rows.ts'
import { assertTotalsHold } from '#lib/store/testing.ts'
import { openFixture, sendLog } from './testing.ts'

/** What each real log becomes: stored, duplicates, others by code, rejects by reason; or why nothing. Counted by hand. */
type Pin = [stored: number, duplicates: number, others: Record<string, number>, rejects: string[]] | 'unknown-format'

const one: Pin = [1, 0, {}, []]
const other = (code: string): Pin => [0, 0, { [code]: 1 }, []]

const xml: Record<string, Pin> = {
  'atc_1121_2019_10fields.xml': one,
  'defender_1121.xml': one,
  'defender_1121_1122_5007.xmlwineventlog.log': [3, 0, {}, []],
  'defender_1122.xml': one,
  'defender_5007.xml': one,
  'ez_1013.xml': other('1013'),
  'ez_1116.xml': other('1116'),
  'ez_1117.xml': other('1117'),
  'ez_1134.xml': one,
  'ez_1150.xml': other('1150'),
  'ez_2000.xml': other('2000'),
  'ez_5000.xml': other('5000'),
  'ez_5001.xml': other('5001'),
  'ez_5007.xml': one,
}
const text: Record<string, Pin> = {
  '1121_ie_view_pasted.txt': one,
  'UChiMU.raw.log': [0, 0, { 'Security/1200': 3, 'Security/1202': 2 }, []],
  'XNPzEl.raw.log': [0, 0, { 'Security/4688': 5 }, []],
  'azurelocal_1121_message.txt': 'unknown-format',
}
const mixed = 'all_windows_example_logs.xmlwineventlog.log'
const few = 'defender_1121_1122_5007.xmlwineventlog.log'

const others = ({ otherCodes }: Receipt): number => Object.values(otherCodes).reduce((sum, count) => sum + count, 0)

for (const [folder, pins] of Object.entries({ xml, text })) {
  const files = corpusFiles(folder)
  test(`each real log in ${folder} becomes what it was counted as, and its receipt adds up`, {
    skip: files ? false : noCorpus,
  }, async () => {
    const became: Record<string, Pin> = {}
    for (const { name, bytes } of files ?? []) {
      if (name === mixed) continue
      const fixture = openFixture()
      const { ending, receipt } = await sendLog(fixture, bytes, { name, size: 4096 })
      assert.ok(receipt, name)
      const { db } = fixture.writer
      const reasons = db.prepare('SELECT reason FROM reject ORDER BY record').pluck().all() as string[]
      const { records, stored, duplicates, rejects } = receipt
      assert.equal(records, stored + duplicates + others(receipt) + rejects, name)
      assert.equal(rejects, reasons.length, name)
      assert.equal(receipt.state, ending?.state === 'done' ? 'done' : 'failed', name)
      became[name] =
        ending?.state === 'unknown-format' ? ending.state : [stored, duplicates, receipt.otherCodes, reasons]
      assertTotalsHold(db)
      await fixture.close()
    }
    assert.deepEqual(became, pins)
  })
}

const files = corpusFiles('xml')
const bytesOf = (file: string) => files?.find(({ name }) => name === file)?.bytes ?? Buffer.alloc(0)

test('of 68 events of all kinds three are stored, or none if they are there already', {
  skip: files ? false : noCorpus,
}, async () => {
  for (const [before, stored, duplicates] of [
    [[], 3, 0],
    [[few], 0, 3],
    [[mixed], 0, 3],
  ] as const) {
    const fixture = openFixture()
    for (const name of before) await sendLog(fixture, bytesOf(name))
    const { receipt } = await sendLog(fixture, bytesOf(mixed), { size: 999 })
    assert.ok(receipt)
    assert.deepEqual(
      [receipt.state, receipt.records, receipt.stored, receipt.duplicates, others(receipt), receipt.rejects],
      ['done', 68, stored, duplicates, 65, 0],
    )
    assert.deepEqual([receipt.dests, receipt.format, receipt.tz], [1, 'xml', 'UTC'])
    assert.equal(new Date(receipt.firstTime ?? 0).toISOString(), '2023-11-20T16:29:48.984Z')
    assert.equal(new Date(receipt.lastTime ?? 0).toISOString(), '2023-11-27T10:39:16.174Z')
    await fixture.close()
  }
})
