import { useId } from 'react'
import { Swatch } from './patterns.tsx'
import { scored } from './score-bar.tsx'

/** Which mark of a score bar represents which detection. */
export function ScoreLegend() {
  const prefix = useId()
  return (
    <span className="flex flex-wrap items-center gap-x-3 text-12 font-normal text-dim">
      {scored.map(({ view, name, mode }) => (
        <span key={view} className="flex items-center gap-1">
          <Swatch mode={mode} prefix={prefix} />
          {name}
        </span>
      ))}
    </span>
  )
}
