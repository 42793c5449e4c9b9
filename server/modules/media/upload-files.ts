import { join } from 'node:path'
import type { Config } from '../../platform/config.ts'

/** Where the bytes of an upload lie until it ends. The name is our id, never what a person sent. */
export function uploadPath({ dataFolder }: Pick<Config, 'dataFolder'>, id: string): string {
  return join(uploadFolder({ dataFolder }), `${id}.part`)
}

export const uploadFolder = ({ dataFolder }: Pick<Config, 'dataFolder'>) =>
  join(dataFolder, 'uploads')
