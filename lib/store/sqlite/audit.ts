import type { AuditAction, By } from '#lib/model/access.ts'
import type { Connection } from './database.ts'

type Details = Record<string, unknown> | null

export type Audit = ReturnType<typeof openAudit>

/** Opens what adds rows to the audit log. Call it in the transaction of the change that it records. */
export function openAudit(db: Connection) {
  const add = db.prepare(
    `INSERT INTO audit (at, actor_kind, actor_id, actor_name, address, request, action, subject, before, after)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const text = (details: Details): string | null => (details === null ? null : JSON.stringify(details))
  return (by: By, action: AuditAction, subject: string | null, before: Details, after: Details): void => {
    const { actor, address, request, at } = by
    add.run(
      ...[at, actor.kind, actor.id, actor.name, address, request],
      ...[action, subject, text(before), text(after)],
    )
  }
}
