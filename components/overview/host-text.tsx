import { Logged } from '#components/table/cells/logged.tsx'
import { splitHost } from '#lib/text/host.ts'

/** A host by its own name on one line; its domain is dim and is cut first. */
export function HostText({ dest }: { dest: string }) {
  const { name, domain } = splitHost(dest)
  return (
    <span className="flex min-w-0">
      <span className="max-w-full flex-none truncate">
        <Logged text={name} />
      </span>
      {domain !== '' && (
        <span className="min-w-0 flex-1 truncate text-dim">
          <Logged text={domain} />
        </span>
      )}
    </span>
  )
}
