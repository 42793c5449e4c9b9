import type { Page } from 'playwright-core'
import type { SandboxHands } from './sandbox.ts'
import type { World } from './start-world.ts'

export type Scene = {
  world: World
  sandbox: SandboxHands
  /** A browser of its own, with nothing kept from before. */
  page: Page
  /** Another browser, as a second person has it, or the same person elsewhere. */
  otherBrowser(): Promise<Page>
  /** Axe, pictures wide, dark and narrow. `name` is of the page, such as `calendar`. */
  look(page: Page, name: string): Promise<void>
  /** Lets pass what this journey provokes, such as the console's line about a 409. */
  expects(fault: RegExp): void
}

export type Journey = { name: string; run(scene: Scene): Promise<void> }

const told: Journey[] = []

/**
 * A walk through the product as a person takes it. It fails when a step does, and also when a page
 * reports an error, logs one, or asks anything of a third party.
 */
export function journey(name: string, run: Journey['run']): void {
  told.push({ name, run })
}

/** The journeys that a file has told since the last call. */
export function takeJourneys(): Journey[] {
  return told.splice(0)
}
