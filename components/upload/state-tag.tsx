import { CircleCheck, CircleX, Clock, LoaderCircle, Undo2 } from 'lucide-react'
import { cx } from '#components/ui/class.ts'
import type { UploadState } from '#lib/model/rows.ts'

const looks = {
  queued: { icon: Clock, word: 'Queued', ink: 'text-dim' },
  reading: { icon: LoaderCircle, word: 'Reading', ink: 'text-accent' },
  done: { icon: CircleCheck, word: 'Done', ink: 'text-ink' },
  removing: { icon: Undo2, word: 'Removing', ink: 'text-accent' },
  failed: { icon: CircleX, word: 'Failed', ink: 'text-block-ink' },
} as const

/** How far an upload is, by icon and word. */
export function StateTag({ state }: { state: UploadState }) {
  const { icon: Icon, word, ink } = looks[state]
  return (
    <span className={cx('inline-flex items-center gap-1.5 whitespace-nowrap', ink)}>
      <Icon aria-hidden className="size-3.5 shrink-0" />
      {word}
    </span>
  )
}
