import { buttonClass } from '#components/ui/button.tsx'
import { fieldClass, labelClass } from '#components/ui/field.ts'
import type { Receipt } from '#lib/model/rows.ts'
import { comparePath } from '#lib/params/hrefs.ts'
import { countText } from '#lib/text/number.ts'
import { timeText } from '#lib/text/time.ts'
import { visibleText } from '#lib/text/visible.ts'

type Props = { uploads: Receipt[]; total: number; a: string | null; b: string | null; tz: string }

/** Which two uploads are compared: a plain form, so that its answer is a link. `total` is how many uploads there are. */
export function CompareForm({ uploads, total, a, b, tz }: Props) {
  return (
    <form action={comparePath} className="sticky left-0 flex flex-wrap items-end gap-3 border-b border-line px-4 py-3">
      <Choice name="a" label="Upload A" uploads={uploads} chosen={a} tz={tz} />
      <Choice name="b" label="Upload B" uploads={uploads} chosen={b} tz={tz} />
      {tz !== 'UTC' && <input type="hidden" name="tz" value={tz} />}
      <button type="submit" className={buttonClass('primary')}>
        Compare
      </button>
      {total > uploads.length && (
        <p className="pb-1 text-12 text-dim">
          The newest {countText(uploads.length)} of {countText(total)} uploads. Start from the receipt of an older one.
        </p>
      )}
    </form>
  )
}

type ChoiceProps = { name: string; label: string; uploads: Receipt[]; chosen: string | null; tz: string }

function Choice({ name, label, uploads, chosen, tz }: ChoiceProps) {
  return (
    <label className={`${labelClass} min-w-0 max-sm:w-full`}>
      {label}
      <select name={name} defaultValue={chosen ?? ''} required className={`${fieldClass} w-96 max-w-full`}>
        <option value="">Choose an upload</option>
        {uploads.map((upload) => (
          <option key={upload.id} value={upload.id}>
            {visibleText(upload.name)} · {timeText(upload.createdAt, tz)}
          </option>
        ))}
      </select>
    </label>
  )
}
