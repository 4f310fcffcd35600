'use client'
import { Ban, CircleCheck, CircleX, Clock, LoaderCircle, X } from 'lucide-react'
import { Logged } from '#components/table/cells/logged.tsx'
import { IconButton } from '#components/ui/icon-button.tsx'
import { bytesText } from '#lib/text/bytes.ts'
import { visibleText } from '#lib/text/visible.ts'
import { formatName } from './formats.ts'
import { cancelSending } from './queue.ts'
import { ReceiptSum } from './receipt-sum.tsx'
import { isUnderWay, type Sending } from './sending.ts'
import { SendingProgress } from './sending-progress.tsx'

const looks = {
  waiting: { icon: Clock, word: 'Waiting', ink: 'text-dim' },
  sending: { icon: LoaderCircle, word: 'Reading', ink: 'text-accent' },
  done: { icon: CircleCheck, word: 'Done', ink: 'text-accent' },
  failed: { icon: CircleX, word: 'Failed', ink: 'text-block-ink' },
  cancelled: { icon: Ban, word: 'Cancelled', ink: 'text-dim' },
} as const

/** One file: how far it is, or the receipt it became, or why it did not. */
export function SendingLine({ sending }: { sending: Sending }) {
  const { name, size, state, receipt, error } = sending
  const { icon: Icon, word, ink } = looks[state]
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-4 gap-y-0.5 border-b border-line py-1.5 lg:grid-cols-[7rem_minmax(0,20rem)_minmax(0,1fr)_auto]">
      <span className={`flex items-center gap-1.5 ${ink}`}>
        <Icon aria-hidden className="size-4" />
        {word}
      </span>
      <span className="max-lg:col-span-2 max-lg:row-start-2">
        <span className="font-medium wrap-anywhere">
          <Logged text={name} />
        </span>{' '}
        <span className="text-12 whitespace-nowrap text-dim">
          {[receipt?.format && formatName(receipt.format), size !== null && bytesText(size)].filter(Boolean).join(', ')}
        </span>
      </span>
      <span className="min-w-0 max-lg:col-span-2 max-lg:row-start-3">
        {state === 'sending' && <SendingProgress sending={sending} />}
        {state === 'done' && receipt !== null && <ReceiptSum receipt={receipt} />}
        {state === 'failed' && <span className="wrap-anywhere">{visibleText(error ?? '')}</span>}
        {state === 'cancelled' && <span className="text-dim">Nothing of it was stored.</span>}
        {state === 'waiting' && <span className="text-dim">Two files are sent at a time.</span>}
      </span>
      <span className="max-lg:col-start-2 max-lg:row-start-1">
        {isUnderWay(sending) ? (
          <IconButton label={`Cancel ${visibleText(name)}`} className="-my-1" onClick={() => cancelSending(sending.id)}>
            <X aria-hidden />
          </IconButton>
        ) : (
          <span className="block h-5 w-7" />
        )}
      </span>
    </li>
  )
}
