import { fieldClass, labelClass } from '#components/ui/field.ts'

type Props = {
  name: string
  label: string
  autoComplete: 'current-password' | 'new-password' | 'one-time-code' | 'username' | 'off'
  hint?: string
  error?: string | null
}

/** A field of a form of sign-in. Password managers fill it; a code is typed as text, so that one sees what one types. */
export function SecretField({ name, label, autoComplete, hint, error }: Props) {
  const isPassword = autoComplete.endsWith('password')
  const described = hint === undefined ? undefined : `${name}-hint`
  return (
    <div className="flex flex-col gap-1">
      <label className={labelClass}>
        {label}
        <input
          name={name}
          type={isPassword ? 'password' : 'text'}
          autoComplete={autoComplete}
          inputMode={autoComplete === 'one-time-code' ? 'numeric' : undefined}
          autoCapitalize="none"
          spellCheck={false}
          required
          maxLength={isPassword ? 200 : 100}
          aria-describedby={described}
          aria-invalid={error ? true : undefined}
          className={`${fieldClass} h-9 w-full text-15`}
        />
      </label>
      {hint !== undefined && (
        <p id={described} className="text-12 text-dim">
          {hint}
        </p>
      )}
    </div>
  )
}
