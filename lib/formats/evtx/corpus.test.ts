import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { inShort, read } from '#lib/formats/testing.ts'
import { readEvtx } from './read.ts'
import { corpus } from './testing.ts'

/** What becomes of each real log: events of ours, other records, rejects. Most have no damage and no more than their records. */
const pinned: Record<string, [events: number, others: number, rejects: string[]]> = {
  'defender/ID1116-1117-Defender threat detected.evtx': [0, 6, []],
  'defender/ID1151-Defender health status.evtx': [0, 455, []],
  'defender/ID5007-Defender threat exclusion (native).evtx': [4, 0, []],
  'general/2-system-Microsoft-Windows-LiveId%4Operational.evtx': [0, 399, []],
  // Copied while it was written: beyond the torn record are older ones, which are read too.
  'general/2-vss_0-Microsoft-Windows-RemoteDesktopServices-RdpCoreTS%4Operational.evtx': [
    0,
    1975,
    ['bad-checksum', 'bad-checksum'],
  ],
  'general/2-vss_0-Microsoft-Windows-TerminalServices-RemoteConnectionManager%4Operational.evtx': [
    0,
    1795,
    ['no-channel'],
  ],
  'general/2-vss_7-System.evtx': [0, 1160, []],
  'general/Application_no_crc32.evtx': [0, 17, []],
  'general/E_ShadowCopy6_windows_system32_winevt_logs_Microsoft-Windows-CAPI2%4Operational.evtx': [0, 459, []],
  'general/E_Windows_system32_winevt_logs_Microsoft-Windows-CAPI2%4Operational.evtx': [0, 340, []],
  'general/E_Windows_system32_winevt_logs_Microsoft-Windows-Shell-Core%4Operational.evtx': [0, 1146, []],
  'general/MSExchange_Management_wec.evtx': [0, 1, []],
  // Zeroed from the middle of its last record on: the channel of that record is NULs.
  'general/Microsoft-Windows-HelloForBusiness%4Operational.evtx': [0, 5, ['no-channel']],
  'general/Microsoft-Windows-LanguagePackSetup%4Operational.evtx': [0, 16, ['no-channel']],
  'general/Security_short_selected.evtx': [0, 7, []],
  'general/Security_with_size_t.evtx': [0, 636, []],
  'general/System.evtx': [0, 5009, []],
  'general/System2.evtx': [0, 284, []],
  'general/new-user-security.evtx': [0, 4, []],
  'general/post-Security.evtx': [0, 126, []],
  'general/sample-with-irregular-bool-values.evtx': [0, 3028, []],
  // One record has the size 0: those behind it are found by their signature.
  'general/sample-with-zero-data-size-event.evtx': [0, 450, []],
  // Two chunks begin with zeroed pages: the templates lost there are those of earlier chunks.
  'general/sample_with_a_bad_chunk_magic.evtx': [0, 382, ['no-channel', 'no-channel']],
  'general/security.evtx': [0, 2261, []],
  'general/security_bad_string_cache.evtx': [0, 2261, []],
  'general/sysmon.evtx': [0, 358, []],
  'general/system.evtx': [0, 1881, []],
}

type Expected = {
  file: string
  events: number
  unparsed: number
  defender_ids: Record<string, number>
  channels: Record<string, number>
}

const list = join(corpus, 'evtx/expected_counts.json')

test('every real log returns the counts of the reference decoder, or better', async (t) => {
  if (!existsSync(list)) return t.skip(`${list} is not there`)
  const all = JSON.parse(readFileSync(list, 'utf8')) as Expected[]
  assert.deepEqual(all.map(({ file }) => file.slice(5)).sort(), Object.keys(pinned).sort())
  for (const expected of all) {
    const name = expected.file.slice(5)
    const reading = await read(readEvtx, readFileSync(join(corpus, expected.file)), 65536)
    const { events, others, rejects } = inShort(reading)
    const count = Object.values(others).reduce((sum, one) => sum + one, 0)
    assert.deepEqual([events.length, count, rejects], pinned[name], name)
    assert.ok(reading.records >= expected.events + expected.unparsed, `${name}: every record is accounted for`)
    for (const [code, wanted] of Object.entries(expected.defender_ids))
      assert.equal(
        events.filter((one) => one === Number(code)).length + (others[code] ?? 0),
        wanted,
        `${name}: ${code}`,
      )
    for (const [channel, wanted] of Object.entries(expected.channels)) {
      if (channel === '' || channel.startsWith('\\x00') || channel.includes('Windows Defender')) continue
      const read = Object.entries(others).filter(([code]) => code.startsWith(`${channel}/`))
      assert.ok(read.reduce((sum, [, one]) => sum + one, 0) >= wanted, `${name}: ${channel}`)
    }
  }
})
