'use client'
import { HostText } from '#components/table/cells/host-text.tsx'
import { Logged } from '#components/table/cells/logged.tsx'
import { ModeTag } from '#components/table/cells/mode-tag.tsx'
import { meaningOf } from '#components/table/modes.ts'
import type { RuleNames } from '#components/table/table-context.ts'
import { Hint } from '#components/ui/hint.tsx'
import { NavLink } from '#components/ui/nav-link.tsx'
import type { FleetStack } from '#lib/model/rows.ts'
import { fleetStackHref } from '#lib/params/hrefs.ts'
import { shortGuid } from '#lib/text/guid.ts'
import { countOf } from '#lib/text/number.ts'
import { splitPath } from '#lib/text/path.ts'
import { timeText } from '#lib/text/time.ts'
import { visibleText } from '#lib/text/visible.ts'
import { rowClass, rowLinkClass } from './row-list.tsx'
import { type Folders, tellApart } from './tell-apart.ts'

type Props = {
  stacks: FleetStack[]
  rules: RuleNames
  tz: string
  label: string
  /** The time that is shown of each. */
  time: 'firstTime' | 'lastTime'
}

/**
 * Stacks of the fleet, each a link to its rows on every host: what did it to what, under which rule, on which hosts, how often, when.
 */
export function StackList({ stacks, rules, tz, label, time }: Props) {
  const folders = tellApart(stacks)
  return (
    <ol aria-label={label}>
      {stacks.map((stack, index) => (
        <li key={`${stack.ID} ${stack.Process_Name} ${stack.Path} ${stack.EventCode}`} className={rowClass}>
          <StackRow stack={stack} rules={rules} tz={tz} time={time} folders={folders[index]} />
        </li>
      ))}
    </ol>
  )
}

type RowProps = Omit<Props, 'stacks' | 'label'> & { stack: FleetStack; folders: Folders | undefined }

function StackRow({ stack, rules, tz, time, folders }: RowProps) {
  const { ID, ASR_Rule, Process_Name, Path, EventCode, dests, dest, count } = stack
  const isKnown = ASR_Rule !== 'NULL'
  const rule = isKnown ? (rules[ID]?.short ?? ASR_Rule) : ID === 'NULL' ? '' : `Unknown rule ${shortGuid(ID)}`
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 sm:grid-cols-[minmax(0,1fr)_minmax(9.5rem,18%)_5.5rem]">
      <Hint text={<span className="font-mono">{visibleText(`${Process_Name} → ${Path}`)}</span>}>
        <NavLink
          data-row
          href={fleetStackHref(stack, 'stacking', tz)}
          className={`flex min-w-0 gap-1.5 font-mono text-12 leading-5 ${rowLinkClass}`}
        >
          <span className="max-w-[55%] flex-none truncate">
            <span className="text-dim">{folders?.process}</span>
            <File path={Process_Name} />
          </span>
          <span aria-label="to" role="img" className="text-dim">
            →
          </span>
          <span className="min-w-0 truncate font-semibold">
            <File path={Path} />
          </span>
        </NavLink>
      </Hint>
      <span className="flex min-w-0 max-sm:hidden">
        {dest === null ? countOf(dests, 'host') : <HostText host={dest} />}
      </span>
      <span className="text-end whitespace-nowrap">{countOf(count, 'event')}</span>
      <span className="flex min-w-0 items-center gap-2 text-12 leading-5 text-dim">
        <ModeTag meaning={meaningOf(EventCode)} />
        {rule !== '' && <span className="min-w-0 truncate sm:max-w-[50%] sm:flex-none">{visibleText(rule)}</span>}
        <span className="min-w-0 truncate font-mono max-sm:hidden">
          <Logged text={folders?.path ?? ''} />
        </span>
      </span>
      <span className="figures col-start-2 text-12 leading-5 whitespace-nowrap text-dim max-sm:text-end sm:col-span-2">
        <span className="font-sans">{time === 'firstTime' ? 'first seen' : 'last seen'}</span>{' '}
        {timeText(stack[time], tz).slice(0, 16)}
      </span>
      <span className="col-span-2 flex min-w-0 gap-3 text-12 sm:hidden">
        <span className="flex min-w-0 flex-none">
          {dest === null ? countOf(dests, 'host') : <HostText host={dest} />}
        </span>
        <span className="min-w-0 truncate font-mono text-dim">
          <Logged text={folders?.path ?? ''} />
        </span>
      </span>
    </div>
  )
}

/** The last part of a path; what was not logged is NULL. */
function File({ path }: { path: string }) {
  if (path === 'NULL') return <span className="font-normal text-dim italic">NULL</span>
  return <Logged text={splitPath(path).file} />
}
