'use client'
import { Search } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { type SubmitEvent, useRef } from 'react'
import { cx } from '#components/ui/class.ts'
import { fieldClass } from '#components/ui/field.ts'
import { type Screen, screenHref } from '#lib/params/screen.ts'
import { useShortcut } from './shortcuts.ts'

type Props = {
  screen: Screen
  /** Whether the key `/` goes here: of two on a screen, one for phones, only to the other. */
  hasKey?: boolean
  className?: string
}

/** Free text over every field of the screen's rows. A screen without rows of its own searches the events. */
export function SearchBox({ screen, hasKey = true, className }: Props) {
  const router = useRouter()
  const input = useRef<HTMLInputElement>(null)
  const search = () => {
    input.current?.focus()
    input.current?.select()
  }
  useShortcut('/', hasKey ? search : null)
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const text = input.current?.value.trim() ?? ''
    router.push(screenHref(screen, { q: text === '' ? null : text }), { scroll: false })
  }
  return (
    <search className={cx('min-w-0', className)}>
      <form action={screen.path} onSubmit={submit} className="relative flex items-center">
        <Search aria-hidden className="pointer-events-none absolute left-2 size-4 text-dim" />
        <input
          ref={input}
          key={screen.params.q}
          type="search"
          name="q"
          defaultValue={screen.params.q ?? ''}
          aria-label="Search"
          aria-keyshortcuts={hasKey ? '/' : undefined}
          placeholder={hasKey ? 'Search  /' : 'Search'}
          autoComplete="off"
          className={cx(fieldClass, 'w-full pl-7 sm:w-44')}
        />
      </form>
    </search>
  )
}
