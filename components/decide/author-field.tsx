'use client'
import { useUser } from '#components/frame/user.tsx'
import { fieldClass, labelClass } from '#components/ui/field.ts'
import { visibleText } from '#lib/text/visible.ts'

/** Who decides: a name that anybody can type, or the account that is signed in, which the server knows by itself. */
export function AuthorField({ author, onChange }: { author: string; onChange: (author: string) => void }) {
  const user = useUser()
  if (user !== null)
    return (
      <p className="flex flex-col gap-1 text-12 text-dim">
        Signed by
        <span className="text-13 text-ink wrap-anywhere">{visibleText(user.name)}</span>
      </p>
    )
  return (
    <label className={labelClass}>
      Your name (unsigned: it is not checked)
      <input
        maxLength={100}
        autoComplete="name"
        value={author}
        onChange={({ target }) => onChange(target.value)}
        className={fieldClass}
      />
    </label>
  )
}
