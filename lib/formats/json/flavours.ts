import { isHunting, readHunting } from '#lib/formats/defender-hunting/record.ts'
import { isEcs, readEcs } from '#lib/formats/ecs/record.ts'
import { evtxJsonShape, isEvtxJson } from '#lib/formats/evtx-json/record.ts'
import { evtxECmdShape, isEvtxECmd } from '#lib/formats/evtxecmd/record.ts'
import { isWinEvent, winEventShape } from '#lib/formats/get-winevent/record.ts'
import { unfold } from '#lib/formats/json/dotted.ts'
import { at, isObject, type JsonObject, parseJson } from '#lib/formats/json/value.ts'
import type { ReadOptions } from '#lib/formats/outcome.ts'
import { judgeShape, type Shape } from '#lib/formats/shape.ts'
import { isSplunk, readSplunk } from '#lib/formats/splunk/record.ts'
import { isVelociraptor, velociraptorShape } from '#lib/formats/velociraptor/record.ts'
import type { Verdict } from '#lib/formats/verdict.ts'
import { isWazuh, readWazuh } from '#lib/formats/wazuh/record.ts'

/** Reads a local time of a machine as its culture writes it: CSV has such, JSON none. */
export type Clock = (text: string, tz: string) => number | null

type Read = (object: JsonObject, options: ReadOptions, clock?: Clock) => Verdict

/** One kind of export: its name before `-json` or `-csv`, how an object of it is recognized by its keys, and how it is judged. */
export type Flavour = { name: string; isOf: (object: JsonObject) => boolean; read: Read }

const judged =
  (shape: (object: JsonObject) => Shape): Read =>
  (object, options) =>
    judgeShape(shape(object), options)

const readWinEvent: Read = (object, options, clock) =>
  judgeShape(winEventShape(object, clock && ((text) => clock(text, options.tz))), options)

/** The kinds of object that are records; the first that fits counts. */
export const flavours = [
  { name: 'splunk', isOf: isSplunk, read: (object, options) => readSplunk(object, options, readNested) },
  { name: 'evtx', isOf: isEvtxJson, read: judged(evtxJsonShape) },
  { name: 'evtxecmd', isOf: isEvtxECmd, read: judged(evtxECmdShape) },
  { name: 'get-winevent', isOf: isWinEvent, read: readWinEvent },
  { name: 'wazuh', isOf: isWazuh, read: readWazuh },
  { name: 'ecs', isOf: isEcs, read: readEcs },
  { name: 'velociraptor', isOf: isVelociraptor, read: judged(velociraptorShape) },
  { name: 'defender-hunting', isOf: isHunting, read: readHunting },
] as const satisfies readonly Flavour[]

export type FlavourName = (typeof flavours)[number]['name']

/** The record within what an export wraps around each: Elasticsearch, Splunk, Chainsaw's hits. */
function unwrap(object: JsonObject): JsonObject {
  for (const path of [['_source'], ['result'], ['document', 'data']]) {
    const inner = at(object, ...path)
    if (isObject(inner)) return inner
  }
  return object
}

/** The object of a record as its flavour knows it, and the flavour; null if it is of none. */
function find(object: JsonObject): { object: JsonObject; flavour: (typeof flavours)[number] } | null {
  const inner = unwrap(object)
  const isFolded = Object.keys(inner).some((key) => key.includes('.'))
  for (const each of isFolded ? [inner, unfold(inner)] : [inner]) {
    const flavour = flavours.find(({ isOf }) => isOf(each))
    if (flavour) return { object: each, flavour }
  }
  return null
}

/** The kind of export that an object of it shows, or null if its keys are those of none. */
export const detectFlavour = (object: JsonObject): (typeof flavours)[number] | null => find(object)?.flavour ?? null

/** Judges one object by the flavour that its keys show, or null if they are those of none. */
export function readObject(object: JsonObject, options: ReadOptions): Verdict | null {
  const found = find(object)
  return found ? found.flavour.read(found.object, options) : null
}

/** Judges an object that an event carries as its text. One within that is not looked for. */
function readNested(raw: string, options: ReadOptions): Verdict | null {
  try {
    const object = parseJson(raw)
    return isObject(object) && !('_raw' in unwrap(object)) ? readObject(object, options) : null
  } catch {
    // Not JSON: then the text is a message, and the caller tries other forms.
    return null
  }
}
