import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { Gate } from '#components/account/gate.tsx'
import { OidcButton, oidcProblemText } from '#components/account/oidc-button.tsx'
import { PasskeyButton } from '#components/account/passkey-button.tsx'
import { SignInForm } from '#components/account/sign-in-form.tsx'
import { WithoutPasskeys } from '#components/account/without-passkeys.tsx'
import { context } from '#lib/access/context.ts'
import { hasAccounts } from '#lib/access/identities.ts'
import { oidcSettings } from '#lib/access/oidc-settings.ts'
import { returnTo } from '#lib/access/return-to.ts'
import { passkeyProblem } from '#lib/http/passkey-host.ts'
import { signInHref } from '#lib/params/hrefs.ts'

export const metadata: Metadata = { title: 'Sign in' }

/** Signs in, and leads to the page that the browser came for. */
export default async function SignInPage({ searchParams }: PageProps<'/sign-in'>) {
  const { to: given, problem } = await searchParams
  const to = returnTo(typeof given === 'string' ? given : null)
  const provider = oidcSettings()
  const { may } = await context()
  if (may('read')) redirect(to)
  const withoutPasskeys = passkeyProblem(await headers(), signInHref(to))
  return (
    <Gate title="Sign in">
      {provider !== null && <OidcButton to={to} provider={provider.name} problem={oidcProblemText(problem)} />}
      {(await hasAccounts()) ? (
        <>
          <SignInForm to={to} />
          <div className="mt-2 flex flex-col items-start gap-4 border-t border-line pt-6">
            {withoutPasskeys === null ? <PasskeyButton to={to} /> : <WithoutPasskeys {...withoutPasskeys} />}
          </div>
        </>
      ) : (
        <p>
          No accounts yet. Open the one-time link that the server printed when it started, or run this on the server:{' '}
          <code className="wrap-anywhere">npm run user -- add NAME --role admin</code>
        </p>
      )}
    </Gate>
  )
}
