import { isObject, type Json, type JsonObject } from '#lib/formats/json/value.ts'

/** Deepest path of keys that is unfolded; fields of ECS have at most five. */
const maxKeys = 16

/** An object whose keys are paths (`winlog.event_data.Path`) as the nested object they describe. The first of two wins. */
export function unfold(object: JsonObject): JsonObject {
  const root: JsonObject = Object.create(null)
  for (const [path, value] of Object.entries(object)) {
    const keys = path.split('.', maxKeys)
    const last = keys.pop() as string
    let parent: JsonObject | null = root
    for (const key of keys) {
      const child: Json = parent[key] ?? Object.create(null)
      parent[key] = child
      parent = isObject(child) ? child : null
      if (parent === null) break
    }
    if (parent !== null && !(last in parent)) parent[last] = value
  }
  return root
}
