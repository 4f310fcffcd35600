import { type Place, places } from '#lib/model/compared.ts'
import type { Reader } from '#lib/params/limits.ts'
import type { Params, Problem, SearchParams } from '#lib/params/params.ts'
import { parseParams } from '#lib/params/parse.ts'

/** The parameters that only a comparison has. */
export const compareParams = ['a', 'b', 'in'] as const

/** What a comparison is asked for: two uploads, and which of their events. */
export type Asked = { a: string | null; b: string | null; place: Place; params: Params; problems: Problem[] }

const last = (value: string | string[] | undefined): string | null => [value].flat().at(-1) || null

/** Reads the URL of a comparison, on the page and in the API. An upload that is not named is null. */
export function readCompared(search: SearchParams, further: readonly string[] = [], reader: Reader = 'page'): Asked {
  const { params, problems } = parseParams(search, 'uploads', [...compareParams, ...further], reader)
  const [a, b, asked] = [last(search.a), last(search.b), last(search.in)]
  const place = places.find((each) => each === asked)
  if (asked !== null && place === undefined) {
    problems.push({ param: 'in', value: asked, message: `Give one of ${places.join(', ')}.` })
  }
  if (a !== null && a === b) problems.push({ param: 'b', value: a, message: 'Give another upload than a.' })
  return { a, b, place: place ?? 'both', params, problems }
}

/** What is wrong if an upload is not named, which only the API needs to say. */
export const unnamed = ({ a, b }: Asked): Problem[] =>
  [
    ['a', a],
    ['b', b],
  ].flatMap(([param, value]) =>
    value === null ? [{ param: String(param), value: '', message: 'Give the id of an upload.' }] : [],
  )
