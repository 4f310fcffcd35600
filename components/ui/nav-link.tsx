import Link from 'next/link'
import type { ComponentProps } from 'react'

/** A link to another screen or another view of this one. Nothing is fetched before it is followed: each view is a query. */
export function NavLink(props: ComponentProps<typeof Link>) {
  return <Link prefetch={false} {...props} />
}

/** Classes of a link in running text or in a table cell. */
export const linkClass = 'text-accent underline decoration-accent/50 underline-offset-2 hover:decoration-accent'
