import { ChevronDown, TriangleAlert, X } from 'lucide-react'
import { buttonClass, iconButtonClass } from '#components/ui/button.tsx'
import { cx } from '#components/ui/class.ts'
import { Hint } from '#components/ui/hint.tsx'
import { MenuLink, MenuPopup, MenuTrigger } from '#components/ui/menu.tsx'
import { NavLink } from '#components/ui/nav-link.tsx'
import { PopupRoot } from '#components/ui/popup.tsx'
import { hintNames } from '#lib/hunting/hints/hints.ts'
import { type Screen, screenHref } from '#lib/params/screen.ts'
import { hintName } from './words.ts'

/** The hint that stacks must have to be shown. */
export function HintChoice({ screen }: { screen: Screen }) {
  const { hint } = screen.params
  return (
    <div className="flex items-center">
      <PopupRoot>
        <MenuTrigger className={buttonClass('quiet', cx('h-6 text-12', hint !== null && 'bg-accent-soft'))}>
          <TriangleAlert aria-hidden className="text-dim" />
          {hint === null ? 'Hint…' : `Hint: ${hintName(hint)}`}
          <ChevronDown aria-hidden className="text-dim" />
        </MenuTrigger>
        <MenuPopup align="start">
          {(['any', ...hintNames] as const).map((key) => (
            <MenuLink key={key} href={screenHref(screen, { hint: key })}>
              {key === 'any' ? 'Any hint' : hintName(key)}
            </MenuLink>
          ))}
        </MenuPopup>
      </PopupRoot>
      {hint !== null && (
        <Hint text="Drop the hint">
          <NavLink
            href={screenHref(screen, { hint: null })}
            scroll={false}
            aria-label={`Drop the hint ${hintName(hint)}`}
            className={iconButtonClass('h-6 w-6 [&_svg]:size-3.5')}
          >
            <X aria-hidden />
          </NavLink>
        </Hint>
      )}
    </div>
  )
}
