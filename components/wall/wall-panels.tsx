import { NavLink } from '#components/ui/nav-link.tsx'
import type { WallData } from '#lib/model/rows.ts'
import { type Screen, screenHref } from '#lib/params/screen.ts'
import { newestWarnings, warningSums } from './newest-warnings.ts'
import { Nothing, Panel } from './panel.tsx'
import { silentSince } from './silent-since.ts'
import { WallHosts } from './wall-hosts.tsx'
import { WallHours } from './wall-hours.tsx'
import { WallRare } from './wall-rare.tsx'
import { WallRules } from './wall-rules.tsx'
import { type PanelName, panelNames, type WallSettings } from './wall-settings.ts'
import { WallWarnings } from './wall-warnings.tsx'

type Props = {
  data: WallData
  beat: number
  settings: WallSettings
  screen: Screen
}

/** Rows of a panel that has the screen to itself. */
const most = 8

/** The second band: hours, hosts and rules side by side, or one panel at a time over the rest of the screen. */
export function WallPanels({ data, beat, settings, screen }: Props) {
  const { rotate, tz, redact } = settings
  const at = rotate.length === 0 ? 0 : beat % rotate.length
  const turn = rotate.length < 2 ? undefined : `${at + 1} of ${rotate.length}`
  const panels: Record<PanelName, React.ReactNode> = {
    hours: <Hours {...{ data, screen, turn, tz }} />,
    hosts: (
      <Panel title="Hosts by risk" note="7 days" turn={turn}>
        <WallHosts hosts={data.hostsByRisk} leftOut={data.leftOut} />
      </Panel>
    ),
    rules: (
      <Panel title="Rules firing" note="24 hours" turn={turn}>
        <WallRules rules={data.rulesFiring} />
      </Panel>
    ),
    disabled: (
      <Panel title="Newest warnings" note={warningSums(data.warnings7d)} turn={turn}>
        <WallWarnings rows={newestWarnings(data, most)} tz={tz} redact={redact} />
      </Panel>
    ),
    rare: (
      <Panel title="Rarest stacks" note="seen in 7 days" turn={turn}>
        <WallRare stacks={data.rareStacks} redact={redact} />
      </Panel>
    ),
  }
  if (rotate.length > 0) return <div className="wall-large">{panels[rotate[at] ?? panelNames[0]]}</div>
  return (
    <div className="wall-middle">
      {panels.hours}
      {panels.hosts}
      {panels.rules}
    </div>
  )
}

type HoursProps = { data: WallData; screen: Screen; turn: string | undefined; tz: string }

/** The chart of 24 hours, which says why it is blank, if it is, and what shows the newest events. */
function Hours({ data: { hours, newestEvent }, screen, turn, tz }: HoursProps) {
  const since = silentSince(hours, newestEvent, tz)
  const hasEvents = hours.some(
    ({ block, audit, override, configuration }) => block + audit + override + configuration > 0,
  )
  const note = hasEvents && since !== null ? `no event since ${since}` : undefined
  return (
    <Panel title="By hour" note={note} turn={turn}>
      {hours.some(({ block, audit }) => block + audit > 0) ? (
        <WallHours points={hours} tz={tz} />
      ) : (
        <Nothing>
          No block and no audit in these 24 hours.
          {!hasEvents && (
            <NavLink href={screenHref(screen, { anchor: 'newest' })} className="wall-link">
              Show the 24 hours to the newest event
            </NavLink>
          )}
        </Nothing>
      )}
    </Panel>
  )
}
