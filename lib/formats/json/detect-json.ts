import { readCutOff } from '#lib/formats/json/cut-off.ts'
import { detectFlavour, type FlavourName } from '#lib/formats/json/flavours.ts'
import { splitter } from '#lib/formats/json/split.ts'
import { isObject, type Json, parseJson } from '#lib/formats/json/value.ts'
import { append, between, openWindow } from '#lib/formats/window.ts'

/** Objects that are looked at: the first few may be something else, such as a head of the export. */
const maxObjects = 20

function parsed(text: string): Json | null {
  try {
    return parseJson(text)
  } catch {
    // Not complete: the beginning of a log may end within an object.
    return readCutOff(text)
  }
}

/** The kind of a JSON export by the first object in its head that has the keys of one; null if none has. */
export function detectJson(head: string): FlavourName | null {
  const window = openWindow('utf-8', 0)
  const next = splitter(window)
  append(window, Buffer.from(head))
  window.ended = true
  for (let count = 0; count < maxObjects; count++) {
    const span = next()
    if (!span) return null
    const object = parsed(between(window, span.start, span.end).toString('utf8'))
    const flavour = isObject(object) ? detectFlavour(object) : null
    if (flavour) return flavour.name
  }
  return null
}
