export function runFile(args: readonly string[]): Promise<number>
export function onParentGone(stop: () => void): void
