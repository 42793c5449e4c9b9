/** Text that is already HTML. Everything else that goes into a template is escaped. */
export class Html {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

type Part = Html | string | number | bigint | null | undefined | false | readonly Part[]

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function render(part: Part): string {
  if (part === null || part === undefined || part === false) return ''
  if (part instanceof Html) return part.text
  if (Array.isArray(part)) return part.map(render).join('')
  return String(part).replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character)
}

/** A template whose values are escaped; arrays are joined; null, undefined and false leave nothing. */
export function html(texts: TemplateStringsArray, ...parts: Part[]): Html {
  let text = texts[0] ?? ''
  for (const [index, part] of parts.entries()) text += render(part) + (texts[index + 1] ?? '')
  return new Html(text)
}

/** An address only if a browser may safely follow it; a pin's link can be anything. */
export function safeHref(address: string): string | undefined {
  if (address.startsWith('/') && !address.startsWith('//')) return address
  const url = URL.canParse(address) ? new URL(address) : undefined
  return url?.protocol === 'http:' || url?.protocol === 'https:' ? address : undefined
}
