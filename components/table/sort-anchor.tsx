'use client'
import { useRouter } from 'next/navigation'
import type { ComponentProps } from 'react'
import { NavLink } from '#components/ui/nav-link.tsx'

type Props = ComponentProps<typeof NavLink> & {
  /** The order with this column added to it: for a click or Enter with Shift. */
  addHref: string
}

/** The link in the head of a column. */
export function SortAnchor({ addHref, ...props }: Props) {
  const router = useRouter()
  return (
    <NavLink
      {...props}
      scroll={false}
      aria-keyshortcuts="Shift+Enter"
      // Else the browser would mark the text up to here.
      onMouseDown={(event) => event.shiftKey && event.preventDefault()}
      onClick={(event) => {
        if (!event.shiftKey) return
        event.preventDefault()
        router.push(addHref, { scroll: false })
      }}
    />
  )
}
