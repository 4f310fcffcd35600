import type { NoPasskeys } from '#lib/model/passkeys.ts'

const words: Record<NoPasskeys, string> = {
  address: 'Passkeys do not work at an IP address.',
  insecure: 'Passkeys need https, and this page was loaded over http.',
  port: 'Passkeys do not work at this port, which ALLOWED_HOSTS does not contain.',
}

type Props = { problem: NoPasskeys; elsewhere: string | null }

/** Says why passkeys do not work at the address of this page, and where they do, `elsewhere` being an address of this page. */
export function WithoutPasskeys({ problem, elsewhere }: Props) {
  return (
    <p className="text-12 text-dim">
      {words[problem]} {problem === 'address' && elsewhere === null && 'To use one, open this server under its name.'}
      {elsewhere !== null && (
        <>
          To use one, open this server as{' '}
          <a href={elsewhere} className="text-accent underline">
            {new URL(elsewhere).host}
          </a>
          .
        </>
      )}
    </p>
  )
}
