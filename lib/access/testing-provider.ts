import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import Provider from 'oidc-provider'

type Options = {
  /** The address of the program that it leads back to. */
  redirect: string
  /** Further claims of a user, by the name that is typed at its sign-in. */
  claims: (login: string) => Record<string, unknown>
  /** Whether the ID token has all claims, or only the user info. */
  isInIdToken?: boolean
}

const page = `<!doctype html><title>Provider</title><h1>Provider</h1>
  <form method="post"><label>Who are you? <input name="login"></label><button>Continue</button></form>`

/** For tests: a real provider of OpenID Connect. Whoever types a name there is that user. */
export async function startProvider({ redirect, claims, isInIdToken = false }: Options) {
  const client = { id: 'asr-hunt', secret: randomUUID() }
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  type Asked = { oidc: { session: { accountId: string }; client: { clientId: string } } }
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [redirect],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'test' }] },
    cookies: { keys: [randomUUID()] },
    claims: { openid: ['sub'], profile: ['preferred_username', 'roles', 'realm'], email: ['email'] },
    conformIdTokenClaims: !isInIdToken,
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/login/${uid}` },
    findAccount: (_context: unknown, id: string) => ({
      accountId: id,
      claims: () => ({ sub: id, preferred_username: id, email: `${id}@example.com`, ...claims(id) }),
    }),
    // Nobody is asked whether the program may know them.
    loadExistingGrant: async ({ oidc }: Asked) => {
      const grant = new provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId })
      grant.addOIDCScope('openid profile email')
      await grant.save()
      return grant
    },
  })
  const callback = provider.callback()
  async function logIn(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST') return void response.setHeader('Content-Type', 'text/html').end(page)
    const accountId = new URLSearchParams(await text(request)).get('login') ?? ''
    response.writeHead(303, { Location: await provider.interactionResult(request, response, { login: { accountId } }) })
    response.end()
  }
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (request.url?.startsWith('/login/')) void logIn(request, response)
    else callback(request, response)
  })
  return {
    settings: { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: client.id, OIDC_CLIENT_SECRET: client.secret },
    close: () => void server.close().closeAllConnections(),
  }
}

/** For tests: signs a user in with the provider, from the address that the browser is sent to; returns the one it is led back to. */
export async function signInAtProvider(start: string, login: string, redirect: string): Promise<string> {
  const cookies = new Map<string, string>()
  for (let url = start, steps = 0; steps < 20; steps++) {
    const headers = { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }
    const form = new URL(url).pathname.startsWith('/login/')
      ? { method: 'POST', body: new URLSearchParams({ login }) }
      : {}
    const answer = await fetch(url, { redirect: 'manual', headers, ...form })
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
      cookies.set(name, value)
    }
    url = new URL(answer.headers.get('location') ?? '', url).href
    if (url.startsWith(redirect)) return url
  }
  throw new Error('The provider does not lead back.')
}
