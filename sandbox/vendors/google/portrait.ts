import type { Person } from './state.ts'

/** A portrait with the first letter of the name, as Google gives to people without a picture. */
export function portraitSvg({ givenName, hue }: Person): string {
  const letter = [...givenName][0]?.toUpperCase().replace(/[^\p{L}\p{N}]/u, '') ?? ''
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96"><rect width="96" height="96" fill="hsl(${hue} 45% 40%)"/><text x="48" y="64" font-family="Arial, sans-serif" font-size="46" fill="#fff" text-anchor="middle">${letter}</text></svg>`
}
