import { interruptible } from '#lib/ingest/interruptible.ts'
import { settingOf, type UploadLimits } from './upload-limits.ts'

/** The sender of a body has sent nothing for too long. */
export class Stalled extends Error {
  override name = 'Stalled'
  code = 'STALLED'
  constructor(seconds: number) {
    super(`no byte came for ${seconds} seconds (${settingOf('idleSeconds')})`)
  }
}

/** A body is larger than an upload may be. */
export class TooLarge extends Error {
  override name = 'TooLarge'
  code = 'TOO_LARGE'
  constructor(most: number) {
    super(`a log may have ${most} bytes (${settingOf('bytes')})`)
  }
}

/**
 * The bytes of a body within the limits. Only the time counts in which bytes are asked for, not that in which the server is
 * busy with others. @throws Stalled, TooLarge, or what the body throws.
 */
export async function* boundedBody(
  body: AsyncIterable<Uint8Array>,
  { bytes, idleSeconds }: Pick<UploadLimits, 'bytes' | 'idleSeconds'>,
): AsyncGenerator<Uint8Array> {
  const source = interruptible(body)
  const wait = () => setTimeout(() => source.interrupt(new Stalled(idleSeconds)), idleSeconds * 1000)
  let received = 0
  let timer = wait()
  try {
    for await (const chunk of source) {
      clearTimeout(timer)
      received += chunk.length
      if (received > bytes) throw new TooLarge(bytes)
      yield chunk
      timer = wait()
    }
  } finally {
    clearTimeout(timer)
  }
}
