import { describe, expect, it } from 'vitest'
import { checkLink, longestLink } from './url-safety.ts'

describe('a link in content', () => {
  it.each([
    'https://example.com',
    'http://example.com/a?b=c#d',
    'https://www.münchen.example/straße',
    'HTTPS://EXAMPLE.COM/%20x',
    'https://example.com:8443/shop',
  ])('may be %s', (text) => {
    expect(checkLink(text)).toEqual({ ok: true, href: new URL(text).href })
  })

  it.each([
    '',
    'example.com',
    'javascript:alert(1)',
    'JaVaScRiPt://example.com/%0aalert(1)',
    'data:text/html,<script>',
    'vbscript:x',
    'file:///etc/passwd',
    'ftp://example.com',
    '//example.com',
    'https:example.com',
    'https://',
    'https:///example.com',
    'https://localhost/',
    'https://user@example.com/',
    'https://paypal.com:x@example.com/',
    'https://example.com/\nSet-Cookie:x',
    'https://exam\tple.com',
    ' https://example.com',
    'https://example.com/a b',
    'https://example.com\\@evil.example',
    'https://example.com/\u202egnp.exe',
    'https://exam\u200bple.com',
    'https://example.com/\u0000',
    `https://example.com/${'a'.repeat(longestLink)}`,
  ])('may not be %j, and it is said why and what to do', (text) => {
    expect(checkLink(text)).toEqual({
      ok: false,
      why: expect.stringMatching(/\.$/),
      fix: expect.stringMatching(/\.$/),
    })
  })
})
