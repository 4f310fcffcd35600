import type { ReactNode } from 'react'
import { buttonClass } from '#components/ui/button.tsx'
import { NavLink } from '#components/ui/nav-link.tsx'
import type { Storage } from '#lib/model/administration.ts'
import { adminPaths, tablePath, withZone } from '#lib/params/hrefs.ts'
import { bytesText } from '#lib/text/bytes.ts'
import { countOf } from '#lib/text/number.ts'
import { visibleText } from '#lib/text/visible.ts'

/** What is stored, how much space it takes, and what can be done about that. */
export function StorageFacts({ storage, tz }: { storage: Storage; tz: string }) {
  const { folder, database, incoming, reserve, space, uploads, events, auditRows, removed, removedBytes } = storage
  return (
    <div className="flex max-w-[720px] flex-col gap-6">
      <dl className="flex flex-col border-t border-line">
        <Fact name="Free on the disk">{space.free === null ? 'unknown' : bytesText(space.free)}</Fact>
        <Fact
          name="Database"
          note={`${countOf(events, 'event')} of ${countOf(uploads, 'upload')}, ${countOf(auditRows, 'row')} of the audit log`}
        >
          {bytesText(database)}
        </Fact>
        <Fact
          name="Undone uploads"
          note={`${countOf(removed, 'upload')} that can be restored, in the database; they count towards the upload quota and are deleted first when the quota or the disk runs short`}
        >
          {bytesText(removedBytes)}
        </Fact>
        <Fact name="Logs being sent in pieces" note="kept until they are complete, for a day at most">
          {bytesText(incoming)}
        </Fact>
        <Fact name="Reserve" note="so that an upload can be undone when the disk is full">
          {bytesText(reserve)}
        </Fact>
        <Fact name="Folder">
          <code className="text-12 wrap-anywhere">{visibleText(folder)}</code>
        </Fact>
      </dl>
      <p>
        Undo uploads that are no longer needed to make space: the database uses it again. A backup is made on the server
        while it runs: <code>npm run backup -- FILE</code>
      </p>
      <div className="flex flex-wrap gap-2">
        <NavLink href={withZone(tablePath('uploads'), tz)} className={buttonClass()}>
          Uploads
        </NavLink>
        <NavLink href={withZone(adminPaths.audit, tz)} className={buttonClass()}>
          Audit log
        </NavLink>
      </div>
    </div>
  )
}

function Fact({ name, note, children }: { name: string; note?: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 border-b border-line py-2">
      <dt className="w-48 text-dim">{name}</dt>
      <dd className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-3">
        <span className="figures">{children}</span>
        {note !== undefined && <span className="text-12 text-dim">{note}</span>}
      </dd>
    </div>
  )
}
