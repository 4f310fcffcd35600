import type { ReactNode } from 'react'
import { Logged } from '#components/table/cells/logged.tsx'
import { linkClass, NavLink } from '#components/ui/nav-link.tsx'
import type { Receipt } from '#lib/model/rows.ts'
import { spanHref, tablePath } from '#lib/params/hrefs.ts'
import { bytesText } from '#lib/text/bytes.ts'
import { countOf, countText } from '#lib/text/number.ts'
import { lengthText, spanText, timeText } from '#lib/text/time.ts'
import { visibleText } from '#lib/text/visible.ts'
import { formatName, isThrottled, throttledWords } from './formats.ts'
import { StateTag } from './state-tag.tsx'

type Props = {
  receipt: Receipt
  /** Rejects of records that name no host. */
  withoutDest: number
  tz: string
}

/** The facts of a receipt besides its sum: format, zone, span, dests, and when it was read. */
export function ReceiptFacts({ receipt, withoutDest, tz }: Props) {
  const { format, state, bytes, bytesRead, firstTime, lastTime, dests, createdAt, finishedAt, error } = receipt
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1">
      <Fact name="State">
        <StateTag state={state} />
        {state === 'removing' && <p className="text-dim">{countOf(receipt.stored, 'event')} left</p>}
        {error !== null && <p className="wrap-anywhere text-block-ink">{visibleText(error)}</p>}
      </Fact>
      <Fact name="Format found">
        {formatName(format)}
        {receipt.logs > 0 && `, ${countOf(receipt.logs, 'log')} in it`}
        {isThrottled(format) && <p className="text-audit-ink">{throttledWords}</p>}
      </Fact>
      <Fact name="Size">
        {bytesText(bytes ?? bytesRead)}{' '}
        <span className="text-dim">
          {bytes !== null && bytesRead < bytes
            ? `of which ${countText(bytesRead)} of ${countText(bytes)} bytes were read`
            : `${countText(bytesRead)} bytes read`}
        </span>
      </Fact>
      <Fact name="Zone of local times">
        {receipt.tz} <span className="text-dim">used only for times that name no zone</span>
      </Fact>
      {receipt.dest !== null && (
        <Fact name="Host given">
          <Logged text={receipt.dest} /> <span className="text-dim">used only for records that name none</span>
        </Fact>
      )}
      {withoutDest > 0 && (
        <Fact name="Host asked for">
          <p className="text-block-ink">
            {countOf(withoutDest, 'record')} {withoutDest === 1 ? 'names' : 'name'} no host and could not be kept.
          </p>
          <p>
            Send this file again{' '}
            <NavLink href={tablePath('uploads')} className={linkClass}>
              on Uploads
            </NavLink>{' '}
            with “Default host” set under “Options”.
          </p>
        </Fact>
      )}
      <Fact name="Time span">
        {firstTime === null || lastTime === null ? (
          <span className="text-dim">no event of ours</span>
        ) : (
          <>
            <span className="figures">{spanText(firstTime, lastTime, tz)}</span> <span className="text-dim">{tz}</span>
            <p>
              <NavLink href={spanHref({ from: firstTime, to: lastTime }, tz)} className={linkClass}>
                Every stack of this span
              </NavLink>
            </p>
          </>
        )}
      </Fact>
      {receipt.unparsed > 0 && (
        <Fact name="Messages not read">
          {countOf(receipt.unparsed, 'event')}{' '}
          <span className="text-dim">
            stored with what is known of {receipt.unparsed === 1 ? 'it' : 'them'}: the message is in another language
            than English
          </span>
        </Fact>
      )}
      <Fact name="Hosts">{dests === 0 ? <span className="text-dim">none</span> : countOf(dests, 'host')}</Fact>
      <Fact name="Uploaded">
        <span className="figures">{timeText(createdAt, tz)}</span>{' '}
        <span className="text-dim">
          {tz}
          {finishedAt !== null && `, ended after ${tookText(finishedAt - createdAt)}`}
        </span>
      </Fact>
    </dl>
  )
}

const tookText = (ms: number): string => (ms < 1000 ? 'less than 1 s' : lengthText(ms))

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-dim">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  )
}
