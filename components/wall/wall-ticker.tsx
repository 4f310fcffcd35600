import type { WallData } from '#lib/model/rows.ts'
import { newestWarnings, warningSums } from './newest-warnings.ts'
import { Panel } from './panel.tsx'
import { WallRare } from './wall-rare.tsx'
import type { WallSettings } from './wall-settings.ts'
import { WallWarnings } from './wall-warnings.tsx'

/** Rows at the foot at a time, and how many take turns there. */
const few = 3
const most = 9

function turn<Row>(rows: Row[], beat: number): Row[] {
  const pages = Math.max(1, Math.ceil(rows.length / few))
  const at = (beat % pages) * few
  return rows.slice(at, at + few)
}

type Props = { data: WallData; beat: number; settings: WallSettings }

/** The third band: the newest warnings and the rarest stacks, a few at a time, with nothing that moves. */
export function WallTicker({ data, beat, settings: { tz, redact } }: Props) {
  return (
    <div className="wall-ticker">
      <Panel title="Newest warnings" note={warningSums(data.warnings7d)}>
        <WallWarnings rows={turn(newestWarnings(data, most), beat)} tz={tz} redact={redact} />
      </Panel>
      <Panel title="Rarest stacks" note="seen in 7 days">
        <WallRare stacks={turn(data.rareStacks, beat)} redact={redact} />
      </Panel>
    </div>
  )
}
