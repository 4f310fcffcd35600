import { Search } from 'lucide-react'
import { buttonClass } from '#components/ui/button.tsx'
import { NavLink } from '#components/ui/nav-link.tsx'
import { rewrite } from '#lib/params/anywhere.ts'
import { type Screen, screenHref } from '#lib/params/screen.ts'
import type { Anywhere } from '#lib/query/older.ts'
import { countOf } from '#lib/text/number.ts'
import { Logged } from './cells/logged.tsx'

/** Filters that find nothing as complete values, but something anywhere in the field: each a link with what it finds. */
export function FoundAnywhere({ screen, anywhere, noun }: { screen: Screen; anywhere: Anywhere[]; noun: string }) {
  if (anywhere.length === 0) return null
  return (
    <>
      <p>A filter without * matches complete values only. Search anywhere in the field instead:</p>
      <ul className="flex flex-col gap-1">
        {anywhere.map(({ values, total }) => (
          <li key={values.map(({ field, written }) => `${field}=${written}`).join('&')}>
            <NavLink
              href={screenHref(screen, { filters: rewrite(screen.params.filters, values) })}
              className={buttonClass('primary', 'h-auto min-h-7 max-w-full py-1 whitespace-normal')}
            >
              <Search aria-hidden />
              <span className="wrap-anywhere">
                {values.map(({ field, instead }) => (
                  <span key={`${field}${instead}`}>
                    {field}{' '}
                    <span className="font-mono text-12">
                      <Logged text={instead} />
                    </span>{' '}
                  </span>
                ))}
                finds {countOf(total, noun)}
              </span>
            </NavLink>
          </li>
        ))}
      </ul>
    </>
  )
}
