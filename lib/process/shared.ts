/**
 * State of this process, by name: made at the first call, and the same one from then on. `lib/` is in the process twice, run
 * by the server and bundled by Next, so a variable of a module would exist twice: see docs/decisions/034.
 */
export function shared<State>(name: string, make: () => State): State {
  const states = all()
  if (!states.has(name)) states.set(name, make())
  return states.get(name) as State
}

/** For tests: forgets all state, as a new process does. */
export const forgetShared = (): void => all().clear()

function all(): Map<string, unknown> {
  const kept = globalThis as { asrHuntShared?: Map<string, unknown> }
  kept.asrHuntShared ??= new Map()
  return kept.asrHuntShared
}
