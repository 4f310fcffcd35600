'use client'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState, useTransition } from 'react'
import { useMay } from '#components/frame/user.tsx'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { fieldClass } from '#components/ui/field.ts'
import { apiPaths } from '#lib/params/api-paths.ts'

type Props = { ID: string; name: string | null }

/** Lets those who may name a rule that is not one of Microsoft's, for everybody who uses this server. */
export const NameRule = (props: Props) => (useMay('configure') ? <NameForm {...props} /> : null)

function NameForm({ ID, name }: Props) {
  const router = useRouter()
  const [error, setError] = useState<string | null>(null)
  const [isSaving, startSaving] = useTransition()

  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const given = String(new FormData(event.currentTarget).get('name'))
    startSaving(async () => {
      const failure = await send(ID, given)
      setError(failure)
      if (failure !== null) return
      announce(`The rule is named ${given}`)
      router.refresh()
    })
  }
  return (
    <form onSubmit={save} className="flex flex-wrap items-center gap-2">
      <input
        name="name"
        required
        maxLength={200}
        defaultValue={name ?? ''}
        placeholder="Name of this rule"
        aria-label="Name of this rule"
        aria-invalid={error !== null}
        className={`${fieldClass} w-80`}
      />
      <Button type="submit" disabled={isSaving}>
        {name === null ? 'Name this rule' : 'Rename'}
      </Button>
      {error !== null && (
        <p role="alert" className="text-block-ink">
          {error}
        </p>
      )}
    </form>
  )
}

/** Sends the name; returns why it was not taken, null if it was. */
async function send(ID: string, name: string): Promise<string | null> {
  try {
    const answer = await fetch(`${apiPaths.rule(ID)}?${new URLSearchParams({ name })}`, { method: 'PUT' })
    if (answer.ok) return null
    const { errorMessage } = await import('#lib/model/answer.ts')
    return errorMessage(await answer.text()) ?? `The server answered ${answer.status}.`
  } catch {
    return 'The server cannot be reached.'
  }
}
