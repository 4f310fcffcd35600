import { notAllowed, route } from '#lib/http/answer.ts'
import { openApi } from '#lib/http/openapi/document.ts'

export const GET = route(async () => Response.json(openApi()))

export const { POST, PUT, PATCH, DELETE } = notAllowed('GET')
