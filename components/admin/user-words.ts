import type { Account, Role } from '#lib/model/access.ts'

/** What each role is for, in the order of the choices. */
export const roleWords: Record<Role, string> = {
  viewer: 'sees every page and export',
  analyst: 'also uploads, undoes, and decides about stacks',
  admin: 'also names rules and administers this server',
}

export const originWords: Record<Account['origin'], string> = {
  local: 'password',
  oidc: 'sign-in provider',
  proxy: 'proxy',
}

/** How an account proves who it is. */
export function proofOf({ origin, hasPassword, hasTotp, passkeys }: Account): string {
  if (origin !== 'local') return originWords[origin]
  const proofs = [
    ...(hasPassword ? ['password'] : []),
    ...(hasTotp ? ['code'] : []),
    ...(passkeys > 0 ? [passkeys === 1 ? 'passkey' : `${passkeys} passkeys`] : []),
  ]
  return proofs.length === 0 ? 'link not used yet' : proofs.join(' + ')
}
