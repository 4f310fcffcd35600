import { chunkSize } from '#lib/formats/evtx/chunk.ts'
import { fileHeaderSize } from '#lib/formats/evtx/file.ts'
import { renderEvtxRecord } from '#lib/formats/evtx/xml.ts'
import type { Reading } from '#lib/formats/testing.ts'

/** Renders the XML of the first events of a log, which must end in XML or in damage. */
export function checkRendering(log: Buffer, { events }: Reading): void {
  for (const { place } of events.slice(0, 3)) {
    const chunk = fileHeaderSize + Math.floor((place.offset - fileHeaderSize) / chunkSize) * chunkSize
    const at = Math.max(0, chunk)
    renderEvtxRecord(log.subarray(at, at + chunkSize), place.offset - at)
  }
}
