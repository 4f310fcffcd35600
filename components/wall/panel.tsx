import type { ReactNode } from 'react'

type Props = { title: string; note?: string; legend?: ReactNode; children: ReactNode }

/** A part of the wall under its title. */
export function Panel({ title, note, legend, children }: Props) {
  return (
    <section className="wall-panel">
      <div className="wall-title">
        <h2>
          {title} {note !== undefined && <span className="wall-dim">{note}</span>}
        </h2>
        {legend}
      </div>
      {children}
    </section>
  )
}

/** A list that has nothing to show says so. */
export const Nothing = ({ children }: { children: ReactNode }) => <p className="wall-nothing">{children}</p>
