'use client'
import { ChartColumn } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { saveSetting } from '#components/frame/save-setting.ts'
import type { Settings } from '#components/frame/settings.ts'
import { Button } from '#components/ui/button.tsx'
import { cx } from '#components/ui/class.ts'

type Props = {
  head: ReactNode
  timeline: ReactNode
  rules: ReactNode
  tabs: ReactNode
  setting: Settings['timeline']
}

/** The head of a host with its timeline next to it, and the rules and tabs below. The browser remembers whether the timeline is shown. */
export function HostTop({ head, timeline, rules, tabs, setting }: Props) {
  const [shown, setShown] = useState(setting)
  const isShown = shown === 'shown'
  const turn = () => {
    const next = isShown ? 'hidden' : 'shown'
    saveSetting('timeline', next)
    setShown(next)
  }
  return (
    <>
      <div
        className={cx(
          'grid grid-cols-[minmax(0,1fr)] gap-x-8 gap-y-3 px-4 pt-2.5',
          isShown && 'xl:grid-cols-[minmax(0,11fr)_minmax(0,9fr)]',
        )}
      >
        {head}
        {isShown && timeline}
      </div>
      <div className="px-4 pt-1">{rules}</div>
      <div className="flex">
        <div className="min-w-0 flex-1">{tabs}</div>
        <div className="flex items-center border-b border-line pr-2 sm:pr-4">
          <Button look="quiet" className="text-12 text-dim" aria-expanded={isShown} onClick={turn}>
            <ChartColumn aria-hidden />
            <span className="max-sm:sr-only">{isShown ? 'Hide timeline' : 'Show timeline'}</span>
          </Button>
        </div>
      </div>
    </>
  )
}
