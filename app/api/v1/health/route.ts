import { notAllowed, route } from '#lib/http/answer.ts'
import { serveHealth } from '#lib/http/serve-health.ts'

export const GET = route(({ may }) => serveHealth(may('identified')))

export const { POST, PUT, PATCH, DELETE } = notAllowed('GET')
