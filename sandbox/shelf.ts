/** Ids in the order they were put, read newest first by page. Adding, removing and paging do not depend on how many there are. */
export class Shelf {
  readonly #slots: (string | undefined)[] = []
  readonly #positions = new Map<string, number>()

  get size(): number {
    return this.#positions.size
  }

  put(id: string): void {
    this.#positions.set(id, this.#slots.length)
    this.#slots.push(id)
  }

  take(id: string): void {
    const position = this.#positions.get(id)
    if (position === undefined) return
    this.#slots[position] = undefined
    this.#positions.delete(id)
  }

  /** Up to `size` ids older than the bookmark, newest first. The next bookmark is null at the end. */
  page(
    size: number,
    bookmark?: string,
    keep: (id: string) => boolean = () => true,
  ): { ids: string[]; bookmark: string | null } {
    const ids: string[] = []
    let position = bookmark === undefined ? this.#slots.length : fromBookmark(bookmark)
    while (position > 0 && ids.length < size) {
      position -= 1
      const id = this.#slots[position]
      if (id !== undefined && keep(id)) ids.push(id)
    }
    while (position > 0 && this.#slots[position - 1] === undefined) position -= 1
    return { ids, bookmark: position > 0 ? toBookmark(position) : null }
  }

  ids(): string[] {
    return [...this.#positions.keys()]
  }
}

function toBookmark(position: number): string {
  return Buffer.from(`shelf|${position}`).toString('base64url')
}

/** Throws a RangeError for anything that `toBookmark` has not made. */
function fromBookmark(bookmark: string): number {
  const [name, position] = Buffer.from(bookmark, 'base64url').toString().split('|')
  if (name !== 'shelf' || !position || !/^\d{1,9}$/.test(position)) {
    throw new RangeError('not a bookmark')
  }
  return Number(position)
}
