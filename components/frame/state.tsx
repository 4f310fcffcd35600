import type { ReactNode } from 'react'

/** A screen or table that has nothing to show: what that means, and the one next step. */
export function State({ icon, title, children }: { icon: ReactNode; title: string; children: ReactNode }) {
  return (
    <section className="mx-auto flex max-w-[560px] flex-col items-start gap-3 px-4 py-16 text-13">
      <div className="flex items-center gap-3">
        <span className="text-dim [&_svg]:size-6">{icon}</span>
        <h2 className="text-15 font-semibold">{title}</h2>
      </div>
      {children}
    </section>
  )
}
