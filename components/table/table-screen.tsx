import { TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { State } from '#components/frame/state.tsx'
import { buttonClass } from '#components/ui/button.tsx'
import { NavLink } from '#components/ui/nav-link.tsx'
import { pagesOf } from '#lib/params/page.ts'
import { type Screen, screenHref } from '#lib/params/screen.ts'
import { countOf, countText } from '#lib/text/number.ts'
import { Pager } from './pager.tsx'

type Props = {
  screen: Screen
  /** The rows of this page, and how many there are on all pages. */
  page: { rows: readonly unknown[]; total: number }
  /** What one row is called. */
  noun: string
  /** What is over the table and stays when it scrolls: its filters, and what it adds up to. */
  line?: ReactNode
  /** What is over the table and scrolls with it. A table without it scrolls by itself. */
  above?: ReactNode
  /** Why there are no rows, if there is more to say than that. */
  none?: ReactNode
  /** Whether the table is one list among others of its screen: it has a pager only if it has further pages. */
  isPart?: boolean
  /** Rows that a page can have at most, if that is fewer than can be chosen elsewhere. */
  longest?: number
  /** The table; it is shown only if this page has rows. */
  children: ReactNode
}

/** A table of a screen: the line over it, its rows or the reason why there are none, and the way to its other pages. */
export function TableScreen({
  screen,
  page,
  noun,
  line,
  above,
  none: given,
  isPart = false,
  longest,
  children,
}: Props) {
  const { rows, total } = page
  const none = given === undefined ? <p className="px-4 py-6 text-dim">There are none.</p> : given
  const instead = total > 0 ? <PastTheEnd screen={screen} total={total} noun={noun} /> : none
  const body = rows.length > 0 ? children : instead
  return (
    <>
      {line}
      {above === undefined ? (
        body
      ) : (
        <div className="min-h-0 flex-1 overflow-auto">
          {above}
          {body}
        </div>
      )}
      {rows.length > 0 && (!isPart || total > rows.length) && (
        <Pager screen={screen} total={total} noun={total === 1 ? noun : `${noun}s`} longest={longest} />
      )}
    </>
  )
}

/** The page that the URL asks for comes after the last one. */
function PastTheEnd({ screen, total, noun }: { screen: Screen; total: number; noun: string }) {
  const pages = pagesOf(total, screen.params)
  const there = pages === 1 ? 'there is 1 page' : `there are ${countText(pages)} pages`
  return (
    <State
      icon={<TriangleAlert aria-hidden />}
      title={`Page ${countText(screen.params.page)} is past the end: ${there}`}
    >
      <p>{countOf(total, noun)} in all.</p>
      <div className="flex flex-wrap gap-2">
        <NavLink href={screenHref(screen, { page: 1 })} className={buttonClass('primary')}>
          First page
        </NavLink>
        {pages > 1 && (
          <NavLink href={screenHref(screen, { page: pages })} className={buttonClass('plain')}>
            Last page
          </NavLink>
        )}
      </div>
    </State>
  )
}
