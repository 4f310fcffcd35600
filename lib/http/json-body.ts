import type { z } from 'zod'
import type { Problem } from '#lib/params/params.ts'
import { errorAnswer, problemsAnswer } from './answer.ts'

const shown = (value: unknown): string => String(JSON.stringify(value) ?? value).slice(0, 120)

/** The part of a value that a path names. */
const partOf = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((of, key) => (typeof of === 'object' && of !== null ? Reflect.get(of, key) : undefined), value)

const problemsOf = (value: unknown, { issues }: z.ZodError, isSecret: boolean): Problem[] =>
  issues.map(({ path, message }) => ({
    param: path.length === 0 ? 'body' : path.map(String).join('.'),
    value: isSecret ? '…' : shown(partOf(value, path)),
    message,
  }))

/** The text of a body of so many bytes at most; null if it has more. */
async function textOf(request: Request, most: number): Promise<string | null> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of request.body ?? []) {
    bytes += chunk.length
    if (bytes > most) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/**
 * Reads a JSON body with a schema. The answer, if it is too long, not JSON or does not fit, names every part that is
 * wrong. Nothing of a body that `isSecret` is in it.
 */
export async function readJson<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
  most: number,
  isSecret = false,
): Promise<{ data: z.output<Schema> } | { refused: Response }> {
  const text = await textOf(request, most)
  if (text === null)
    return { refused: errorAnswer(413, 'too-large', `The body is too large. It can have ${most} bytes.`) }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    const message = isSecret ? 'The body is not JSON.' : `The body is not JSON: ${(error as Error).message}`
    return { refused: errorAnswer(400, 'bad-parameter', message) }
  }
  const read = schema.safeParse(value)
  return read.success ? { data: read.data } : { refused: problemsAnswer(problemsOf(value, read.error, isSecret)) }
}
