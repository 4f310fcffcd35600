import { meaningIcons } from '#components/table/modes.ts'
import type { WallData } from '#lib/model/rows.ts'
import { countText } from '#lib/text/number.ts'
import { Nothing } from './panel.tsx'

const { block: Block, audit: Audit } = meaningIcons

/** The rules that fired most: blocked and audited. */
export function WallRules({ rules }: { rules: WallData['rulesFiring'] }) {
  if (rules.length === 0) return <Nothing>No rule fired</Nothing>
  return (
    <ol className="wall-rows wall-rules">
      {rules.map(({ ID, ASR_Rule, short, blocked, audited }) => (
        <li key={ID}>
          <span className="wall-cut">{ASR_Rule === 'NULL' ? `Unknown rule ${ID.slice(0, 8)}` : short}</span>
          <span className="wall-pair" data-ink="block">
            <Block aria-label="blocked" />
            <span className="wall-figure">{countText(blocked)}</span>
          </span>
          <span className="wall-pair" data-ink="audit">
            <Audit aria-label="audited" />
            <span className="wall-figure">{countText(audited)}</span>
          </span>
        </li>
      ))}
    </ol>
  )
}
