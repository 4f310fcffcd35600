'use client'
import { ListChecks } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useShortcut } from '#components/frame/shortcuts.ts'
import { useMay } from '#components/frame/user.tsx'
import { Button } from '#components/ui/button.tsx'
import type { DecideProps } from './decide-dialog.tsx'

const DecideDialog = lazy(async () => ({ default: (await import('./decide-dialog.tsx')).DecideDialog }))

/** Stacks that can be decided: their fields, and the values of each. */
export type Decided = Pick<DecideProps, 'by' | 'stacks'>

/** Opens the dialog that decides some stacks, for those who may. */
export const DecideButton = (props: Decided) => (useMay('decide') ? <OpenDecide {...props} /> : null)

/** Loads the dialog when it is opened; `x` does the same. */
function OpenDecide(props: Decided) {
  const [isOpen, setOpen] = useState(false)
  useShortcut('x', () => setOpen(true))
  return (
    <>
      <Button aria-keyshortcuts="x" onClick={() => setOpen(true)}>
        <ListChecks aria-hidden />
        Decide
      </Button>
      <Suspense>{isOpen && <DecideDialog {...props} onClose={() => setOpen(false)} />}</Suspense>
    </>
  )
}
