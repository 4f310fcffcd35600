import type { ReactNode } from 'react'

type Props = {
  title: string
  note?: string
  /** Which of the panels that take turns this is. */
  turn?: string
  children: ReactNode
}

/** A part of the wall under its title. */
export function Panel({ title, note, turn, children }: Props) {
  return (
    <section className="wall-panel">
      <div className="wall-title">
        <h2>
          {title} {note !== undefined && <span className="wall-dim">{note}</span>}
        </h2>
        {turn !== undefined && <p className="wall-dim">{turn}</p>}
      </div>
      {children}
    </section>
  )
}

/** A list that has nothing to show says so. */
export const Nothing = ({ children }: { children: ReactNode }) => <p className="wall-nothing">{children}</p>
