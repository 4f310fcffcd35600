'use client'
import { SunMoon } from 'lucide-react'
import { useState } from 'react'
import { iconButtonClass } from '#components/ui/button.tsx'
import { Menu, MenuPopup, MenuRadio } from '#components/ui/menu.tsx'
import { saveSetting } from './save-setting.ts'
import type { Theme } from './settings.ts'

/** Light, dark, or what the system says. */
export function ThemeMenu({ theme }: { theme: Theme }) {
  const [chosen, setChosen] = useState(theme)
  const choose = (next: Theme) => {
    setChosen(next)
    saveSetting('theme', next)
  }
  return (
    <Menu.Root>
      <Menu.Trigger aria-label="Theme" className={iconButtonClass()}>
        <SunMoon aria-hidden />
      </Menu.Trigger>
      <MenuPopup>
        <Menu.RadioGroup value={chosen} onValueChange={choose} aria-label="Theme">
          <MenuRadio value="light">Light</MenuRadio>
          <MenuRadio value="dark">Dark</MenuRadio>
          <MenuRadio value="system">System</MenuRadio>
        </Menu.RadioGroup>
      </MenuPopup>
    </Menu.Root>
  )
}
