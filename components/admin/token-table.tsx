import { TimeCell } from '#components/table/cells/time-cell.tsx'
import type { Token } from '#lib/model/access.ts'
import { apiPaths } from '#lib/params/api-paths.ts'
import { visibleText } from '#lib/text/visible.ts'
import { MaybeTime } from './cells.tsx'
import { ConfirmButton } from './confirm-button.tsx'
import '#components/table/table.css'

type Props = { tokens: readonly Token[]; tz: string; now: number }

/** The tokens, each with what it is for, when it ends, and when it was last used. */
export function TokenTable({ tokens, tz, now }: Props) {
  return (
    <div className="min-h-0 flex-1 overflow-auto">
      <table className="rows sm:min-w-[900px]">
        <caption className="sr-only">Tokens</caption>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col" className="w-24">
              Scope
            </th>
            <th scope="col" className="w-42">
              Last used {tz}
            </th>
            <th scope="col" className="w-42">
              Ends {tz}
            </th>
            <th scope="col" className="w-42">
              Made {tz}
            </th>
            <th scope="col" className="w-40">
              Made by
            </th>
            <th scope="col" className="w-24">
              <span className="sr-only">Revoke</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {tokens.map(({ id, name, scope, madeBy, createdAt, expiresAt, usedAt }) => (
            <tr key={id}>
              <td className="phone-title font-medium wrap-anywhere">{visibleText(name)}</td>
              <td className="phone-figure">{scope}</td>
              <td className="phone-line" data-name="Last used">
                <MaybeTime time={usedAt} tz={tz} none="never" />
              </td>
              <td className="phone-line" data-name="Ends">
                <div>
                  <MaybeTime time={expiresAt} tz={tz} none="when revoked" />
                  {expiresAt !== null && expiresAt <= now && (
                    <span className="text-12 text-block-ink">has expired</span>
                  )}
                </div>
              </td>
              <td className="phone-line" data-name="Made">
                <TimeCell time={createdAt} tz={tz} />
              </td>
              <td className="phone-line wrap-anywhere" data-name="Made by">
                {visibleText(madeBy)}
              </td>
              <td className="phone-line" data-name="">
                <ConfirmButton verb="Revoke" name={name} path={apiPaths.token(id)} words={`${name} is revoked`}>
                  {scope === 'display'
                    ? 'Screens that it opened end within 10 seconds, and say so.'
                    : 'Programs that use it get no answer any more, and what they are doing now ends.'}{' '}
                  This cannot be undone.
                </ConfirmButton>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
