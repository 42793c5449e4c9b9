import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { type Platform, type Scope, scopeOf } from '../../platform/context.ts'
import { record } from '../../platform/events.ts'
import { hashFile } from './hash-file.ts'
import { inspectFile, type MediaFacts } from './inspect-file.ts'
import { keepFile } from './keep-file.ts'
import { MediaRefused, RenderFailed } from './media-refused.ts'
import { render } from './render/render.ts'
import { imageSpec, previewWidth, thumbnailWidth, videoSpec } from './specs.ts'
import { type AssetRow, changeAsset, findAsset, noteProgress } from './store.ts'

const progressEveryMs = 1_000

/**
 * Looks at a new file and makes its renditions. May be killed at any point and begin again: what is
 * made is stored under a key that follows from what it is, and the row becomes `ready` last.
 */
export async function prepareAsset(
  platform: Platform,
  { workspaceId, assetId }: { workspaceId: string; assetId: string },
  signal: AbortSignal,
): Promise<void> {
  const scope = scopeOf(platform, workspaceId)
  const asset = await scope.tx((tx) => findAsset(tx, workspaceId, assetId))
  if (asset?.state !== 'processing') return
  const folder = await mkdtemp(join(tmpdir(), 'avow-asset-'))
  try {
    const path = join(folder, 'original')
    const { stream } = await scope.storage.open(asset.originalKey)
    await pipeline(stream, createWriteStream(path), { signal })
    const facts = await inspectFile(path, { declaredName: asset.name }, { signal })
    const work = { scope, asset, folder, path, signal }
    if (facts.kind === 'image') await prepareImage(work, facts)
    else await prepareVideo(work, facts)
    await ready(scope, asset, facts, await hashFile(path))
  } catch (error) {
    if (!(error instanceof MediaRefused || error instanceof RenderFailed)) throw error
    await refuse(scope, asset, error)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

type Work = { scope: Scope; asset: AssetRow; folder: string; path: string; signal: AbortSignal }

async function prepareImage(
  { scope, asset, folder, path, signal }: Work,
  facts: MediaFacts & { kind: 'image' },
) {
  const clean = join(folder, 'clean')
  const input = { input: path, format: facts.format }
  const made = await render(
    { type: 'prepare-image', ...input, output: clean, spec: imageSpec },
    { signal },
  )
  await keepFile(scope, {
    ...made,
    assetId: asset.id,
    purpose: 'clean',
    path: clean,
    contentType: `image/${made.format}`,
    durationMs: null,
  })
  await keepPreviews(scope, asset.id, folder, { input: clean, format: made.format }, signal)
}

async function prepareVideo(
  { scope, asset, folder, path, signal }: Work,
  facts: MediaFacts & { kind: 'video' },
) {
  const clean = join(folder, 'clean.mp4')
  const made = await render(
    { type: 'prepare-video', input: path, format: facts.format, output: clean, spec: videoSpec },
    { signal, onProgress: tellProgress(scope, asset) },
  )
  await keepFile(scope, {
    assetId: asset.id,
    purpose: 'clean',
    path: clean,
    contentType: 'video/mp4',
    width: made.width,
    height: made.height,
    durationMs: made.durationMs,
  })
  const frame = join(folder, 'frame.jpg')
  // The first frame is often black.
  const atMs = Math.min(1_000, Math.floor(made.durationMs / 2))
  await render(
    { type: 'video-frame', input: clean, format: 'mp4', output: frame, atMs, spec: imageSpec },
    { signal },
  )
  await keepPreviews(scope, asset.id, folder, { input: frame, format: 'jpeg' }, signal)
}

async function keepPreviews(
  scope: Scope,
  assetId: string,
  folder: string,
  from: { input: string; format: 'jpeg' | 'png' },
  signal: AbortSignal,
): Promise<void> {
  const sizes = [
    { purpose: 'thumbnail', path: join(folder, 'thumbnail.webp'), width: thumbnailWidth },
    { purpose: 'preview', path: join(folder, 'preview.webp'), width: previewWidth },
  ]
  const outputs = sizes.map(({ path, width }) => ({ path, width }))
  const { previews } = await render({ type: 'preview-image', ...from, outputs }, { signal })
  for (const { purpose, path } of sizes) {
    const made = previews.find((one) => one.path === path)
    if (!made) throw new Error(`No ${purpose} was made`)
    const { width, height } = made
    await keepFile(scope, {
      assetId,
      purpose,
      path,
      width,
      height,
      contentType: 'image/webp',
      durationMs: null,
    })
  }
}

async function ready(
  scope: Scope,
  asset: AssetRow,
  facts: MediaFacts,
  sha256: string,
): Promise<void> {
  const { kind, format, width, height } = facts
  const video = facts.kind === 'video' ? facts : undefined
  await scope.tx(async (tx) => {
    const there = await changeAsset(tx, scope.workspaceId, asset.id, {
      state: 'ready',
      progress: null,
      kind,
      format,
      width,
      height,
      sha256,
      durationMs: video ? Math.round(video.durationMs) : null,
      frameRate: video?.frameRate ?? null,
      videoCodec: video?.videoCodec ?? null,
      audioCodec: video?.audioCodec ?? null,
      hasAlpha: facts.kind === 'image' ? facts.hasAlpha : null,
    })
    if (there) await tell(scope, tx, asset.id, 'asset.ready')
  })
}

async function refuse(
  scope: Scope,
  asset: AssetRow,
  error: MediaRefused | RenderFailed,
): Promise<void> {
  scope.log.info({ assetId: asset.id, reason: error.reason, err: error }, 'file refused')
  await scope.tx(async (tx) => {
    const there = await changeAsset(tx, scope.workspaceId, asset.id, {
      state: 'refused',
      progress: null,
      refusal: [error.message, error.fix].filter(Boolean).join(' '),
    })
    if (there) await tell(scope, tx, asset.id, 'asset.refused')
  })
  await scope.storage.delete(asset.originalKey)
}

function tellProgress(scope: Scope, asset: AssetRow): (progress: number) => void {
  let last = 0
  return (progress) => {
    const now = performance.now()
    if (now - last < progressEveryMs) return
    last = now
    scope
      .tx(async (tx) => {
        if (await noteProgress(tx, scope.workspaceId, asset.id, progress)) {
          await tell(scope, tx, asset.id, 'asset.progress')
        }
      })
      .catch((err) => scope.log.warn({ err, assetId: asset.id }, 'could not tell progress'))
  }
}

const tell = (scope: Scope, tx: Parameters<typeof record>[0], id: string, name: string) =>
  record(tx, { workspaceId: scope.workspaceId, name, subject: { kind: 'asset', id } })
