import type { Finding, PostContent } from '../../../contract/publishing.ts'
import type { Caller } from '../../platform/context.ts'
import type { Tx } from '../../platform/database.ts'
import { assetFacts } from '../media/index.ts'
import { adapterFor, connectionFacts } from '../networks/index.ts'
import { checkContent } from './check-content.ts'
import { findTwins } from './store-posts.ts'

export type Choice = {
  connectionId: string
  destination: { id: string; childId: string | null } | null
}

/** All that stands in the way of this content on these connections, or that a person should know. */
export async function checkPost(
  caller: Caller,
  input: PostContent & { postId?: string | undefined; targets: Choice[] },
): Promise<{ findings: Finding[] }> {
  return { findings: await caller.tx((tx) => findingsFor(tx, caller, input)) }
}

export async function findingsFor(
  tx: Tx,
  caller: Caller,
  input: PostContent & { postId?: string | undefined; targets: Choice[] },
): Promise<Finding[]> {
  if (input.targets.length === 0) {
    return [
      {
        level: 'error',
        field: 'targets',
        rule: 'no_target',
        words: 'It is not said where this goes.',
        fix: 'Choose a connection.',
        connectionId: null,
      },
    ]
  }
  const ids = input.media.flatMap((item) =>
    item.coverAssetId ? [item.assetId, item.coverAssetId] : [item.assetId],
  )
  const files = await assetFacts(tx, caller, ids)
  const connections = await connectionFacts(
    tx,
    caller,
    input.targets.map((target) => target.connectionId),
  )
  const findings: Finding[] = []
  for (const target of input.targets) {
    const connection = connections.find((one) => one.id === target.connectionId)
    if (!connection || connection.status === 'revoked') {
      findings.push({
        level: 'error',
        field: 'targets',
        rule: 'connection_gone',
        words: connection
          ? `“${connection.label}” is disconnected.`
          : 'There is no such connection.',
        fix: 'Choose another connection, or connect it again.',
        connectionId: target.connectionId,
      })
      continue
    }
    if (connection.status === 'needs_sign_in') {
      findings.push({
        level: 'warning',
        field: 'targets',
        rule: 'needs_sign_in',
        words: `“${connection.label}” needs you to sign in again before anything can go out.`,
        fix: 'Sign in again on the connections page. Until then it is held.',
        connectionId: connection.id,
      })
    }
    const { manifest } = adapterFor(connection.network)
    const destinationId = target.destination?.id ?? null
    const draft = { ...input, connectionId: connection.id, label: connection.label, destinationId }
    findings.push(...checkContent(manifest, draft, files))
    const [twin] = await findTwins(tx, caller.workspaceId, {
      postId: input.postId,
      connectionId: connection.id,
      destinationId,
      link: input.link,
      assetIds: input.media.map((item) => item.assetId),
    })
    if (twin) {
      findings.push({
        level: 'warning',
        field: 'targets',
        rule: 'duplicate_post',
        words: `The same picture with the same link goes to this ${manifest.destination?.noun ?? 'place'} ${twin.at && twin.at > caller.clock.now() ? 'already' : 'again'}: ${twin.at ? twin.at.toISOString().slice(0, 10) : 'soon'} is within 30 days.`,
        fix: 'Networks show repeats to fewer people. Change the picture, the link or the place, or wait.',
        connectionId: connection.id,
      })
    }
  }
  const seen = new Set<string>()
  for (const { connectionId, destination } of input.targets) {
    const place = `${connectionId} ${destination?.id} ${destination?.childId}`
    if (seen.has(place)) {
      findings.push({
        level: 'error',
        field: 'targets',
        rule: 'same_place_twice',
        words: 'The same place is chosen twice.',
        fix: 'Take one of them out.',
        connectionId,
      })
    }
    seen.add(place)
  }
  return findings
}
