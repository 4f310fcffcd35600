'use client'
import { FormButton } from './form-button.tsx'

const loadAdd = () => import('./add-passkey-form.tsx').then(({ AddPasskeyForm }) => AddPasskeyForm)
const loadRemove = () => import('./remove-passkey-form.tsx').then(({ RemovePasskeyForm }) => RemovePasskeyForm)

export function AddPasskey() {
  return (
    <FormButton load={loadAdd} given={{}}>
      Add a passkey
    </FormButton>
  )
}

export function RemovePasskey({ id, name }: { id: string; name: string }) {
  return (
    <FormButton load={loadRemove} given={{ id }} label={`Remove the passkey ${name}`}>
      Remove
    </FormButton>
  )
}
