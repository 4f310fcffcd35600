import { Logged } from '#components/table/cells/logged.tsx'
import { TimeCell } from '#components/table/cells/time-cell.tsx'
import type { RemovedUpload } from '#lib/model/removed.ts'
import { bytesText } from '#lib/text/bytes.ts'
import { countOf } from '#lib/text/number.ts'
import { visibleText } from '#lib/text/visible.ts'
import { RestoreButton } from './restore-button.tsx'

type Props = { removed: readonly RemovedUpload[]; tz: string; mayRestore: boolean }

/** Uploads that were undone, as long as that can be reversed; closed until it is asked for. */
export function RemovedUploads({ removed, tz, mayRestore }: Props) {
  const bytes = removed.reduce((sum, each) => sum + each.bytes, 0)
  return (
    <details className="text-13">
      <summary className="w-fit cursor-pointer rounded-sm text-dim">
        {countOf(removed.length, 'undone upload')} can be restored ({bytesText(bytes)})
      </summary>
      <ul className="mt-2 flex flex-col gap-1">
        {removed.map((each) => (
          <li key={each.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t border-line py-1.5">
            <span className="font-medium wrap-anywhere">
              <Logged text={each.name} />
            </span>
            <span className="figures">{countOf(each.stored, 'event')}</span>
            <span className="text-dim">
              undone by {visibleText(each.removedBy)} <TimeCell time={each.removedAt} tz={tz} />
            </span>
            <span className="text-dim">
              kept until <TimeCell time={each.keptUntil} tz={tz} />
            </span>
            {each.state === 'kept' && mayRestore && <RestoreButton id={each.id} name={visibleText(each.name)} />}
            {each.state !== 'kept' && <span>{each.state === 'removing' ? 'being removed' : 'being restored'}</span>}
          </li>
        ))}
      </ul>
    </details>
  )
}
