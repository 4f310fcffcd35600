import type { ReactNode } from 'react'
import { Logged } from '#components/table/cells/logged.tsx'
import { cx } from '#components/ui/class.ts'
import { CopyButton } from '#components/ui/copy-button.tsx'
import type { Section } from '#lib/asr/event.ts'
import type { EventDetail } from '#lib/model/rows.ts'
import { visibleText } from '#lib/text/visible.ts'

type Field = EventDetail['fields'][number]
/** Returns what else can be done with a field. With it, each value is below its name: it is for a panel, which is narrow. */
type MenuOf = (field: Field) => ReactNode

/** Sections in the order an analyst reads them: what happened, then how it was recorded. */
const order: Section[] = ['EventData', 'UserData', 'Message', 'System', 'RenderingInfo']

/** Every field an event was logged with, under the part of the record it was in, each complete and copyable. */
export function EventFields({ event, menuOf }: { event: EventDetail; menuOf?: MenuOf }) {
  return order.map((section) => {
    const fields = event.fields.filter((field) => field.section === section)
    return fields.length === 0 ? null : <FieldSection key={section} section={section} fields={fields} menuOf={menuOf} />
  })
}

function FieldSection({ section, fields, menuOf }: { section: Section; fields: Field[]; menuOf: MenuOf | undefined }) {
  return (
    <section aria-label={section}>
      <h3 className="mb-1 text-13 font-semibold">{section}</h3>
      <dl className="border-t border-line">
        {fields.map((field, index) => {
          const { name, value } = field
          return (
            <div
              // biome-ignore lint/suspicious/noArrayIndexKey: a record may have a name twice.
              key={`${name} ${index}`}
              className={cx(
                'grid grid-cols-[minmax(0,1fr)_minmax(28px,auto)] items-start gap-x-3 border-b border-line py-0.5 hover:bg-hover',
                menuOf === undefined && 'sm:grid-cols-[220px_minmax(0,1fr)_28px]',
              )}
            >
              <dt className="py-1 text-12 leading-5 text-dim">{name === '' ? '(unnamed)' : <Logged text={name} />}</dt>
              <dd
                className={cx(
                  'py-1 font-mono text-12 leading-5 whitespace-pre-wrap wrap-anywhere',
                  menuOf === undefined ? 'max-sm:order-1 max-sm:col-span-2' : 'order-1 col-span-2',
                )}
              >
                {value === '' ? <span className="text-dim italic">empty</span> : <Logged text={value} />}
              </dd>
              <dd className="flex">
                {value !== '' && <CopyButton text={value} name={name === '' ? 'value' : visibleText(name)} />}
                {value !== '' && menuOf?.(field)}
              </dd>
            </div>
          )
        })}
      </dl>
    </section>
  )
}
