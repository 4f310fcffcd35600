'use client'
import { ChevronDown } from 'lucide-react'
import { Button } from '#components/ui/button.tsx'
import { cx } from '#components/ui/class.ts'
import { visibleText } from '#lib/text/visible.ts'
import { DestField } from './dest-field.tsx'
import { ZoneSelect } from './zone-select.tsx'

/** What applies to logs that do not say it themselves: the zone of local times, and the host. */
export type UploadOptions = { tz: string; dest: string }

const fieldsId = 'upload-options'

type ButtonProps = { options: UploadOptions; isOpen: boolean; onClick: () => void }

/** Opens and closes the options. Those that are set are named, so that none is in effect unseen. */
export function OptionsButton({ options: { tz, dest }, isOpen, onClick }: ButtonProps) {
  const set = [visibleText(dest.trim()), tz === 'UTC' ? '' : tz].filter((text) => text !== '')
  return (
    <Button look="quiet" aria-expanded={isOpen} aria-controls={fieldsId} onClick={onClick}>
      <span className="max-w-60 truncate">{set.length === 0 ? 'Options' : `Options: ${set.join(', ')}`}</span>
      <ChevronDown aria-hidden className={cx('text-dim', isOpen && 'rotate-180')} />
    </Button>
  )
}

type FieldsProps = { options: UploadOptions; onChange: (options: UploadOptions) => void }

/** The fields of the options. */
export function UploadOptionFields({ options, onChange }: FieldsProps) {
  return (
    <div id={fieldsId} className="flex flex-wrap items-end gap-x-4 gap-y-2 border-t border-line pt-3">
      <DestField value={options.dest} onChange={(dest) => onChange({ ...options, dest })} />
      <ZoneSelect value={options.tz} onChange={(tz) => onChange({ ...options, tz })} />
      <p className="max-w-[60ch] text-12 text-dim">
        Used for logs that do not name their host, such as the CSV of Event Viewer, and for times without a time zone.
      </p>
    </div>
  )
}
