'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { apiPaths } from '#lib/params/api-paths.ts'
import { FormError } from './form-error.tsx'
import { SecretField } from './secret-field.tsx'
import { send } from './send.ts'
import { useForm } from './use-form.ts'

type Offer = { secret: string; svg: string; sealed: string }

/** Sets up or removes the authenticator app of the account. */
export function TotpForm({ isSet }: { isSet: boolean }) {
  const router = useRouter()
  const [offer, setOffer] = useState<Offer | null>(null)
  const [failed, setFailed] = useState<string | null>(null)
  const done = (words: string) => {
    setOffer(null)
    announce(words)
    router.refresh()
    return null
  }
  const begin = async () => {
    const sent = await send(apiPaths.ownTotp, 'POST')
    setFailed(sent.failure)
    if (sent.failure === null) setOffer(sent.data as Offer)
  }
  const remove = useForm(async (typed) => {
    const sent = await send(apiPaths.ownTotp, 'DELETE', typed)
    return sent.failure ?? done('Codes are not needed any more. All other sessions have ended.')
  })
  const confirm = useForm(async (typed) => {
    const sent = await send(apiPaths.ownTotp, 'PUT', { ...typed, sealed: offer?.sealed })
    return sent.failure ?? done('Codes are needed from now on. All other sessions have ended.')
  })
  return (
    <section aria-labelledby="totp" className="flex flex-col gap-3">
      <h2 id="totp" className="text-15 font-semibold">
        Authenticator app
      </h2>
      <p>
        {isSet
          ? 'To sign in, a code of your authenticator app is needed besides the password.'
          : 'With an authenticator app, a code of it is needed besides the password.'}
      </p>
      {isSet && (
        <form onSubmit={remove.onSubmit} className="flex max-w-[400px] flex-col gap-3">
          <SecretField name="password" label="Your password" autoComplete="current-password" />
          <FormError message={remove.failure} />
          <div>
            <Button type="submit" disabled={remove.isSending}>
              Remove the app
            </Button>
          </div>
        </form>
      )}
      {!isSet && offer === null && (
        <div>
          <Button onClick={begin}>Set up an app</Button>
          <FormError message={failed} />
        </div>
      )}
      {offer !== null && (
        <form onSubmit={confirm.onSubmit} className="flex max-w-[400px] flex-col gap-3">
          <p>Scan this with the app, or type the key into it.</p>
          {/* biome-ignore lint/performance/noImgElement: it is drawn by the server and in the page. */}
          <img
            src={`data:image/svg+xml;utf8,${encodeURIComponent(offer.svg)}`}
            alt="QR code of the key below"
            className="size-44 rounded"
          />
          <div className="flex items-center gap-1">
            <code className="text-13 wrap-anywhere">{offer.secret.replaceAll(/.{4}(?=.)/g, '$& ')}</code>
            <CopyButton text={offer.secret} name="key" />
          </div>
          <SecretField name="code" label="A code of the app" autoComplete="one-time-code" />
          <SecretField name="password" label="Your password" autoComplete="current-password" />
          <FormError message={confirm.failure} />
          <div className="flex gap-2">
            <Button type="submit" look="primary" disabled={confirm.isSending}>
              Confirm
            </Button>
            <Button onClick={() => setOffer(null)}>Cancel</Button>
          </div>
        </form>
      )}
    </section>
  )
}
