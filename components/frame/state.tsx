import type { ReactNode } from 'react'

type Props = {
  icon: ReactNode
  title: string
  /** h1 if it is all the screen has. */
  heading?: 'h1' | 'h2'
  children: ReactNode
}

/** A screen or table that has nothing to show: what that means, and the one next step. */
export function State({ icon, title, heading: Heading = 'h2', children }: Props) {
  return (
    <section className="mx-auto flex max-w-[560px] flex-col items-start gap-3 px-4 py-16 text-13">
      <div className="flex items-center gap-3">
        <span className="text-dim [&_svg]:size-6">{icon}</span>
        <Heading className="text-15 font-semibold">{title}</Heading>
      </div>
      {children}
    </section>
  )
}
