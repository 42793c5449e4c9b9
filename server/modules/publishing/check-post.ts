import type { Finding, PostContent } from '../../../contract/publishing.ts'
import type { Caller } from '../../platform/context.ts'
import type { Tx } from '../../platform/database.ts'
import { assetFacts } from '../media/index.ts'
import { adapterFor, connectionFacts } from '../networks/index.ts'
import { checkContent } from './check-content.ts'
import { findTwin } from './store-posts.ts'

export type Choice = {
  connectionId: string
  destination: { id: string; childId: string | null } | null
}

/** All that stands in the way of this content on these connections, or that a person should know. */
export async function checkPost(caller: Caller, input: Input): Promise<{ findings: Finding[] }> {
  return { findings: await caller.tx((tx) => findingsFor(tx, caller, input)) }
}

type Input = PostContent & { postId?: string | undefined; targets: Choice[] }

export async function findingsFor(tx: Tx, caller: Caller, input: Input): Promise<Finding[]> {
  if (input.targets.length === 0) return [nowhereToGo]
  const files = await assetFacts(tx, caller, filesOf(input))
  const ids = input.targets.map((target) => target.connectionId)
  const connections = await connectionFacts(tx, caller, ids)
  const findings = placesTwice(input.targets)
  for (const target of input.targets) {
    const connection = connections.find((one) => one.id === target.connectionId)
    if (!connection || connection.status === 'revoked') {
      findings.push(connectionGone(target.connectionId, connection?.label))
      continue
    }
    if (connection.status === 'needs_sign_in') findings.push(signInNeeded(connection))
    const { manifest } = adapterFor(connection.network)
    const destinationId = target.destination?.id ?? null
    const draft = { ...input, connectionId: connection.id, label: connection.label, destinationId }
    findings.push(...checkContent(manifest, draft, files))
    const twin = await findTwin(tx, caller.workspaceId, {
      postId: input.postId,
      connectionId: connection.id,
      destinationId,
      link: input.link,
      assetIds: input.media.map((item) => item.assetId),
    })
    if (twin) findings.push(duplicate(connection.id, manifest.destination?.noun ?? 'place', twin))
  }
  return findings
}

const filesOf = ({ media }: Input) =>
  media.flatMap(({ assetId, coverAssetId }) => (coverAssetId ? [assetId, coverAssetId] : [assetId]))

const nowhereToGo: Finding = {
  level: 'error',
  field: 'targets',
  rule: 'no_target',
  words: 'It is not said where this goes.',
  fix: 'Choose a connection.',
  connectionId: null,
}

const connectionGone = (connectionId: string, label: string | undefined): Finding => ({
  level: 'error',
  field: 'targets',
  rule: 'connection_gone',
  words: label ? `“${label}” is disconnected.` : 'There is no such connection.',
  fix: 'Choose another connection, or connect it again.',
  connectionId,
})

const signInNeeded = ({ id, label }: { id: string; label: string }): Finding => ({
  level: 'warning',
  field: 'targets',
  rule: 'needs_sign_in',
  words: `“${label}” needs you to sign in again before anything can go out.`,
  fix: 'Sign in again on the connections page. Until then it is held.',
  connectionId: id,
})

const duplicate = (connectionId: string, noun: string, twin: { at: Date | null }): Finding => ({
  level: 'warning',
  field: 'targets',
  rule: 'duplicate_post',
  words: `Another post brings the same picture with the same link to this ${noun}${
    twin.at ? ` on ${twin.at.toISOString().slice(0, 10)}` : ''
  }, within 30 days.`,
  fix: 'Networks show repeats to fewer people. Change the picture, the link or the place, or wait.',
  connectionId,
})

function placesTwice(choices: Choice[]): Finding[] {
  const places = choices.map(
    ({ connectionId, destination }) => `${connectionId} ${destination?.id} ${destination?.childId}`,
  )
  return choices
    .filter((_, index) => places.indexOf(places[index] ?? '') < index)
    .map(({ connectionId }) => ({
      level: 'error',
      field: 'targets',
      rule: 'same_place_twice',
      words: 'The same place is chosen twice.',
      fix: 'Take one of them out.',
      connectionId,
    }))
}
