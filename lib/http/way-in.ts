import { isLoopback } from './guard.ts'
import { trustedProxies } from './proxy-settings.ts'

/** How requests come in: from this machine only, encrypted, through reverse proxies that encrypt, or in plain text on purpose. */
export type WayIn = 'loopback' | 'tls' | 'proxies' | 'plain'

const defaultHost = '127.0.0.1'

/** The address to listen on: HOST, by default loopback. */
export const hostSetting = (): string => process.env.HOST || defaultHost

/**
 * Returns how requests come in, by the settings. @throws if others than this machine can reach the server, and nothing says how what
 * they send is kept from being read on the way; or if two settings contradict each other
 */
export function wayIn(env: NodeJS.ProcessEnv = process.env): WayIn {
  const host = env.HOST || defaultHost
  const { TLS_CERT: cert, TLS_KEY: key } = env
  if (Boolean(cert) !== Boolean(key))
    throw new Error(`${cert ? 'TLS_CERT' : 'TLS_KEY'} is set, but ${cert ? 'TLS_KEY' : 'TLS_CERT'} is not. Set both.`)
  const isPlain = env.PLAIN_HTTP === '1'
  if (cert && isPlain) throw new Error('PLAIN_HTTP is 1, but TLS_CERT is set. Unset one of them.')
  if (cert) return 'tls'
  if (isPlain) return 'plain'
  if (isLoopback(host)) return 'loopback'
  if (trustedProxies(env.TRUSTED_PROXIES) !== null) return 'proxies'
  throw new Error(
    `HOST is ${host}: others can reach this address, and could read passwords and logs on the way. Set one of\n` +
      '  TLS_CERT and TLS_KEY   files of a certificate and its key: the server uses https\n' +
      '  TRUSTED_PROXIES        addresses of the reverse proxies that use https (docs/reverse-proxy.md)\n' +
      '  PLAIN_HTTP=1           no encryption; every page says so\n' +
      'or leave HOST unset to serve on 127.0.0.1 only.',
  )
}

/** Whether every page says that it was sent without encryption. */
export const isPlainHttp = (): boolean => process.env.PLAIN_HTTP === '1'
