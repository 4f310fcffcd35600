import type { RemovedUpload } from '#lib/model/removed.ts'
import { bytesText } from '#lib/text/bytes.ts'
import { countOf } from '#lib/text/number.ts'
import { timeText } from '#lib/text/time.ts'
import { visibleText } from '#lib/text/visible.ts'
import { RestoreButton } from './restore-button.tsx'

const states: Record<RemovedUpload['state'], string> = {
  removing: 'is still being removed',
  kept: '',
  restoring: 'is being restored',
}

type Props = { removed: readonly RemovedUpload[]; tz: string; mayRestore: boolean }

/** Uploads that were undone, as long as that can be reversed. */
export function RemovedList({ removed, tz, mayRestore }: Props) {
  const bytes = removed.reduce((sum, each) => sum + each.bytes, 0)
  return (
    <details open={removed.some(({ state }) => state === 'restoring')}>
      <summary className="w-fit rounded-sm px-1 text-13 hover:bg-hover">
        {countOf(removed.length, 'undone upload')} can be restored
        <span className="text-dim">, {bytesText(bytes)} kept</span>
      </summary>
      <ul aria-label="Undone uploads" className="mt-2 flex max-w-[880px] flex-col border-t border-line">
        {removed.map(({ id, name, state, stored, removedAt, removedBy, keptUntil }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line py-1.5">
            <div className="min-w-0 flex-1 basis-64">
              <p className="font-medium wrap-anywhere">{visibleText(name)}</p>
              <p className="text-12 text-dim">
                {countOf(stored, 'event')} · undone {timeText(removedAt, tz)} by {visibleText(removedBy)} · kept until{' '}
                {timeText(keptUntil, tz)} {tz}, less when space is short
              </p>
            </div>
            {state !== 'kept' && <p className="text-dim">{states[state]}</p>}
            {state === 'kept' && mayRestore && <RestoreButton id={id} name={name} />}
          </li>
        ))}
      </ul>
    </details>
  )
}
