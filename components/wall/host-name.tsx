import { Logged } from '#components/table/cells/logged.tsx'

/** A dest by its own name; the domain is dim and gives way. */
export function HostName({ dest }: { dest: string }) {
  const dot = dest.indexOf('.')
  const name = dot < 1 || /^[\d.]+$/.test(dest) ? dest : dest.slice(0, dot)
  return (
    <span className="wall-cut">
      <Logged text={name} />
      <span className="wall-dim">
        <Logged text={dest.slice(name.length)} />
      </span>
    </span>
  )
}
