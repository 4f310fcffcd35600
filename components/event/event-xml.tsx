import { Logged } from '#components/table/cells/logged.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { apiPaths } from '#lib/params/api-paths.ts'

/** The lines of an event's XML, one element each; brackets in texts are escaped. */
const linesOf = (xml: string): string[] =>
  xml.replaceAll(/>(?=<(?!\/(?!System|EventData|RenderingInfo|Event>)))/g, '>\n').split('\n')

/** The complete XML of an event, shown on request, and how it was made. */
export function EventXml({ xml, id }: { xml: string; id: string }) {
  return (
    <details>
      <summary className="w-fit cursor-pointer rounded-sm text-13 font-semibold">XML of the event</summary>
      <div className="mt-1 flex items-start justify-between gap-3 text-12 text-dim">
        <p>
          Rebuilt from the fields above, as Windows renders it: the log itself is not kept.{' '}
          <a href={`${apiPaths.event(id)}?format=xml`} className="underline">
            Open it alone
          </a>
        </p>
        <CopyButton text={xml} name="XML" />
      </div>
      <pre className="border-y border-line py-1 font-mono text-12 leading-5 whitespace-pre-wrap wrap-anywhere">
        {linesOf(xml).map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name and never change.
          <div key={index}>
            <Logged text={line} />
          </div>
        ))}
      </pre>
    </details>
  )
}
