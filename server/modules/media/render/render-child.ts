/** The process that decodes what people upload. Does one job and is ended by its parent. */
import { access } from 'node:fs/promises'
import { inspect } from 'node:util'
import { MediaRefused, RenderFailed } from '../media-refused.ts'
import { checkImage, prepareImage, previewImage } from './image.ts'
import type { ChildMessage, RenderJob, RenderResult } from './job.ts'

/** FFmpeg's library is large: only video work loads it. */
async function run(job: RenderJob): Promise<RenderResult> {
  // A file that is not there is our fault, not its own.
  await access(job.input)
  switch (job.type) {
    case 'check-image':
      return checkImage(job)
    case 'prepare-image':
      return prepareImage(job)
    case 'preview-image':
      return previewImage(job)
    case 'check-video':
      return (await import('./check-video.ts')).checkVideo(job)
    case 'prepare-video':
      return (await import('./prepare-video.ts')).prepareVideo(job, tellProgress)
    case 'video-frame':
      return (await import('./video-frame.ts')).videoFrame(job)
  }
}

function tell(message: ChildMessage): void {
  process.send?.(message)
}

let told = 0

/** Whole percents: a film has tens of thousands of frames. */
function tellProgress(progress: number): void {
  if (progress < told + 0.01) return
  told = progress
  tell({ progress })
}

function tellFault(fault: unknown): void {
  const detail = inspect(fault)
  if (fault instanceof MediaRefused) tell({ refused: fault.reason, detail })
  else if (fault instanceof RenderFailed) tell({ failed: fault.reason, detail })
  else tell({ failed: 'crashed', detail })
}

// Without its parent nobody wants the result.
process.on('disconnect', () => process.exit(1))
process.once('message', (job: RenderJob) => {
  run(job).then((result) => tell({ result }), tellFault)
})
if (process.platform !== 'linux') setInterval(() => tell({ rss: process.memoryUsage.rss() }), 250)
tell({ ready: true })
