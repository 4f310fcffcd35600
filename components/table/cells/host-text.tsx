import { splitHost } from '#lib/text/host.ts'
import { Logged } from './logged.tsx'

/** The name of a host on one line: its domain is dim and gives way before its first label does. Put it in a flex box. */
export function HostText({ host }: { host: string }) {
  const { name, domain } = splitHost(host)
  return (
    <>
      <span className="min-w-0 truncate">
        <Logged text={name} />
      </span>
      {domain !== '' && (
        <span className="min-w-[1ch] shrink-[1000000] truncate font-normal text-dim">
          <Logged text={domain} />
        </span>
      )}
    </>
  )
}
