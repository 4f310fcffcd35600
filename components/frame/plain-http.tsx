import { LockOpen } from 'lucide-react'

/** Says on every page that it was sent without encryption. Its height is `--plain-http` of globals.css. */
export const PlainHttp = () => (
  <p
    role="note"
    className="flex min-h-(--plain-http) items-center justify-center gap-2 border-b border-line bg-audit-soft px-4 text-13 text-ink"
  >
    <LockOpen aria-hidden className="size-4 shrink-0 text-audit-ink" />
    <span>
      <b className="font-semibold">Not encrypted.</b> Others on the network can read what you see and type here.
    </span>
  </p>
)
