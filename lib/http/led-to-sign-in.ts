import type { IncomingMessage, ServerResponse } from 'node:http'
import { isScreen } from '#lib/access/return-to.ts'
import { signInHref } from '#lib/params/hrefs.ts'
import { isPageAddress } from './guard.ts'

const pathOf = (url = '/'): string => url.split('?', 1)[0] ?? ''

export const isRead = ({ method }: Pick<IncomingMessage, 'method'>): boolean => method === 'GET' || method === 'HEAD'

type Asked = Pick<IncomingMessage, 'method' | 'url' | 'headers'>

/**
 * Whether a browser wants to show the answer as a page. Next's own navigation asks for a part of it, and asks again for all of it if it
 * is refused.
 */
export const wantsPage = (request: Asked): boolean =>
  isRead(request) && request.headers.rsc === undefined && isPageAddress(request.url)

/** Whether a browser that nobody has signed in is led to sign-in. One that asks for a file or a picture is refused. */
export const isLedToSignIn = (request: Asked): boolean =>
  wantsPage(request) && (isScreen(pathOf(request.url)) || (request.headers.accept ?? '').includes('text/html'))

/** Leads a browser through sign-in to the page it asked for. */
export function leadToSignIn({ url = '/' }: Pick<IncomingMessage, 'url'>, response: ServerResponse): void {
  response.setHeader('Cache-Control', 'no-store')
  response.writeHead(303, { Location: signInHref(isScreen(pathOf(url)) ? url : '/') }).end()
}
