'use client'
import { useRouter } from 'next/navigation'
import { type SubmitEvent, useEffect, useId, useRef, useState } from 'react'
import { Button, buttonClass } from '#components/ui/button.tsx'
import { cx } from '#components/ui/class.ts'
import { fieldClass, labelClass } from '#components/ui/field.ts'
import { NavLink } from '#components/ui/nav-link.tsx'
import { type Screen, screenHref } from '#lib/params/screen.ts'
import { timeText } from '#lib/text/time.ts'
import { typedTime } from '#lib/text/typed-time.ts'
import { visibleText } from '#lib/text/visible.ts'
import type { OfferedUpload } from './newness.tsx'

type Props = { screen: Screen; since: number | null; uploads: readonly OfferedUpload[]; onDone: () => void }

/** A time that is typed, or one of the newest uploads, from which newness is counted. */
export function SinceForm({ screen, since, uploads, onDone }: Props) {
  const router = useRouter()
  const id = useId()
  const [isWrong, setWrong] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  // The popover gave the focus to itself, since this was not loaded yet.
  useEffect(() => input.current?.focus(), [])
  const { tz } = screen.params
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const time = typedTime(String(new FormData(event.currentTarget).get('since')).trim(), tz, 'start')
    if (time === null) return setWrong(true)
    router.push(screenHref(screen, { since: { time } }), { scroll: false })
    onDone()
  }
  return (
    <>
      <form onSubmit={submit} className="mb-3 flex items-end gap-2">
        <label htmlFor={id} className={cx(labelClass, 'flex-1')}>
          A time or date ({tz})
          <input
            ref={input}
            id={id}
            name="since"
            defaultValue={since === null ? '' : timeText(since, tz)}
            placeholder="2026-11-20 16:29:48"
            autoComplete="off"
            className={cx(fieldClass, 'font-mono')}
          />
        </label>
        <Button type="submit" look="primary">
          Compare
        </Button>
      </form>
      {isWrong && (
        <p role="alert" className="mb-3 text-12 text-block-ink">
          Write a time as 2026-11-20 16:29:48, or a date.
        </p>
      )}
      {uploads.length > 0 && (
        <>
          <h3 className="mb-1 text-12 text-dim">Or the start of an upload, the newest first</h3>
          <ul className="max-h-64 overflow-y-auto">
            {uploads.map((upload) => (
              <li key={upload.id}>
                <NavLink
                  href={screenHref(screen, { since: { upload: upload.id } })}
                  scroll={false}
                  onClick={onDone}
                  className={buttonClass('quiet', 'w-full justify-between! gap-4')}
                >
                  <span className="truncate">{visibleText(upload.name)}</span>
                  <span className="figures text-12 text-dim">{timeText(upload.createdAt, tz).slice(0, 16)}</span>
                </NavLink>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}
