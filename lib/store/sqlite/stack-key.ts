import { hashOf } from './hash.ts'
import { hashNumbers } from './keyed.ts'

/** What a stack is identified by: numbers of dests, detections and texts, and the states of a change. */
export type StackKey = {
  dest: number
  detection: number
  code: number
  rule: number
  process: number
  path: number
  command: number
  old: number
  new: number
  oldState: string
  newState: string
}

const numbersOf = ({ dest, detection, code, rule, process, path, command, old, new: new_ }: StackKey): number[] => [
  dest,
  detection,
  code,
  rule,
  process,
  path,
  command,
  old,
  new_,
]

/** A number of 52 bits; keys that share one are told apart by `isSameKey`. */
export function hashOfKey(key: StackKey): number {
  const numbers = numbersOf(key)
  if (key.oldState !== '' || key.newState !== '') numbers.push(hashOf(key.oldState), hashOf(key.newState))
  return hashNumbers(numbers)
}

export const isSameKey = (a: StackKey, b: StackKey): boolean =>
  a.dest === b.dest &&
  a.process === b.process &&
  a.path === b.path &&
  a.command === b.command &&
  a.code === b.code &&
  a.rule === b.rule &&
  a.detection === b.detection &&
  a.old === b.old &&
  a.new === b.new &&
  a.oldState === b.oldState &&
  a.newState === b.newState
