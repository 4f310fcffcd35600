import type { Step } from './definition.ts'

// A stand-in until lib/hunting/forms is merged: replace its three importers' paths and delete this file.

export const formVersion = 1

/** Returns the form of a text at a step of the ladder of its kind. */
export function formOf(step: Step, _kind: 'path' | 'command', text: string): string {
  if (step === 'exact') return text
  const lower = text.toLowerCase().trimEnd()
  if (step === 'normalised') return lower
  const at = lower.lastIndexOf('\\')
  return step === 'folder' ? lower.slice(0, Math.max(at, 0)) : lower.slice(at + 1)
}
