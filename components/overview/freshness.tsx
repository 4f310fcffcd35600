import { Clock, Upload } from 'lucide-react'
import { Logged } from '#components/table/cells/logged.tsx'
import { linkClass, NavLink } from '#components/ui/nav-link.tsx'
import type { Receipt } from '#lib/model/rows.ts'
import { tablePath, uploadPath, withZone } from '#lib/params/hrefs.ts'
import { countOf } from '#lib/text/number.ts'
import { relativeText, timeText } from '#lib/text/time.ts'

type Props = { newestEvent: number | null; newestUpload: Receipt | null; tz: string; now: number }

/** How new the data is: its newest event and its newest upload. */
export function Freshness({ newestEvent, newestUpload, tz, now }: Props) {
  return (
    <p className="flex flex-wrap items-center gap-x-6 gap-y-1 border-b border-line px-4 py-1.5 text-12">
      {newestEvent !== null && (
        <span className="flex items-center gap-1.5">
          <Clock aria-hidden className="size-3.5 text-dim" />
          Newest event
          <NavLink href={withZone(tablePath('events'), tz)} className={`figures ${linkClass}`}>
            {timeText(newestEvent, tz)}
          </NavLink>
          <span className="text-dim">{relativeText(newestEvent, now)}</span>
        </span>
      )}
      {newestUpload !== null && (
        <span className="flex min-w-0 items-center gap-1.5">
          <Upload aria-hidden className="size-3.5 shrink-0 text-dim" />
          <span className="whitespace-nowrap">Newest upload</span>
          <NavLink href={withZone(uploadPath(newestUpload.id), tz)} className={`min-w-0 truncate ${linkClass}`}>
            <Logged text={newestUpload.name} />
          </NavLink>
          <span className="text-dim">
            {relativeText(newestUpload.createdAt, now)}, {countOf(newestUpload.stored, 'event')} stored
          </span>
        </span>
      )}
    </p>
  )
}
