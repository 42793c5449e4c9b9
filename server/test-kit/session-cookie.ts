import { openSession } from '../modules/accounts/index.ts'
import type { TestApp } from './start-test-app.ts'

/** Signs a person in without a password. The cookie as a browser sends it: `name=value`. */
export async function sessionCookie(
  { platform, url }: Pick<TestApp, 'platform' | 'url'>,
  personId: string,
): Promise<string> {
  let line = ''
  const request = {
    id: 'test',
    method: 'POST',
    headers: new Headers({ origin: url }),
    ip: '127.0.0.1',
    answerHeader: (_name: string, value: string) => {
      line = value
    },
  }
  await openSession(platform, request, personId)
  return line.split(';', 1)[0] ?? ''
}
