import { Logged } from '#components/table/cells/logged.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import type { Section } from '#lib/asr/event.ts'
import type { EventDetail } from '#lib/model/rows.ts'
import { visibleText } from '#lib/text/visible.ts'

type Field = EventDetail['fields'][number]

/** Sections in the order an analyst reads them: what happened, then how it was recorded. */
const order: Section[] = ['EventData', 'UserData', 'Message', 'System', 'RenderingInfo']

/** Every field an event was logged with, under the part of the record it was in, each complete and copyable. */
export function EventFields({ event }: { event: EventDetail }) {
  return order.map((section) => {
    const fields = event.fields.filter((field) => field.section === section)
    return fields.length === 0 ? null : <FieldSection key={section} section={section} fields={fields} />
  })
}

function FieldSection({ section, fields }: { section: Section; fields: Field[] }) {
  return (
    <section aria-label={section}>
      <h3 className="mb-1 text-13 font-semibold">{section}</h3>
      <dl className="border-t border-line">
        {fields.map(({ name, value }, index) => (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: a record may have a name twice.
            key={`${name} ${index}`}
            className="grid grid-cols-[minmax(0,1fr)_28px] items-start gap-x-3 border-b border-line py-0.5 hover:bg-hover sm:grid-cols-[220px_minmax(0,1fr)_28px]"
          >
            <dt className="py-1 text-12 leading-5 text-dim">{name === '' ? '(unnamed)' : <Logged text={name} />}</dt>
            <dd className="py-1 font-mono text-12 leading-5 whitespace-pre-wrap wrap-anywhere max-sm:order-1 max-sm:col-span-2">
              {value === '' ? <span className="text-dim italic">empty</span> : <Logged text={value} />}
            </dd>
            <dd className="flex">
              {value !== '' && <CopyButton text={value} name={name === '' ? 'value' : visibleText(name)} />}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
