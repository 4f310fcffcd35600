/**
 * Whether tests are skipped that need something which is not installed; `missing` says what, null is nothing. It is said aloud, since a long list
 * of tests hides it. With CI=true nothing is skipped: there the tests fail.
 */
export function mustSkip(
  missing: string | null,
  environment: Record<string, string | undefined> = process.env,
): boolean {
  if (missing === null || environment.CI === 'true') return false
  process.stderr.write(`Skipped: ${missing}\n`)
  return true
}
