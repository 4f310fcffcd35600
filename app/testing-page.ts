import 'next/dist/server/node-environment-baseline.js'
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { loadBindings, transformSync } from 'next/dist/build/swc/index.js'
import { createElement, type ReactNode } from 'react'
import { prerenderToNodeStream } from 'react-dom/static'
import { theLocalActor } from '#lib/access/actor.ts'
import { asRequest, type Context } from '#lib/access/context.ts'

await loadBindings()

/** JSX as Next compiles it. */
const compiled = (file: string): string =>
  transformSync(readFileSync(file, 'utf8'), {
    filename: file,
    jsc: {
      parser: { syntax: 'typescript', tsx: true },
      transform: { react: { runtime: 'automatic' } },
      target: 'es2024',
    },
    module: { type: 'es6' },
  }).code

// Node runs TypeScript, but neither JSX nor style sheets, and wants the names of Next's files in full.
registerHooks({
  resolve: (name, context, next) => next(/^next\/[a-z]+$/.test(name) ? `${name}.js` : name, context),
  load: (url, context, next) => {
    if (url.endsWith('.css')) return { format: 'module', source: '', shortCircuit: true }
    if (!url.endsWith('.tsx')) return next(url, context)
    return { format: 'module', source: compiled(fileURLToPath(url)), shortCircuit: true }
  },
})

const { AppRouterContext } = await import('next/dist/shared/lib/app-router-context.shared-runtime.js')
const { PathnameContext, SearchParamsContext } = await import(
  'next/dist/shared/lib/hooks-client-context.shared-runtime.js'
)

const { workAsyncStorage } = await import('next/dist/server/app-render/work-async-storage.external.js')
const { workUnitAsyncStorage } = await import('next/dist/server/app-render/work-unit-async-storage.external.js')

/** A router that goes nowhere: markup does not navigate. */
const router = { push() {}, replace() {}, refresh() {}, prefetch() {}, back() {}, forward() {} }

/**
 * Returns the markup of what `make` renders as the answer to a request: a page or a component on a store. Waits for all of it.
 * @throws whatever the page throws
 */
export function markupOf(
  make: () => ReactNode,
  reads: Context['reads'],
  { path = '/', search = '', now = Date.now() } = {},
) {
  const page = createElement(() => make())
  const inSearch = createElement(SearchParamsContext.Provider, { value: new URLSearchParams(search) as never }, page)
  const inPath = createElement(PathnameContext.Provider, { value: path }, inSearch)
  const tree = createElement(AppRouterContext.Provider, { value: router as never }, inPath)
  const render = async () => {
    const problems: unknown[] = []
    const { prelude } = await prerenderToNodeStream(tree, { onError: (error) => void problems.push(error) })
    const markup = await text(prelude)
    if (problems.length > 0) throw problems[0]
    return markup
  }
  // Of a static route Next reads no cookies: the settings of the browser are those of a first visit.
  const inRequest = () => workUnitAsyncStorage.run({ type: 'request', phase: 'render' } as never, render)
  const visit = () => workAsyncStorage.run({ route: path, forceStatic: true } as never, inRequest)
  return asRequest(theLocalActor, visit, { reads, now })
}

const signs: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'" }

/** The text of some markup as a reader sees it, without what is drawn. */
export const textOf = (markup: string): string =>
  markup
    .replace(/<(svg|style|script)\b.*?<\/\1>|<!--.*?-->/gs, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(#?\w+);/g, (sign, name) => signs[name] ?? sign)
    .replace(/\s+/g, ' ')
    .trim()

/** The rows of the tables in some markup, below their heads, each with the text of its cells. */
export const rowsOf = (markup: string): string[][] =>
  [...markup.matchAll(/<tr\b.*?<\/tr>/gs)]
    .map(([row]) => [...row.matchAll(/<td\b.*?<\/td>/gs)].map(([cell]) => textOf(cell)))
    .filter((cells) => cells.length > 0)
