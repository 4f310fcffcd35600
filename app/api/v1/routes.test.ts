import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { wallParams } from '#lib/http/wall-figures.ts'

const routes = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('route.ts'),
)
type Handler = (request: Request) => Response | Promise<Response>

test('a method that a route does not have is answered with 405, the ones it has, and the envelope of all errors', async () => {
  assert.ok(routes.length > 10)
  for (const file of routes) {
    const route = (await import(join(import.meta.dirname, file))) as Record<string, Handler>
    let refused = 0
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
      const handler = route[method]
      assert.ok(handler, `${file} has no answer to ${method}`)
      if (handler.name !== 'answer') continue
      refused++
      const answer = await handler(new Request('http://127.0.0.1/', { method }))
      assert.equal(answer.status, 405, `${method} ${file}`)
      assert.ok(!answer.headers.get('Allow')?.split(', ').includes(method), `${method} ${file}`)
      const { error } = (await answer.json()) as { error: Record<string, unknown> }
      assert.deepEqual(Object.keys(error), ['code', 'message', 'detail'])
    }
    assert.ok(refused >= 2, file)
  }
})

test('the wall says what is wrong with its parameters', () => {
  const of = (query: string) => wallParams(new URL(`http://127.0.0.1/api/v1/wall${query}`))
  assert.deepEqual(of(''), { asked: { anchor: 'now', dispositions: null }, problems: [] })
  const newest = { anchor: 'newest', dispositions: 'apply' }
  assert.deepEqual(of('?anchor=newest&dispositions=apply'), { asked: newest, problems: [] })
  assert.deepEqual(of('?dispositions=hide').problems[0]?.param, 'dispositions')
  assert.deepEqual(of('?anchor=zzz').problems[0]?.param, 'anchor')
  for (const param of ['dest', '__proto__', 'constructor']) {
    assert.deepEqual(of(`?${param}=a`).problems, [{ param, value: 'a', message: 'There is no such parameter.' }])
  }
})
