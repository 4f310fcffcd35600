'use client'
import { FileUp } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { cx } from '#components/ui/class.ts'
import { DestField } from './dest-field.tsx'
import { DropTarget } from './drop-target.tsx'
import { useFilePicker } from './file-picker.tsx'
import { sendFiles } from './queue.ts'
import { SendingList } from './sending-list.tsx'
import { ZoneSelect } from './zone-select.tsx'

/** Where logs are dropped: anywhere on the screen, or chosen by the button. Below it a line for each file. */
export function DropZone({ tall, refresh }: { tall?: boolean; refresh?: 'each' | 'last' }) {
  const [tz, setTz] = useState('UTC')
  const [dest, setDest] = useState('')
  const send = (files: File[]) => sendFiles(files, { tz, dest: dest.trim() })
  const picker = useFilePicker(send)
  return (
    <section aria-label="Upload logs" className="flex flex-col gap-3">
      <DropTarget onFiles={send} />
      <div
        className={cx(
          'flex flex-wrap items-center justify-between gap-x-6 gap-y-3 rounded border border-dashed border-control bg-sunken px-4',
          tall ? 'py-8' : 'py-3',
        )}
      >
        <div className="flex min-w-0 items-center gap-3">
          <FileUp aria-hidden className={cx('shrink-0 text-dim', tall ? 'size-8' : 'size-5')} />
          <div className="min-w-0">
            <p className={cx('font-semibold', tall && 'text-15')}>Drop Defender logs anywhere on this screen</p>
            <p className="text-12 text-dim">
              Several files or a complete folder at once, of any size. The format is detected from the content.
            </p>
          </div>
        </div>
        <div className="flex flex-wrap items-end gap-3">
          <DestField value={dest} onChange={setDest} />
          <ZoneSelect value={tz} onChange={setTz} />
          <Button look="primary" onClick={picker.open}>
            Choose files
          </Button>
          {picker.input}
        </div>
      </div>
      <SendingList refresh={refresh} />
    </section>
  )
}
