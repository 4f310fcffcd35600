import { seal, unseal } from './seal.ts'

const purposeOf = (account: string): string => `totp of ${account}`

/** The secret of an authenticator app as the store keeps it: sealed for its account. */
export const sealedTotp = {
  make: (account: string, secret: string): string => seal(purposeOf(account), secret, null),
  /** Empty if it cannot be opened, as with the secret of another data folder: then no code fits. */
  open: (account: string, sealed: string, now: number): string => {
    const secret = unseal(purposeOf(account), sealed, now)
    return typeof secret === 'string' ? secret : ''
  },
}
