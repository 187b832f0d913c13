import { lintTemplate, parseJson, parseTemplate } from '../../src/index.ts'
import { bytesBody } from '../http/body.ts'
import { json } from '../http/reply.ts'
import { NONE, route } from './route.ts'
import { lintSchema, MAX_TEMPLATE_BYTES, printLint } from './template.ts'

/** `POST /api/v1/templates/lints`: what a template has and lacks. Nothing is kept. */
export const postTemplateLints = route({
  method: 'POST',
  path: '/api/v1/templates/lints',
  name: 'postTemplateLints',
  summary: 'What a template has and lacks',
  access: 'templates:read',
  rate: 'default',
  params: NONE,
  query: NONE,
  body: bytesBody(['application/json'], MAX_TEMPLATE_BYTES),
  responses: { 200: { description: 'The report.', schema: lintSchema } },
  handle: ({ body }) => json(printLint(lintTemplate(parseTemplate(parseJson(body))))),
})
