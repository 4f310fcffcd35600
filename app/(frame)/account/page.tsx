import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { AddPasskey } from '#components/account/passkey-forms.tsx'
import { PasskeyList } from '#components/account/passkey-list.tsx'
import { PasswordForm } from '#components/account/password-form.tsx'
import { SessionList } from '#components/account/session-list.tsx'
import { SignOutButton } from '#components/account/sign-out-button.tsx'
import { TotpForm } from '#components/account/totp-form.tsx'
import { WithoutPasskeys } from '#components/account/without-passkeys.tsx'
import { Bar } from '#components/frame/bar.tsx'
import { NothingHere } from '#components/frame/nothing-here.tsx'
import { PageBody } from '#components/frame/page-body.tsx'
import { Problems } from '#components/frame/problems.tsx'
import { context } from '#lib/access/context.ts'
import { passwordLength } from '#lib/access/passwords.ts'
import { passkeyProblem } from '#lib/http/passkey-host.ts'
import { accountPath } from '#lib/params/hrefs.ts'
import { readScreen } from '#lib/params/read-screen.ts'

export const metadata: Metadata = { title: 'Account' }

const origins = {
  local: 'A password of this server',
  oidc: 'The sign-in provider of your organization',
  proxy: 'The proxy in front of this server',
}

/** The account of whoever is signed in: password, second factor, passkeys and sessions. */
export default async function AccountPage({ searchParams }: PageProps<'/account'>) {
  const { screen, problems } = readScreen(accountPath, 'uploads', await searchParams)
  const { actor, reads, now } = await context()
  if (actor.kind !== 'account') return <NothingHere />
  const [accounts, passkeys, sessions] = await Promise.all([
    reads.accounts(now),
    reads.passkeys(actor.id),
    reads.sessions(actor.id, now),
  ])
  const own = accounts.find(({ id }) => id === actor.id)
  if (own === undefined) return <NothingHere />
  const problem = passkeyProblem(await headers(), accountPath)
  return (
    <>
      <Bar title="Account" screen={screen}>
        {actor.session !== null && <SignOutButton />}
      </Bar>
      <Problems problems={problems} />
      <PageBody>
        <div className="flex max-w-[640px] flex-col gap-8">
          <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1">
            <dt className="text-dim">Name</dt>
            <dd className="wrap-anywhere">{own.name}</dd>
            <dt className="text-dim">Role</dt>
            <dd>{own.role}</dd>
            <dt className="text-dim">Signs in by</dt>
            <dd>{origins[own.origin]}</dd>
          </dl>
          {own.hasPassword && <PasswordForm name={own.name} least={passwordLength.least} />}
          {own.hasPassword && <TotpForm key={String(own.hasTotp)} isSet={own.hasTotp} />}
          {own.hasPassword && (
            <PasskeyList passkeys={passkeys} tz={screen.params.tz}>
              {problem === null ? <AddPasskey /> : <WithoutPasskeys {...problem} />}
            </PasskeyList>
          )}
          <SessionList sessions={sessions} current={actor.session} tz={screen.params.tz} />
        </div>
      </PageBody>
    </>
  )
}
