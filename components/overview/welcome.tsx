import type { ReactNode } from 'react'
import { Commands } from '#components/upload/commands.tsx'
import { DropZone } from '#components/upload/drop-zone.tsx'
import { readable } from '#components/upload/formats.ts'
import { ReceiptSum } from '#components/upload/receipt-sum.tsx'
import { SampleLogLink } from '#components/upload/sample-log-link.tsx'
import type { Receipt } from '#lib/model/rows.ts'

/** The first page before there is any event: what the product does, where to drop a log or load a sample, and how to get a log. */
export function Welcome({ newestUpload }: { newestUpload: Receipt | null }) {
  return (
    <div className="mx-auto flex w-full max-w-[960px] flex-col gap-6 py-2 sm:gap-8 sm:py-8">
      <div className="flex max-w-[68ch] flex-col gap-2">
        <h2 className="text-20 font-semibold">Hunt in Attack Surface Reduction events</h2>
        <p className="text-15">
          ASR Hunt reads Microsoft Defender logs and shows what the Attack Surface Reduction rules blocked and audited:
          on which host, by which process, how often and since when. It also shows which rules were changed and which
          hosts are at risk. Nothing leaves this server.
        </p>
      </div>
      <DropZone tall sample refresh="last" />
      {newestUpload !== null && newestUpload.state === 'done' && (
        <p className="text-dim">
          The uploads so far have no ASR events. The newest: <ReceiptSum receipt={newestUpload} />
        </p>
      )}
      <div className="grid gap-x-10 gap-y-6 sm:grid-cols-[3fr_2fr]">
        <Part title="Get a log from Windows">
          <Commands />
        </Part>
        <Part title="Supported formats">
          <ul className="flex list-disc flex-col gap-1 pl-4">
            {readable.map(({ kind, from }) => (
              <li key={kind}>
                {kind} <span className="text-dim">from {from}</span>
              </li>
            ))}
          </ul>
          <p className="text-dim">Any size and file name, also packed as .gz, .zst, .zip or .tar.</p>
          <SampleLogLink />
        </Part>
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
