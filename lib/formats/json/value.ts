import type { LoggedField } from '#lib/asr/event.ts'

/** A value as JSON has it. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }
export type JsonObject = { [key: string]: Json }

export const isObject = (value: Json | null | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The value at a path of keys, or undefined if there is none. */
export function at(object: Json | undefined, ...path: string[]): Json | undefined {
  let value = object
  for (const key of path) {
    if (!isObject(value) || !Object.hasOwn(value, key)) return undefined
    value = value[key]
  }
  return value
}

/** The text of a value: several are joined by line ends, nothing is undefined, an object is its JSON. */
export function textOf(value: Json | undefined): string | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map((each) => textOf(each) ?? '').join('\n')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** The first text among the values at several paths, each written with dots between its keys. */
export function firstText(object: JsonObject, ...paths: string[]): string | undefined {
  for (const path of paths) {
    const text = textOf(at(object, ...path.split('.')))
    if (text !== undefined && text !== '') return text
  }
  return undefined
}

/** Every value of an object as a field, those of objects in it under the path to them. What is null is not there. */
export function flatten(object: JsonObject, prefix = '', fields: LoggedField[] = []): LoggedField[] {
  for (const [key, value] of Object.entries(object)) {
    if (isObject(value)) flatten(value, `${prefix}${key}.`, fields)
    else {
      const text = textOf(value)
      if (text !== undefined) fields.push([prefix + key, text])
    }
  }
  return fields
}

const longNumber = /[:,[\s]-?\d{16,}[,\]}\s]/

/**
 * Reads JSON as `JSON.parse` does, but whole numbers that a double cannot represent (`Keywords`: -9223372036854775808) become
 * their text. @throws SyntaxError if the text is not JSON.
 */
export function parseJson(text: string): Json {
  if (!longNumber.test(text)) return JSON.parse(text) as Json
  const reviver = (_: string, value: Json, context?: { source?: string }): Json =>
    typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(context?.source ?? '')
      ? (context?.source as string)
      : value
  return JSON.parse(text, reviver) as Json
}
