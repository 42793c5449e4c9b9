/** Prints docs/configuration.md: `node server/platform/config-docs.ts > docs/configuration.md`. */
import { describeConfig } from './config.ts'
import { variableGroups } from './config-variables.ts'

/** The whole text of docs/configuration.md. */
export function configurationPage(): string {
  const rows = describeConfig()
  const sections = variableGroups.map((group) => {
    const lines = rows
      .filter((row) => row.group === group.title)
      .map((row) => {
        const unset = row.default === '' ? '—' : `\`${row.default}\``
        const secret = row.secret ? ' Secret.' : ''
        return `| \`${row.name}\` | ${row.meaning}${secret} | ${unset} | \`${row.example}\` |`
      })
    return [
      `## ${group.title}`,
      '',
      group.words,
      '',
      '| name | meaning | default | example |',
      '|---|---|---|---|',
      ...lines,
      '',
    ].join('\n')
  })
  return `${introduction}\n${sections.join('\n')}`
}

const introduction = `# Configuration

Everything is set by environment variables; none is needed to try Avow on one machine. They are
checked when the server starts: all faults are listed at once, and a service of which only a part is
configured stops the start. An empty value counts as unset.

This page is printed by \`node server/platform/config-docs.ts\` from what the server reads.
`

if (import.meta.main) process.stdout.write(configurationPage())
