import { EvtxFile } from '@ts-evtx/core'

// node tools/bench/evtx/library.ts FILE
const begun = performance.now()
const file = await EvtxFile.open(process.argv[2] ?? '')
let characters = 0
let failed = 0
for (const record of file.records()) {
  try {
    characters += record.renderXml().length
  } catch {
    failed += 1
  }
}
process.stdout.write(JSON.stringify({ seconds: (performance.now() - begun) / 1000, characters, failed }))
