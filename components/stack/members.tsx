'use client'
import type { ReactNode } from 'react'
import type { MenuValue } from '#components/table/cell-menu-items.tsx'
import { HostText } from '#components/table/cells/host-text.tsx'
import { Logged } from '#components/table/cells/logged.tsx'
import { NullValue } from '#components/table/cells/null-value.tsx'
import { useTableContext } from '#components/table/table-context.ts'
import { ValueMenu } from '#components/table/value-menu.tsx'
import { linkClass, NavLink } from '#components/ui/nav-link.tsx'
import type { StackColumn } from '#lib/hunting/definition.ts'
import type { NamedStackMembers } from '#lib/model/stacks.ts'
import { hostHref } from '#lib/params/hrefs.ts'
import { fieldOfBy } from '#lib/params/stack-by.ts'
import { countOf, countText } from '#lib/text/number.ts'
import { spanParts } from '#lib/text/time.ts'
import { visibleText } from '#lib/text/visible.ts'
import type { Answer } from './use-answer.ts'

/** What a stack consists of besides its events: hosts, variants and users. */
export function Members({ answer }: { answer: Answer<NamedStackMembers> }) {
  const { screen, window: range } = useTableContext()
  const { tz, by } = screen.params
  if (answer.state === 'waiting') return <p className="px-4 py-2 text-dim">Counting…</p>
  if (answer.state !== 'here') return null
  const { hosts, users, variants } = answer.data
  return (
    <>
      <List title="Hosts" noun="host" page={hosts}>
        {hosts.rows.map(({ dest, events, firstTime, lastTime }) => (
          <Item
            key={dest}
            events={events}
            note={spanParts(firstTime, lastTime, tz, 'last').filter(Boolean).join(' – ')}
            menu={
              <ValueMenu
                value={{
                  ...{ column: 'dest', value: dest, field: 'dest', filter: dest },
                  record: { dest, firstTime, lastTime },
                }}
                label={`More for ${visibleText(dest)}`}
              />
            }
          >
            <NavLink href={hostHref(dest, range, tz)} className={`flex min-w-0 ${linkClass}`}>
              <HostText host={dest} />
            </NavLink>
          </Item>
        ))}
      </List>
      {by.some(({ step }) => step !== 'exact') && (
        <List title="Variants as logged" noun="variant" page={variants}>
          {variants.rows.map(({ column, value, events, hosts: on }) => (
            <Item
              key={`${column} ${value}`}
              events={events}
              note={`${column}, ${countOf(on, 'host')}`}
              menu={
                <ValueMenu
                  value={logged(column, value)}
                  label={`More for the variant ${visibleText(value ?? 'NULL')}`}
                />
              }
            >
              <Text value={value} />
            </Item>
          ))}
        </List>
      )}
      <List title="Users" noun="user" page={users}>
        {users.rows.map(({ User, events, hosts: on }) => (
          <Item
            key={User}
            events={events}
            note={countOf(on, 'host')}
            menu={<ValueMenu value={logged('User', User)} label={`More for ${visibleText(User ?? 'NULL')}`} />}
          >
            <Text value={User} />
          </Item>
        ))}
      </List>
    </>
  )
}

/** A value as it was logged, with what can be done with it. */
const logged = (column: string, value: string | null): MenuValue => {
  const text = value ?? 'NULL'
  return {
    column,
    value: text,
    field: fieldOfBy({ column: column as StackColumn, step: 'exact' }),
    filter: text,
    record: {},
  }
}

const Text = ({ value }: { value: string | null }) => (
  <span className="font-mono wrap-anywhere">{value === null ? <NullValue /> : <Logged text={value} />}</span>
)

type ListProps = { title: string; noun: string; page: { total: number; rows: readonly unknown[] }; children: ReactNode }

function List({ title, noun, page: { total, rows }, children }: ListProps) {
  return (
    <section aria-label={title} className="border-t border-line px-4 py-2">
      <h3 className="flex h-7 items-center justify-between text-12 text-dim">
        {title}
        <span>
          {total > rows.length
            ? `the ${countText(rows.length)} most frequent of ${countOf(total, noun)}`
            : countOf(total, noun)}
        </span>
      </h3>
      <ul>{children}</ul>
    </section>
  )
}

type ItemProps = { events: number; note: string; menu: ReactNode; children: ReactNode }

function Item({ events, note, menu, children }: ItemProps) {
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto_auto] items-center gap-x-2 border-b border-line py-1 text-12">
      <span className="min-w-0">{children}</span>
      <span className="figures text-end">{countText(events)}</span>
      <span className="row-span-2">{menu}</span>
      <span className="col-span-2 text-dim">{note}</span>
    </li>
  )
}
