import { Logged } from '#components/table/cells/logged.tsx'
import { splitHost } from '#lib/text/host.ts'

/** A host by its own name, which is never cut while there is room for it; its domain has the room that is left. */
export function HostName({ dest }: { dest: string }) {
  const { name, domain } = splitHost(dest)
  return (
    <span className="wall-host">
      <span className="wall-cut">
        <Logged text={name} />
      </span>
      {domain !== '' && (
        <span className="wall-cut wall-dim wall-domain">
          <Logged text={domain} />
        </span>
      )}
    </span>
  )
}
