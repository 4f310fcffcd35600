import { z } from 'zod'

/** Returns the same schema, but an object may have no other keys than those that the schema names. */
export function strict<Schema extends z.ZodType>(schema: Schema): Schema {
  return strictOf(schema) as Schema
}

function strictOf(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodObject)
    return z.strictObject(Object.fromEntries(Object.entries(schema.shape).map(([name, of]) => [name, strictOf(of)])))
  if (schema instanceof z.ZodArray) return z.array(strictOf(schema.element))
  if (schema instanceof z.ZodRecord) return z.record(z.string(), strictOf(schema.valueType))
  if (schema instanceof z.ZodUnion) return z.union(schema.options.map(strictOf))
  if (schema instanceof z.ZodNullable) return z.nullable(strictOf(schema.unwrap()))
  if (schema instanceof z.ZodOptional) return z.optional(strictOf(schema.unwrap()))
  return schema
}

/**
 * Returns a row as the API writes it. @throws if the row is not exactly what the schema says: a key too many or missing, or
 * a value of another type, at any depth.
 */
export const encodeStrictly = <Schema extends z.ZodType>(schema: Schema, row: unknown): z.input<Schema> =>
  z.encode(strict(schema), row as z.output<Schema>)
