'use client'
import { CircleQuestionMark } from 'lucide-react'
import type { ReactNode } from 'react'
import { useState } from 'react'
import { Dialog } from '#components/ui/dialog.tsx'
import { IconButton } from '#components/ui/icon-button.tsx'
import { modeWords } from './mode-words.ts'
import { accountPlace, furtherKeys, places } from './places.ts'
import { saveSetting } from './save-setting.ts'
import type { Settings } from './settings.ts'
import { useShortcut } from './shortcuts.ts'
import { useMay, useUser } from './user.tsx'

const onTables: [keys: string, does: string][] = [
  ['j', 'Next row'],
  ['k', 'Previous row'],
  ['Enter', 'Open the row next to the table'],
  ['Esc', 'Close it'],
  ['x', 'Decide the selected rows, or the row that is open'],
  ['n', 'Next page'],
  ['p', 'Previous page'],
  ['e', 'Export'],
  ['← →', 'Cells of the row'],
  ['m', 'Menu of the cell or row'],
  ['Space', 'Select the row'],
  ['Shift j', 'Select it and the next row'],
  ['Shift k', 'Select it and the previous row'],
  ['Ctrl c', 'Copy the selected rows'],
  ['Shift Enter', 'On a head: sort by it too'],
]
const everywhere: [keys: string, does: string][] = [
  ['/', 'Search'],
  ['l', 'Copy a link to this view'],
  ['?', 'This list'],
]
const goTo = (of: { key: string; name: string }[]): [keys: string, does: string][] =>
  of.map(({ key, name }) => [`g ${key}`, name])

/** The list of keys, opened by `?`, with the switch that turns single keys off. */
export function Help({ keys }: { keys: Settings['keys'] }) {
  const [isOpen, setOpen] = useState(false)
  const own = useUser() === null ? [] : [accountPlace]
  const mayDecide = useMay('decide')
  const [isOn, setOn] = useState(keys === 'on')
  useShortcut('?', () => setOpen(true))
  const turn = (on: boolean) => {
    setOn(on)
    saveSetting('keys', on ? 'on' : 'off')
  }
  return (
    <>
      <IconButton label="Help and keys" shortcut="?" onClick={() => setOpen(true)}>
        <CircleQuestionMark aria-hidden />
      </IconButton>
      <Dialog title="Help and keys" isOpen={isOpen} onClose={() => setOpen(false)}>
        <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
          <div className="flex flex-col gap-4">
            <KeyList title="In a table" keys={onTables.filter(([key]) => key !== 'x' || mayDecide)} />
            <KeyList title="Everywhere" keys={everywhere} />
          </div>
          <KeyList title="Go to" keys={goTo([...places, ...own, ...furtherKeys])} />
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
            onChange={(event) => turn(event.target.checked)}
            className="size-4 accent-accent"
          />
          Single keys do these things
        </label>
      </Dialog>
    </>
  )
}

function KeyList({ title, keys }: { title: string; keys: [keys: string, does: string][] }) {
  return (
    <section>
      <h3 className="mb-1 text-12 font-semibold text-dim">{title}</h3>
      <dl className="flex flex-col gap-1">
        {keys.map(([pressed, does]) => (
          <div key={pressed} className="flex items-center justify-between gap-4">
            <dd className="order-1">{does}</dd>
            <dt className="order-2 flex gap-1">
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
