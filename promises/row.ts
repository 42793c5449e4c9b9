/** One promise of the product, and what proves it. */
export type Row = {
  /** `17`, or `31a` where a promise has several parts. */
  row: string
  claim: string
  /** What running software must do for it. */
  mustDo: string
  /**
   * What no proof covers yet, in words. While it names something, the row is open however many of
   * its proofs pass.
   */
  missing: string
  /** Tests: `file > describe > it`, or a beginning of it, which stands for all tests under it. */
  proofs: readonly string[]
}

/** The proofs cover the whole row. */
export const nothing = ''
/** The product has nothing of it. */
export const everything = 'everything'
