'use client'
import { useMay } from '#components/frame/user.tsx'
import { linkClass } from '#components/ui/nav-link.tsx'
import { sampleLogPath } from '#lib/params/hrefs.ts'

/** A log to try an upload with, for those who may. */
export function SampleLogLink() {
  if (!useMay('upload')) return null
  return (
    <p className="text-12 text-dim">
      To try an upload,{' '}
      <a href={sampleLogPath} download className={linkClass}>
        download a small sample log
      </a>{' '}
      and drop it above.
    </p>
  )
}
