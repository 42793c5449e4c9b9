import { z } from 'zod'

const environment = z.object({
  SANDBOX_PORT: z.coerce.number().int().min(0).max(65535).default(4100),
  SANDBOX_HOST: z.string().default('127.0.0.1'),
  SANDBOX_DATA: z.string().min(1).optional(),
  SANDBOX_LOG: z.string().min(1).optional(),
  SANDBOX_SEED: z.string().min(1).optional(),
})

/** The sandbox's settings from the environment; throws with every fault when one is wrong. */
export function readConfig(env: NodeJS.ProcessEnv = process.env) {
  const read = environment.parse(env)
  return {
    port: read.SANDBOX_PORT,
    host: read.SANDBOX_HOST,
    data: read.SANDBOX_DATA,
    log: read.SANDBOX_LOG,
    seed: read.SANDBOX_SEED,
  }
}
