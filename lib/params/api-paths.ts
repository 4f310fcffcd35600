import type { ContinuityListName } from '#lib/model/rows.ts'

const root = '/api/v1'

/** The addresses of the API, for routes, pages and the command line. */
export const apiPaths = {
  table: (name: string): string => `${root}/${name}`,
  values: (table: string): string => `${root}/values/${table}`,
  event: (id: string): string => `${root}/events/${encodeURIComponent(id)}`,
  decisions: `${root}/dispositions`,
  decision: (id: string): string => `${root}/dispositions/${encodeURIComponent(id)}`,
  decisionHistory: (id: string): string => `${root}/dispositions/${encodeURIComponent(id)}/history`,
  allDecisionHistory: `${root}/dispositions/history`,
  undoDecision: (id: string): string => `${root}/dispositions/${encodeURIComponent(id)}/undo`,
  importDecisions: (isApplied: boolean): string => `${root}/dispositions/import${isApplied ? '?apply=1' : ''}`,
  previewDecisions: `${root}/dispositions/preview`,
  groups: `${root}/groups`,
  stackMembers: (key: string): string => `${root}/stack/${encodeURIComponent(key)}`,
  stackEvents: (key: string): string => `${root}/stack/${encodeURIComponent(key)}/events`,
  progress: (id: string): string => `${root}/progress/${encodeURIComponent(id)}`,
  rule: (ID: string): string => `${root}/rules/${encodeURIComponent(ID)}`,
  uploads: `${root}/uploads`,
  upload: (id: string): string => `${root}/uploads/${encodeURIComponent(id)}`,
  /** A list of an upload, which can also be had as NDJSON or CSV. */
  uploadList: (id: string, list: ContinuityListName | 'rejects', format: 'json' | 'csv' | 'ndjson'): string =>
    `${root}/uploads/${encodeURIComponent(id)}/${list}?format=${format}`,
  /** Where logs are sent in pieces by the tus protocol 1.0 (tus.io), so that a lost connection does not start them over. */
  resumable: `${root}/resumable`,
  sample: `${root}/sample`,
  signIn: `${root}/sign-in`,
  signInByCode: `${root}/sign-in/code`,
  signInByLink: `${root}/sign-in/link`,
  signInByPasskey: `${root}/sign-in/passkey`,
  /** Leads to the provider of OpenID Connect, and then to a page. */
  oidc: (to: string): string => `${root}/sign-in/oidc?to=${encodeURIComponent(to)}`,
  /** Where the provider leads the browser back to. */
  oidcCallback: `${root}/sign-in/oidc/callback`,
  signOut: `${root}/sign-out`,
  account: `${root}/account`,
  ownPassword: `${root}/account/password`,
  ownTotp: `${root}/account/totp`,
  ownPasskeys: `${root}/account/passkeys`,
  ownPasskey: (id: string): string => `${root}/account/passkeys/${encodeURIComponent(id)}`,
  ownSessions: `${root}/account/sessions`,
  ownSession: (id: string): string => `${root}/account/sessions/${encodeURIComponent(id)}`,
  users: `${root}/users`,
  user: (id: string): string => `${root}/users/${encodeURIComponent(id)}`,
  userLink: (id: string): string => `${root}/users/${encodeURIComponent(id)}/link`,
  sessions: `${root}/sessions`,
  session: (id: string): string => `${root}/sessions/${encodeURIComponent(id)}`,
  tokens: `${root}/tokens`,
  token: (id: string): string => `${root}/tokens/${encodeURIComponent(id)}`,
  auditLog: `${root}/audit-log`,
  display: `${root}/display`,
  removed: `${root}/removed`,
  restore: (id: string): string => `${root}/removed/${encodeURIComponent(id)}/restore`,
  wall: `${root}/wall`,
  wallStream: `${root}/wall/stream`,
}
