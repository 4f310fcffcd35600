/** What a mutant brought to light: which promise was broken, and how. */
export class Finding extends Error {
  override name = 'Finding'
  /** Which promise: findings of the same kind are taken for the same. */
  readonly kind: string

  constructor(kind: string, message: string) {
    super(message)
    this.kind = kind
  }
}

/** @throws Finding if a promise is not kept. */
export function hold(isKept: boolean, kind: string, message: () => string): void {
  if (!isKept) throw new Finding(kind, message())
}
