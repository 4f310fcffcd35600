import { buttonClass } from '#components/ui/button.tsx'
import type { OidcProblem } from '#lib/model/access.ts'
import { apiPaths } from '#lib/params/api-paths.ts'

const texts: Record<OidcProblem, string> = {
  unreachable: 'The sign-in provider does not answer. Try again in a moment. The log of the server says more.',
  failed: 'Signing in with the provider failed, or took longer than 10 minutes. Try again.',
  'no-role': 'You have no role in this program. Whoever manages the provider can give you one.',
  disabled: 'Your account in this program is disabled.',
  'last-admin':
    'The provider says that you are not an administrator, but you are the only one. Another one must be made first.',
  'no-admin':
    'Nobody administers this server yet. The first to sign in must be an administrator, and the provider does not say that you are one.',
  limited: 'Too many sign-ins from your address. Try again in 15 minutes.',
}

/** What the page says of a problem that its address names; null if it names none. */
export const oidcProblemText = (problem: unknown): string | null =>
  typeof problem === 'string' && Object.hasOwn(texts, problem) ? texts[problem as OidcProblem] : null

/** Leads to the provider of OpenID Connect, and says why it did not end well. */
export function OidcButton({ to, provider, problem }: { to: string; provider: string; problem: string | null }) {
  return (
    <div className="flex flex-col gap-4 border-b border-line pb-6">
      {problem !== null && (
        <p role="alert" className="text-block-ink">
          {problem}
        </p>
      )}
      {/* Not a link of Next, which would follow it before it is clicked. */}
      <a href={apiPaths.oidc(to)} className={buttonClass('primary', 'h-9 px-4 whitespace-normal')}>
        Sign in with {provider}
      </a>
    </div>
  )
}
