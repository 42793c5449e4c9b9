import { hash, parseOptions, verify } from '@node-rs/argon2'

/**
 * argon2id as OWASP's Password Storage Cheat Sheet asks at least: 19 MiB, 2 passes, 1 lane. The
 * parameters stand in each hash, so that they can be raised here.
 */
const policy = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export const hashPassword = (password: string): Promise<string> => hash(password, policy)

/** False for a wrong password, and for a hash that cannot be read. */
export async function passwordMatches(stored: string, password: string): Promise<boolean> {
  try {
    return await verify(stored, password)
  } catch {
    return false
  }
}

/** Whether a stored hash is weaker than the policy of today. */
export function needsRehash(stored: string): boolean {
  const { algorithm, memoryCost, timeCost, parallelism } = parseOptions(stored)
  return (
    Number(algorithm) !== policy.algorithm ||
    memoryCost < policy.memoryCost ||
    timeCost < policy.timeCost ||
    parallelism < policy.parallelism
  )
}
