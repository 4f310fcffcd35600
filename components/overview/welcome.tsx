import type { ReactNode } from 'react'
import { Commands } from '#components/upload/commands.tsx'
import { DropZone } from '#components/upload/drop-zone.tsx'
import { readable } from '#components/upload/formats.ts'
import { ReceiptSum } from '#components/upload/receipt-sum.tsx'
import { SampleButton } from '#components/upload/sample-button.tsx'
import type { Receipt } from '#lib/model/rows.ts'

/** The first page before there is any event: where to drop a log, how to get one, or a sample to look at. */
export function Welcome({ newestUpload }: { newestUpload: Receipt | null }) {
  return (
    <div className="mx-auto flex w-full max-w-[880px] flex-col gap-8 py-4 sm:py-10">
      <p className="max-w-[64ch] text-15">
        Drop Microsoft Defender logs, and every event of the Attack Surface Reduction rules in them is counted, stacked
        and traced to its host. Nothing is sent anywhere else.
      </p>
      <DropZone tall refresh="last" />
      {newestUpload !== null && newestUpload.state === 'done' && (
        <p className="text-dim">
          The uploads so far have no ASR events. The newest: <ReceiptSum receipt={newestUpload} />
        </p>
      )}
      <div className="grid gap-x-10 gap-y-8 sm:grid-cols-[3fr_2fr]">
        <Part title="Get a log">
          <Commands />
        </Part>
        <div className="flex flex-col gap-8">
          <Part title="What can be read">
            <ul className="flex list-disc flex-col gap-1 pl-4">
              {readable.map(({ kind, from }) => (
                <li key={kind}>
                  {kind} <span className="text-dim">from {from}</span>
                </li>
              ))}
            </ul>
            <p className="text-dim">Of any size, under any name, also packed as .gz, .zst, .zip or .tar.</p>
          </Part>
          <Part title="No log at hand?">
            <SampleButton />
          </Part>
        </div>
      </div>
    </div>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-2">
      <h2 className="text-13 font-semibold">{title}</h2>
      {children}
    </section>
  )
}
