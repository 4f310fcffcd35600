import type { Context } from '#lib/access/context.ts'
import type { Setting } from '#lib/model/administration.ts'
import type { Reads } from '#lib/store/reads.ts'

type Known = { usual: string | null; meaning: string; isSecret?: true }

/** The settings of the server, all of the environment. README.md has the same table with more words; a test compares both. */
export const knownSettings: Readonly<Record<string, Known>> = {
  PORT: { usual: '3000', meaning: 'Port to listen on' },
  HOST: { usual: '127.0.0.1', meaning: 'Address to listen on' },
  ALLOW_OPEN: { usual: null, meaning: '1: listen on HOST without sign-in, as long as there is no account' },
  ALLOWED_HOSTS: {
    usual: null,
    meaning: 'Names, besides loopback, that the server answers to; a port if browsers use another one than PORT',
  },
  TLS_CERT: { usual: null, meaning: 'File of the certificate for https' },
  TLS_KEY: { usual: null, meaning: 'File of its private key' },
  PLAIN_HTTP: { usual: null, meaning: '1: listen on HOST without encryption' },
  TRUSTED_PROXIES: { usual: null, meaning: 'Addresses of proxies that say where requests come from' },
  AUTH_PROXY_HEADER: { usual: null, meaning: 'Header in which a trusted proxy names the user' },
  OIDC_ISSUER: { usual: null, meaning: 'Provider of OpenID Connect' },
  OIDC_CLIENT_ID: { usual: null, meaning: 'Id of this server at the provider' },
  OIDC_CLIENT_SECRET: { usual: null, meaning: 'Secret of this server at the provider', isSecret: true },
  OIDC_ROLE_CLAIM: { usual: 'roles', meaning: 'Claim that has the role' },
  OIDC_NAME: { usual: null, meaning: 'Name of the provider on the page of sign-in' },
  DATA_DIR: { usual: './data', meaning: 'Folder of the data' },
  DATABASE_URL: { usual: null, meaning: 'Only SQLite in DATA_DIR is supported', isSecret: true },
  NEXT_DIST_DIR: { usual: '.next', meaning: 'Folder of the build' },
  UNPACK_MAX_ENTRIES: { usual: '20000', meaning: 'Files in one upload’s archives' },
  UNPACK_MAX_BYTES: { usual: '68719476736', meaning: 'Bytes they unpack to' },
  UNPACK_MAX_RATIO: { usual: '500', meaning: 'Times their packed size, beyond 256 MiB' },
  UNPACK_MAX_SECONDS: { usual: '900', meaning: 'Seconds that reading one upload’s archives may take' },
  UPLOAD_MAX_BYTES: { usual: '68719476736', meaning: 'Bytes of one upload' },
  UPLOAD_IDLE_SECONDS: { usual: '60', meaning: 'Seconds without a byte after which an upload fails' },
  INCOMING_MAX_BYTES_PER_CLIENT: { usual: '137438953472', meaning: 'Bytes that one address is sending in pieces' },
  INCOMING_MAX_BYTES: {
    usual: '274877906944',
    meaning: 'Bytes that all are sending in pieces, and that are kept of undone uploads',
  },
  UNDO_KEEP_HOURS: { usual: '24', meaning: 'Hours for which an undo can be reversed' },
  EXPORTS_PER_HOUR: { usual: '600', meaning: 'Exports that each account or token may make in an hour' },
  QUERY_SECONDS: { usual: '60', meaning: 'Seconds that one question to the database may take' },
  LOG_LEVEL: { usual: 'info', meaning: 'Lowest level that is logged' },
}

/** The settings that are set, by their names. Of a secret only that it is set. */
export const settingsSeen = (environment: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(knownSettings).flatMap(([name, { isSecret }]) => {
      const value = environment[name]
      return value === undefined || value === '' ? [] : [[name, isSecret ? '(set)' : value]]
    }),
  )

/** Records which settings are others than at the last start. To be called once, when the store is open. */
export const noteSettings = ({ writes }: Pick<Context, 'writes'>): Promise<void> =>
  writes.seeSettings(settingsSeen(process.env))

/** Changes of settings that are looked through for the newest of each. */
const mostChanges = 1000

const textOf = (details: Record<string, unknown> | null): string | null =>
  typeof details?.value === 'string' ? details.value : null

/** The settings as the server was started with them, each with what it was before. */
export async function listSettings(reads: Pick<Reads, 'audit'>): Promise<Setting[]> {
  const filter = { actor: null, action: 'setting-changed' as const, subject: null, from: null, to: null }
  const { rows } = await reads.audit(filter, { offset: 0, limit: mostChanges })
  const newest = new Map(rows.toReversed().map((row) => [row.subject, row]))
  const seen = settingsSeen(process.env)
  return Object.entries(knownSettings).map(([name, { usual, meaning }]) => ({
    ...{ name, value: seen[name] ?? null, usual, meaning },
    before: textOf(newest.get(name)?.before ?? null),
    changedAt: newest.get(name)?.at ?? null,
  }))
}
