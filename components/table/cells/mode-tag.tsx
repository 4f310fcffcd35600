import { cx } from '#components/ui/class.ts'
import { type Meaning, meaningIcons, meaningInk, meaningNames, meaningOf, meaningShort } from '../modes.ts'

/** A meaning by icon, word and hue. */
export function ModeTag({ meaning, name = meaningNames[meaning] }: { meaning: Meaning; name?: string }) {
  const Icon = meaningIcons[meaning]
  return (
    <span className={cx('inline-flex items-center gap-1 whitespace-nowrap', meaningInk[meaning])}>
      <Icon aria-hidden className="size-3.5 shrink-0" />
      {name}
    </span>
  )
}

/** An EventCode with what it means. */
export function CodeTag({ code }: { code: number }) {
  return (
    <span className="flex items-center gap-1.5">
      <span className="figures text-12">{code}</span>
      <ModeTag meaning={meaningOf(code)} name={meaningShort[meaningOf(code)]} />
    </span>
  )
}
