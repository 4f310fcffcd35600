import { z } from 'zod'

type Write = (value: unknown) => unknown

const readsNothing = new Set(['string', 'number', 'boolean', 'literal', 'enum', 'unknown'])

/** How a value of a schema is written; null if it is written as it is. */
function writeOf(schema: z.core.$ZodType): Write | null {
  if (schema instanceof z.ZodCodec) {
    return (value) => {
      // `new Date(null)` is a time too: that of 1970.
      if (typeof value !== 'number') throw new TypeError(`A time is ${value}. It must be a number of milliseconds.`)
      return schema.def.reverseTransform(value, { value, issues: [] })
    }
  }
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional) {
    const write = writeOf(schema.unwrap())
    return write && ((value) => (value === null || value === undefined ? value : write(value)))
  }
  if (schema instanceof z.ZodArray) {
    const write = writeOf(schema.element)
    return write && ((value) => (value as unknown[]).map(write))
  }
  if (schema instanceof z.ZodRecord) {
    const write = writeOf(schema.valueType)
    return (
      write && ((value) => Object.fromEntries(Object.entries(value as object).map(([key, of]) => [key, write(of)])))
    )
  }
  if (schema instanceof z.ZodObject) return objectWrite(schema)
  if (readsNothing.has(schema._zod.def.type)) return null
  throw new Error(`There is no way to write a ${schema._zod.def.type}.`)
}

/** Copies an object, and writes those of its values that have a time in them. */
function objectWrite(schema: z.ZodObject): Write | null {
  const writes = Object.entries(schema.shape).flatMap(([name, of]) => {
    const write = writeOf(of)
    return write === null ? [] : [{ name, write }]
  })
  if (writes.length === 0) return null
  return (value) => {
    const written = { ...(value as Record<string, unknown>) }
    for (const { name, write } of writes) if (written[name] !== undefined) written[name] = write(written[name])
    return written
  }
}

/**
 * Returns a function that writes values as the API answers them: as `z.encode` does, but without checking them, since an
 * export has millions of rows. Times become text. What is not in the schema is kept: tests look for it.
 * @throws if the schema has a part of which it is not known how to write it.
 */
export function apiWriter<Schema extends z.ZodType>(schema: Schema): (value: z.output<Schema>) => z.input<Schema> {
  const write = writeOf(schema)
  return (value) => (write === null ? value : write(value)) as z.input<Schema>
}
