import type { ReactNode } from 'react'
import { linkClass, NavLink } from '#components/ui/nav-link.tsx'

/** Classes of a row that its one link fills: a click anywhere in the row follows the link. */
export const rowClass =
  'relative border-b border-line px-4 py-1.5 hover:bg-hover has-[[data-row]:focus-visible]:outline-2 has-[[data-row]:focus-visible]:-outline-offset-2 has-[[data-row]:focus-visible]:outline-accent'
/** Classes of the link that fills its row; it has the attribute `data-row`. */
export const rowLinkClass = 'outline-none after:absolute after:inset-0'

type PartProps = {
  title: string
  note: string
  all?: { href: string; name: string }
  /** The same list where its fields can be chosen. */
  workbench?: string
  legend?: ReactNode
  children: ReactNode
}

/** A short list under its title, with what it is a list of, and the way to all of its rows. */
export function Part({ title, note, all, workbench, legend, children }: PartProps) {
  return (
    <section className="min-w-0 border-line lg:odd:border-r">
      <div className="flex flex-wrap items-baseline gap-x-2 gap-y-0.5 border-b border-line px-4 pt-4 pb-1.5">
        <h2 className="text-13 font-semibold">{title}</h2>
        <p className="text-12 text-dim">{note}</p>
        {legend}
        <span className="ml-auto flex gap-3 text-12">
          {workbench !== undefined && (
            <NavLink href={workbench} className={linkClass}>
              Open in the workbench<span className="sr-only">: {title}</span>
            </NavLink>
          )}
          {all !== undefined && (
            <NavLink href={all.href} className={linkClass}>
              Show all<span className="sr-only"> {all.name}</span>
            </NavLink>
          )}
        </span>
      </div>
      {children}
    </section>
  )
}

/** What a short list says if it has no rows. */
export const NoRows = ({ children }: { children: ReactNode }) => <p className="px-4 py-3 text-dim">{children}</p>
