'use client'
import { CircleQuestionMark } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '#components/ui/icon-button.tsx'
import { useLoaded } from '#components/ui/on-demand.tsx'
import { saveSetting } from './save-setting.ts'
import type { Settings } from './settings.ts'
import { useShortcut } from './shortcuts.ts'

const loadDialog = async () => (await import('./help-dialog.tsx')).HelpDialog

/** Opens the list of keys, which is loaded then; `?` does the same. */
export function Help({ keys }: { keys: Settings['keys'] }) {
  const [isOpen, setOpen] = useState(false)
  const [isOn, setOn] = useState(keys === 'on')
  const close = () => setOpen(false)
  const Dialog = useLoaded(loadDialog, isOpen, close)
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
      {Dialog !== null && <Dialog isOpen={isOpen} isOn={isOn} onTurn={turn} onClose={close} />}
    </>
  )
}
