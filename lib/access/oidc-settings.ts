import { type Role, roles } from '#lib/model/access.ts'

/** A provider of OpenID Connect, and what this server is to it. */
export type OidcSettings = {
  issuer: URL
  clientId: string
  clientSecret: string
  /** The claim that has the role: its name, or a path with dots. */
  roleClaim: string
  /** What the button of sign-in calls the provider. */
  name: string
}

const isLoopback = ({ hostname }: URL): boolean => /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname)

/** Whether an address can be asked without encryption: it is on this machine. */
export const isPlainIssuer = (issuer: URL): boolean => issuer.protocol === 'http:' && isLoopback(issuer)

/**
 * Returns the settings OIDC_…; null if none is set. @throws if one is missing, or if the issuer is not an https address; http is
 * accepted on this machine only
 */
export function oidcSettings(env: NodeJS.ProcessEnv = process.env): OidcSettings | null {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = env
  const missing = Object.entries({ OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret })
    .filter(([, value]) => !value)
    .map(([name]) => name)
  if (missing.length === 3) return null
  if (!issuer || !clientId || !clientSecret)
    throw new Error(
      `${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} not set. OpenID Connect needs all three.`,
    )
  const url = URL.parse(issuer)
  if (url === null || (url.protocol !== 'https:' && !isPlainIssuer(url)))
    throw new Error(
      `OIDC_ISSUER is ${JSON.stringify(issuer)}. Give the https address of the provider, such as https://login.example/realms/soc.`,
    )
  return {
    issuer: url,
    clientId,
    clientSecret,
    roleClaim: env.OIDC_ROLE_CLAIM || 'roles',
    name: env.OIDC_NAME || url.hostname,
  }
}

type Claims = Readonly<Record<string, unknown>>

/** What a claim has: under its name, or else at the path that its dots are. */
function claimOf(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name]
  return name
    .split('.')
    .reduce<unknown>(
      (value, part) =>
        typeof value === 'object' && value !== null && Object.hasOwn(value, part) ? (value as Claims)[part] : undefined,
      claims,
    )
}

/** Whether a claim is there at all. */
export const hasClaim = (claims: Claims, name: string): boolean => claimOf(claims, name) !== undefined

/**
 * The highest role that a claim names, a text or a list of texts: `admin` or `asr-hunt-admin`, `analyst`, `viewer` likewise; null if it
 * names none.
 */
export function roleOf(claims: Claims, name: string): Role | null {
  const named = [claimOf(claims, name)].flat()
  return roles.findLast((role) => named.includes(role) || named.includes(`asr-hunt-${role}`)) ?? null
}

/** Characters of the name of an account. */
const longestName = 90

/** The name of an account, from the claims of a user: what people call themselves, in visible characters. */
export function nameOf(claims: Claims): string {
  const names = [claims.preferred_username, claims.email, claims.name, claims.sub]
  const plain = names.map((each) =>
    typeof each === 'string'
      ? each
          .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '')
          .trim()
          .slice(0, longestName)
          .trim()
      : '',
  )
  return plain.find((each) => each !== '') ?? 'user'
}
