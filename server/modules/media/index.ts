/**
 * Media: the library. Files come in by resumable uploads, are looked at by their bytes, and get
 * renditions that are upright and tell nothing of camera or place. Only renditions are ever shown or
 * sent; the original stays in the storage for making others.
 */
export { addAsset } from './add-asset.ts'
export { type AssetFacts, assetFacts, assetHashes } from './asset-facts.ts'
export { onUses } from './on-uses.ts'
export { outgoingCover, outgoingFile } from './outgoing-file.ts'
export { presentAssets, thumbnailUrls } from './present.ts'
