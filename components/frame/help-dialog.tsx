'use client'
import type { ReactNode } from 'react'
import { Dialog } from '#components/ui/dialog.tsx'
import { keyLists } from './keys.ts'
import { modeWords } from './mode-words.ts'
import { furtherKeys, places } from './places.ts'
import { useMay, useOwnPlaces } from './user.tsx'

export type HelpDialogProps = { isOpen: boolean; isOn: boolean; onTurn: (isOn: boolean) => void; onClose: () => void }

type Listed = { keys: string; does: string }

/** The list of keys with the switch that turns single keys off. Load it when it is opened only. */
export function HelpDialog({ isOpen, isOn, onTurn, onClose }: HelpDialogProps) {
  const own = useOwnPlaces()
  const mayDecide = useMay('decide')
  const goTo = [...places, ...own, ...furtherKeys].map(({ key, name }) => ({ keys: `g ${key}`, does: name }))
  return (
    <Dialog title="Help and keys" isOpen={isOpen} onClose={onClose}>
      <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
        <div className="flex flex-col gap-4">
          {Object.entries(keyLists).map(([title, keys]) => (
            <KeyList key={title} title={title} keys={keys.filter(({ bound }) => bound !== 'x' || mayDecide)} />
          ))}
        </div>
        <KeyList title="Go to" keys={goTo} />
      </div>
      <section className="mt-4 border-t border-line pt-3">
        <h3 className="mb-1 text-12 font-semibold text-dim">Modes of the tables</h3>
        {Object.values(modeWords).map((words) => (
          <p key={words}>{words}</p>
        ))}
      </section>
      <label className="mt-4 flex min-h-6 items-center gap-2 border-t border-line pt-3">
        <input
          type="checkbox"
          checked={isOn}
          onChange={(event) => onTurn(event.target.checked)}
          className="size-4 accent-accent"
        />
        Single keys do these things
      </label>
    </Dialog>
  )
}

function KeyList({ title, keys }: { title: string; keys: readonly Listed[] }) {
  return (
    <section aria-label={title}>
      <h3 className="mb-1 text-12 font-semibold text-dim">{title}</h3>
      <dl className="flex flex-col gap-1">
        {keys.map(({ keys: pressed, does }) => (
          <div key={does} className="flex items-center justify-between gap-4">
            <dd className="order-1">{does}</dd>
            <dt className="order-2 flex shrink-0 gap-1">
              {pressed.split(' ').map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** A key of the keyboard. */
function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-flex h-5 min-w-5 items-center justify-center rounded-sm border border-line-strong bg-sunken px-1 text-12 text-dim">
      {children}
    </kbd>
  )
}
