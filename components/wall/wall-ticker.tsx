import type { WallData } from '#lib/query/rows.ts'
import { Panel } from './panel.tsx'
import { WallDisabled } from './wall-disabled.tsx'
import { WallRare } from './wall-rare.tsx'
import type { WallSettings } from './wall-settings.ts'

/** Rows that stand at the foot at a time. */
const few = 3

function turn<Row>(rows: Row[], beat: number): Row[] {
  const pages = Math.max(1, Math.ceil(rows.length / few))
  const at = (beat % pages) * few
  return rows.slice(at, at + few)
}

/** The third band: the newest rules disabled and the rarest stacks, a few at a time, with nothing that moves. */
export function WallTicker({ data, beat, settings }: { data: WallData; beat: number; settings: WallSettings }) {
  return (
    <div className="wall-ticker">
      <Panel title="Newest disabled rules">
        <WallDisabled rows={turn(data.disabledRules, beat)} tz={settings.tz} />
      </Panel>
      <Panel title="Rarest stacks" note="7 days">
        <WallRare stacks={turn(data.rareStacks, beat)} redact={settings.redact} />
      </Panel>
    </div>
  )
}
