/** Fills the page from the description of the API, and sends what is typed. Everything is shown as text. */

const key = document.getElementById('key')
const main = document.getElementById('routes')

/** An element with properties and children; texts become text nodes. */
function make(name, properties = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties)
  element.append(...children)
  return element
}

let fields = 0
function field(form, labelText, control) {
  fields += 1
  control.id = `field-${fields}`
  form.append(make('label', { htmlFor: control.id }, labelText), control)
  return control
}

function parameterFields(form, parameters) {
  return parameters.map((parameter) => {
    const { name, in: place, required, description = '' } = parameter
    const words = `${name} (${place}${required ? '' : ', optional'}) ${description}`
    const control = field(form, words, make('input', { required, autocomplete: 'off' }))
    if (name === 'Idempotency-Key') control.value = crypto.randomUUID()
    return { parameter, control }
  })
}

function bodyFields(form, requestBody) {
  if (requestBody === undefined) return undefined
  const types = Object.keys(requestBody.content)
  const options = types.map((type) => make('option', { value: type }, type))
  const type = field(form, 'Type of the body', make('select', {}, ...options))
  const file = field(form, 'A file as the body', make('input', { type: 'file' }))
  const text = field(form, 'or a text', make('textarea', { spellcheck: false }))
  const schema = requestBody.content[types[0]]?.schema
  if (schema !== undefined) form.append(make('pre', {}, JSON.stringify(schema, null, 2)))
  return { type, read: () => file.files[0] ?? text.value }
}

function requestOf(path, method, parameters, body) {
  const query = new URLSearchParams()
  const headers = {}
  let address = path
  for (const { parameter, control } of parameters) {
    const { name, in: place } = parameter
    if (place === 'path') address = address.replace(`{${name}}`, encodeURIComponent(control.value))
    else if (control.value === '') continue
    else if (place === 'query') query.append(name, control.value)
    else headers[name] = control.value
  }
  if (key.value !== '') headers.authorization = `Bearer ${key.value}`
  if (body !== undefined) headers['content-type'] = body.type.value
  const suffix = query.size === 0 ? '' : `?${query}`
  const init = { method: method.toUpperCase(), headers, credentials: 'omit' }
  return [address + suffix, body === undefined ? init : { ...init, body: body.read() }]
}

async function shown(response) {
  const type = response.headers.get('content-type') ?? ''
  if (/json/.test(type)) return JSON.stringify(await response.json(), null, 2)
  if (/^text\//.test(type)) return response.text()
  return `${(await response.arrayBuffer()).byteLength} bytes of ${type || 'no type'}`
}

function section(path, method, operation) {
  const form = make('form')
  const parameters = parameterFields(form, operation.parameters ?? [])
  const body = bodyFields(form, operation.requestBody)
  const needs = (operation.security ?? []).flatMap(Object.entries)
  const access = needs.map(([kind, scopes]) => [kind, ...scopes].join(' ')).join(', ')
  form.append(make('p', {}, access === '' ? 'Takes no key.' : `Takes: ${access}`))
  const answer = make('pre', { tabIndex: 0 }, 'no answer yet')
  answer.setAttribute('role', 'status')
  answer.setAttribute('aria-label', `answer of ${operation.summary}`)
  form.append(make('button', { type: 'submit' }, 'Send'), answer)
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    answer.textContent = '…'
    try {
      const response = await fetch(...requestOf(path, method, parameters, body))
      answer.textContent = `${response.status}\n${await shown(response)}`
    } catch (error) {
      answer.textContent = `no answer: ${error.message}`
    }
  })
  const name = make('span', { className: 'method' }, method.toUpperCase())
  const words = make('span', { className: 'words' }, operation.summary)
  const title = make('summary', {}, name, ' ', make('code', {}, path), ' ', words)
  return make('details', {}, title, form)
}

/** What the addresses of a group begin with, as a heading. */
function groupOf(path) {
  const [, word = ''] = /^\/api\/v1\/([a-z-]+)/.exec(path) ?? []
  const text = word === '' ? 'the server' : word.replaceAll('-', ' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function groupFor(groups, heading) {
  const known = groups.get(heading)
  if (known !== undefined) return known
  const group = make('section', {}, make('h2', {}, heading))
  groups.set(heading, group)
  main.append(group)
  return group
}

async function fill() {
  const { paths } = await (await fetch('openapi.json', { credentials: 'omit' })).json()
  const groups = new Map()
  for (const [path, methods] of Object.entries(paths)) {
    const group = groupFor(groups, groupOf(path))
    for (const [method, operation] of Object.entries(methods)) {
      group.append(section(path, method, operation))
    }
  }
  main.setAttribute('aria-busy', 'false')
}

fill().catch(() => {
  main.replaceChildren(make('p', { role: 'alert' }, 'The description could not be read.'))
})
