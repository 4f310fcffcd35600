'use client'
import { Download, History, Upload } from 'lucide-react'
import { lazy, Suspense, useRef, useState, useTransition } from 'react'
import { useMay } from '#components/frame/user.tsx'
import { announce } from '#components/ui/announce.ts'
import { Button, buttonClass } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { refreshPage } from '#components/ui/refresh.ts'
import { apiPaths } from '#lib/params/api-paths.ts'
import { countOf } from '#lib/text/number.ts'
import { savedAuthor } from './author.ts'
import { importDecisions } from './send-decision.ts'

const HistoryDialog = lazy(async () => ({ default: (await import('./history-dialog.tsx')).HistoryDialog }))

type Asked = { file: unknown; added: number; changed: number; unchanged: number }

/** Exports the list and imports it, for those who may, and shows what was done to it. */
export function ListActions({ hasSome }: { hasSome: boolean }) {
  const mayDecide = useMay('decide')
  const input = useRef<HTMLInputElement>(null)
  const [asked, setAsked] = useState<Asked | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const [isHistory, setHistory] = useState(false)
  const [isSending, startSending] = useTransition()
  const author = (): string => savedAuthor() || 'unknown'
  const close = () => {
    setAsked(null)
    setFailure(null)
  }
  const preview = (chosen: File) =>
    startSending(async () => {
      try {
        const file: unknown = JSON.parse(await chosen.text())
        const sent = await importDecisions(file, author(), false)
        if ('failure' in sent) setFailure(sent.failure)
        else setAsked({ file, ...sent.answer })
      } catch {
        setFailure(`${chosen.name} is not JSON. Choose a file that was exported here.`)
      }
    })
  const apply = ({ file }: Asked) =>
    startSending(async () => {
      const sent = await importDecisions(file, author(), true)
      if ('failure' in sent) return setFailure(sent.failure)
      announce(`Imported: ${countOf(sent.answer.added, 'new decision')}, ${sent.answer.changed} changed`)
      close()
      refreshPage()
    })
  return (
    <>
      <Button onClick={() => setHistory(true)}>
        <History aria-hidden />
        History
      </Button>
      {mayDecide && (
        <Button disabled={isSending} onClick={() => input.current?.click()}>
          <Upload aria-hidden />
          Import
        </Button>
      )}
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        aria-label="File with decisions to import"
        className="hidden"
        onChange={({ target }) => {
          const [chosen] = target.files ?? []
          if (chosen !== undefined) preview(chosen)
          target.value = ''
        }}
      />
      {hasSome && (
        <a href={`${apiPaths.decisions}?format=file`} download className={buttonClass()}>
          <Download aria-hidden />
          Export
        </a>
      )}
      {hasSome && (
        <a href={`${apiPaths.decisions}?format=spl`} className={buttonClass()}>
          SPL
        </a>
      )}
      <Dialog title="Import decisions" isOpen={asked !== null || failure !== null} onClose={close}>
        {failure !== null && (
          <p role="alert" className="text-block-ink wrap-anywhere">
            {failure}
          </p>
        )}
        {asked !== null && failure === null && (
          <>
            <p className="mb-4">
              {`The file has ${countOf(asked.added, 'new decision')}, ${asked.changed} that ${asked.changed === 1 ? 'is' : 'are'} stored otherwise and would be replaced, and ${asked.unchanged} that ${asked.unchanged === 1 ? 'is' : 'are'} stored already.`}
            </p>
            <div className="flex justify-end gap-2">
              <Button onClick={close}>Cancel</Button>
              <Button
                look="primary"
                disabled={isSending || asked.added + asked.changed === 0}
                onClick={() => apply(asked)}
              >
                Import
              </Button>
            </div>
          </>
        )}
      </Dialog>
      <Suspense>{isHistory && <HistoryDialog id={null} onClose={() => setHistory(false)} />}</Suspense>
    </>
  )
}
