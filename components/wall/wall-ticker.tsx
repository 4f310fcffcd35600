import type { WallData } from '#lib/model/rows.ts'
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

type Props = { data: WallData; shorts: Record<string, string>; beat: number; settings: WallSettings }

/** The third band: the newest rules disabled and the rarest stacks, a few at a time, with nothing that moves. */
export function WallTicker({ data, shorts, beat, settings }: Props) {
  return (
    <div className="wall-ticker">
      <Panel title="Newest disabled rules">
        <WallDisabled rows={turn(data.disabledRules, beat)} shorts={shorts} tz={settings.tz} />
      </Panel>
      <Panel title="Rarest stacks" note="7 days">
        <WallRare stacks={turn(data.rareStacks, beat)} redact={settings.redact} />
      </Panel>
    </div>
  )
}
