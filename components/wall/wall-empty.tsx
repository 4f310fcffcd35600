import { NavLink } from '#components/ui/nav-link.tsx'
import { tablePath } from '#lib/params/hrefs.ts'

/** What to do if nothing is stored: then there is nothing to show. */
export function WallEmpty({ isUnattended }: { isUnattended: boolean }) {
  return (
    <section className="wall-empty">
      <h2>No events yet</h2>
      {isUnattended ? null : (
        <p>
          Upload Microsoft Defender logs, or load the sample fleet, on{' '}
          <NavLink href={tablePath('uploads')} className="wall-link">
            the uploads page
          </NavLink>
          . On the server, <code>npm run ingest -- FILE</code> does the same.
        </p>
      )}
      <p className="wall-dim">This wall shows new events within seconds. It does not have to be reloaded.</p>
    </section>
  )
}
