import { ask } from './ask.ts'
import { expect } from './kind.ts'
import type { Sent } from './ledger.ts'
import type { Site } from './site.ts'

const headers = { 'Tus-Resumable': '1.0.0' }
const base64 = (text: string): string => Buffer.from(text).toString('base64')
const address = (site: Site, { id }: Sent): string => site.url(`/api/v1/resumable/${id}`)

/** Begins an upload in pieces. @throws NotSurvived if it is refused. */
export async function beginTus(site: Site, sent: Sent, length: number): Promise<void> {
  const metadata = `id ${base64(sent.id)},name ${base64(sent.id)}`
  const { status, text } = await ask(site.url('/api/v1/resumable'), {
    method: 'POST',
    headers: { ...headers, 'Upload-Length': String(length), 'Upload-Metadata': metadata },
  })
  expect(status === 201, `tus: POST answered ${status}: ${text}`)
}

/** Bytes that have arrived of an upload in pieces. @throws NotSurvived if it is not known. */
export async function offsetOf(site: Site, sent: Sent): Promise<number> {
  const { status, headers: said } = await ask(address(site, sent), { method: 'HEAD', headers })
  expect(status === 200, `tus: HEAD of an upload that was begun answered ${status}`)
  return Number(said['upload-offset'])
}

/** Sends a piece; after the last one the upload is acknowledged. @throws NotSurvived if it is refused. */
export async function sendPiece(site: Site, sent: Sent, log: Buffer, from: number, to = log.length): Promise<void> {
  const { status, text } = await ask(address(site, sent), {
    method: 'PATCH',
    headers: {
      ...headers,
      'Upload-Offset': String(from),
      'Content-Type': 'application/offset+octet-stream',
      'Content-Length': String(to - from),
    },
    body: log.subarray(from, to),
  })
  expect(status === 204, `tus: PATCH answered ${status}: ${text}`)
  if (to === log.length) sent.state = 'acknowledged'
}
