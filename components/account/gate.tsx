import type { ReactNode } from 'react'

/** A page in front of the program: one narrow column with a title, and nothing of the program around it. */
export function Gate({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-(--screen) w-full max-w-[400px] flex-col gap-4 px-4 py-16 sm:py-24">
      <p className="text-13 font-semibold text-dim">ASR Hunt</p>
      <h1 className="text-20 font-semibold">{title}</h1>
      {children}
    </main>
  )
}
