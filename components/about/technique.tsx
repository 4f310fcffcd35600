import { linkClass } from '#components/ui/nav-link.tsx'

/** An ATT&CK technique, linked to its page at MITRE. */
export function Technique({ id }: { id: string }) {
  return (
    <a href={`https://attack.mitre.org/techniques/${id.replace('.', '/')}/`} className={`${linkClass} font-mono`}>
      {id}
    </a>
  )
}
