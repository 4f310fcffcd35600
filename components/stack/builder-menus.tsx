import { ChevronDown, Layers2, Plus } from 'lucide-react'
import { buttonClass } from '#components/ui/button.tsx'
import { MenuLine, MenuLink, MenuPopup, MenuTrigger } from '#components/ui/menu.tsx'
import { PopupRoot } from '#components/ui/popup.tsx'
import { detectionKeys, detections } from '#lib/asr/detections.ts'
import { presetOf, withColumn } from '#lib/hunting/by.ts'
import { presets, stackColumns } from '#lib/hunting/definition.ts'
import { tablePath } from '#lib/params/hrefs.ts'
import { carried, linkTo } from '#lib/params/link.ts'
import { type Screen, screenHref } from '#lib/params/screen.ts'
import { presetChange } from '#lib/params/stack-hrefs.ts'

/** The configuration detections group changes, of which one event can have several: they have their own pages. */
const ofChanges = detectionKeys.filter((key) => presets.every((preset) => preset.key !== key))

/** The choices of fields that have a name. */
export function PresetMenu({ screen }: { screen: Screen }) {
  const { params } = screen
  const current = presetOf(params.by)
  const first = presets.findIndex(({ codes }) => codes !== null)
  return (
    <PopupRoot>
      <MenuTrigger className={buttonClass('plain', 'max-w-full min-w-0')}>
        <Layers2 aria-hidden className="text-dim" />
        <span className="max-sm:sr-only">Stack by: </span>
        <span className="truncate">{current?.name ?? 'own choice'}</span>
        <ChevronDown aria-hidden className="text-dim" />
      </MenuTrigger>
      <MenuPopup align="start">
        {presets.map((preset, place) => (
          <div key={preset.key}>
            {place === first && <MenuLine />}
            <MenuLink href={screenHref(screen, presetChange(preset, params.filters))}>{preset.name}</MenuLink>
          </div>
        ))}
        {ofChanges.map((key) => (
          <MenuLink
            key={key}
            href={linkTo(tablePath(key), key, { ...carried(params, key), filters: params.filters, q: params.q })}
          >
            {detections[key].title}
          </MenuLink>
        ))}
      </MenuPopup>
    </PopupRoot>
  )
}

/** The fields that stacks are not formed by yet. */
export function AddField({ screen }: { screen: Screen }) {
  const { by } = screen.params
  const left = stackColumns.filter((column) => by.every((field) => field.column !== column))
  if (left.length === 0) return null
  return (
    <PopupRoot>
      <MenuTrigger className={buttonClass('quiet', 'h-7 text-12')}>
        <Plus aria-hidden className="text-dim" />
        Field
      </MenuTrigger>
      <MenuPopup align="start">
        {left.map((column) => (
          <MenuLink key={column} href={screenHref(screen, { by: withColumn(by, column) })}>
            {column}
          </MenuLink>
        ))}
      </MenuPopup>
    </PopupRoot>
  )
}
