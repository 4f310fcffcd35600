'use client'
import { FileUp } from 'lucide-react'
import { useState } from 'react'
import { useMay } from '#components/frame/user.tsx'
import { Button } from '#components/ui/button.tsx'
import { cx } from '#components/ui/class.ts'
import { DropTarget } from './drop-target.tsx'
import { useFilePicker } from './file-picker.tsx'
import { sendFiles } from './queue.ts'
import { SampleButton } from './sample-button.tsx'
import { SendingList } from './sending-list.tsx'
import { OptionsButton, UploadOptionFields, type UploadOptions } from './upload-options.tsx'

type Props = {
  /** Whether it is the main part of its screen. */
  tall?: boolean
  /** Whether the sample fleet is offered. */
  sample?: boolean
  refresh?: 'each' | 'last'
}

/** Where those who may upload drop logs. Others read who can. */
export const DropZone = (props: Props) =>
  useMay('upload') ? (
    <OpenDropZone {...props} />
  ) : (
    <p className="text-dim">Your role does not include uploading logs. Analysts and administrators can.</p>
  )

/** Where logs are dropped: anywhere on the screen, or chosen by the button. Below it a line for each file. */
function OpenDropZone({ tall, sample, refresh }: Props) {
  const [options, setOptions] = useState<UploadOptions>({ tz: 'UTC', dest: '' })
  const [isOpen, setOpen] = useState(false)
  const send = (files: File[]) => sendFiles(files, { ...options, dest: options.dest.trim() })
  const picker = useFilePicker(send)
  return (
    <section aria-label="Upload logs" className="flex flex-col gap-3">
      <DropTarget onFiles={send} />
      <div className="flex flex-col gap-3 rounded border border-dashed border-control bg-sunken px-4 py-3">
        <div
          className={cx(
            'flex gap-x-6 gap-y-3',
            tall ? 'flex-col items-start py-2 sm:py-4' : 'flex-wrap items-center justify-between',
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
          <div className="flex flex-wrap items-center gap-2">
            <Button look="primary" onClick={picker.open}>
              Choose files
            </Button>
            {picker.input}
            {sample && <SampleButton />}
            <OptionsButton options={options} isOpen={isOpen} onClick={() => setOpen(!isOpen)} />
          </div>
        </div>
        {isOpen && <UploadOptionFields options={options} onChange={setOptions} />}
      </div>
      <SendingList refresh={refresh} />
    </section>
  )
}
