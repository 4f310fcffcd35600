import type { WallData } from '#lib/model/rows.ts'
import { Panel } from './panel.tsx'
import { WallDisabled } from './wall-disabled.tsx'
import { WallHosts } from './wall-hosts.tsx'
import { HoursLegend, WallHours } from './wall-hours.tsx'
import { WallRare } from './wall-rare.tsx'
import { WallRules } from './wall-rules.tsx'
import { type PanelName, panelNames, type WallSettings } from './wall-settings.ts'

type Props = { data: WallData; shorts: Record<string, string>; beat: number; settings: WallSettings }

/** The second band: hours, hosts and rules side by side, or one panel at a time over the rest of the screen. */
export function WallPanels({ data, shorts, beat, settings }: Props) {
  const { rotate, tz, redact } = settings
  const panels: Record<PanelName, React.ReactNode> = {
    hours: (
      <Panel title="By hour" legend={<HoursLegend />}>
        <WallHours points={data.hours} tz={tz} />
      </Panel>
    ),
    hosts: (
      <Panel title="Hosts by risk" note="7 days">
        <WallHosts hosts={data.hostsByRisk} />
      </Panel>
    ),
    rules: (
      <Panel title="Rules firing" note="24 hours">
        <WallRules rules={data.rulesFiring} />
      </Panel>
    ),
    disabled: (
      <Panel title="Newest disabled rules">
        <WallDisabled rows={data.disabledRules} shorts={shorts} tz={tz} />
      </Panel>
    ),
    rare: (
      <Panel title="Rarest stacks" note="7 days">
        <WallRare stacks={data.rareStacks} redact={redact} />
      </Panel>
    ),
  }
  if (rotate.length === 0) {
    return (
      <div className="wall-middle">
        {panels.hours}
        {panels.hosts}
        {panels.rules}
      </div>
    )
  }
  const at = beat % rotate.length
  const shown = rotate[at] ?? panelNames[0]
  return (
    <div className="wall-large">
      {panels[shown]}
      <p className="wall-dim wall-turn">
        {at + 1} of {rotate.length}
      </p>
    </div>
  )
}
