/** Files in an S3 bucket, or anything that speaks S3 (R2, MinIO, ...). */

import { pipeline, Readable } from 'node:stream'
import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import {
  assertContentType,
  assertKey,
  assertPrefix,
  type ByteRange,
  contentTypeOfKey,
  countAndCheck,
  missingFile,
  type OpenedFile,
  type PutOptions,
  rangeWithin,
  type Storage,
  StorageFullError,
  type StorageSource,
  type StoredFacts,
  streamOf,
} from './storage.ts'

export type S3StorageOptions = {
  bucket: string
  region: string
  accessKeyId: string
  secretAccessKey: string
  /** Absent: Amazon's own. */
  endpoint?: string | undefined
  /** `https://host/bucket/key` instead of `https://bucket.host/key`; most other servers need it. */
  pathStyle: boolean
  /** Put before every key, for a bucket shared with others. Empty or ending in a slash. */
  prefix: string
  /** The SDK makes its own requests: the app hands in the handler that goes through egress. */
  requestHandler?: NonNullable<S3ClientConfig['requestHandler']>
}

type Bucket = { client: S3Client; bucket: string; prefix: string }

/** Opens a bucket. Makes no request: a wrong key shows itself at the first use. */
export function openS3Storage(options: S3StorageOptions): Storage {
  if (options.prefix !== '') assertPrefix(options.prefix)
  const at: Bucket = { client: clientFor(options), bucket: options.bucket, prefix: options.prefix }
  return {
    put: (key, source, putOptions) => putObject(at, key, source, putOptions),
    open: (key, range) => openObject(at, key, range),
    stat: (key) => statObject(at, key),
    async delete(key) {
      assertKey(key)
      await at.client.send(new DeleteObjectCommand({ Bucket: at.bucket, Key: at.prefix + key }))
    },
    deletePrefix(prefix) {
      assertPrefix(prefix)
      return deleteBelow(at, prefix)
    },
    list(prefix) {
      if (prefix !== '') assertPrefix(prefix)
      return objectsBelow(at, prefix)
    },
  }
}

function clientFor(options: S3StorageOptions): S3Client {
  const { accessKeyId, secretAccessKey, endpoint, requestHandler } = options
  return new S3Client({
    region: options.region,
    credentials: { accessKeyId, secretAccessKey },
    forcePathStyle: options.pathStyle,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(requestHandler === undefined ? {} : { requestHandler }),
    // The SDK's new default checksums are not understood by every server that speaks S3.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  })
}

async function putObject(
  { client, bucket, prefix }: Bucket,
  key: string,
  source: StorageSource,
  { contentType, sha256 }: PutOptions,
): Promise<{ bytes: number }> {
  assertKey(key)
  assertContentType(key, contentType)
  const { through, bytes } = countAndCheck(sha256)
  // A fault of the source ends `through` with that fault, and so the upload below.
  const body = pipeline(streamOf(source), through, () => undefined)
  const upload = new Upload({
    client,
    params: { Bucket: bucket, Key: prefix + key, Body: body, ContentType: contentType },
    queueSize: 2,
    leavePartsOnError: false,
  })
  try {
    await upload.done()
  } catch (fault) {
    body.destroy()
    throw isFull(fault) ? new StorageFullError(fault) : fault
  }
  return { bytes: bytes() }
}

async function openObject(
  at: Bucket,
  key: string,
  range: ByteRange | undefined,
): Promise<OpenedFile> {
  const facts = await statObject(at, key)
  if (!facts) throw missingFile(key)
  const total = facts.bytes
  const { start, end } = rangeWithin(range, total)
  const answer = await at.client.send(
    new GetObjectCommand({
      Bucket: at.bucket,
      Key: at.prefix + key,
      ...(range ? { Range: `bytes=${start}-${end}` } : {}),
    }),
  )
  if (!(answer.Body instanceof Readable)) throw new Error('the bucket answered without a body')
  return { stream: answer.Body, bytes: end - start + 1, total, contentType: facts.contentType }
}

async function statObject(at: Bucket, key: string): Promise<StoredFacts | undefined> {
  assertKey(key)
  try {
    const head = await at.client.send(
      new HeadObjectCommand({ Bucket: at.bucket, Key: at.prefix + key }),
    )
    return {
      bytes: head.ContentLength ?? 0,
      contentType: head.ContentType ?? contentTypeOfKey(key),
    }
  } catch (fault) {
    if (fault instanceof Error && (fault.name === 'NotFound' || fault.name === 'NoSuchKey')) {
      return undefined
    }
    throw fault
  }
}

async function* objectsBelow(
  { client, bucket, prefix }: Bucket,
  below: string,
): AsyncGenerator<{ key: string; bytes: number }> {
  let next: string | undefined
  do {
    const page = await client.send(
      new ListObjectsV2Command({
        Bucket: bucket,
        Prefix: prefix + below,
        ...(next === undefined ? {} : { ContinuationToken: next }),
      }),
    )
    for (const { Key, Size } of page.Contents ?? []) {
      if (Key !== undefined) yield { key: Key.slice(prefix.length), bytes: Size ?? 0 }
    }
    next = page.IsTruncated ? page.NextContinuationToken : undefined
  } while (next !== undefined)
}

async function deleteBelow(at: Bucket, below: string): Promise<number> {
  let count = 0
  let batch: string[] = []
  // S3 deletes at most a thousand keys in one request.
  for await (const { key } of objectsBelow(at, below)) {
    batch.push(at.prefix + key)
    if (batch.length === 1000) {
      count += await deleteBatch(at, batch)
      batch = []
    }
  }
  if (batch.length > 0) count += await deleteBatch(at, batch)
  return count
}

async function deleteBatch({ client, bucket }: Bucket, keys: string[]): Promise<number> {
  const answer = await client.send(
    new DeleteObjectsCommand({
      Bucket: bucket,
      Delete: { Objects: keys.map((Key) => ({ Key })), Quiet: true },
    }),
  )
  const fault = answer.Errors?.[0]
  if (fault) throw new Error(`the bucket kept ${fault.Key}: ${fault.Code} ${fault.Message}`)
  return keys.length
}

/** 507 is RFC 4918's Insufficient Storage; the names are those of MinIO and Ceph. */
function isFull(fault: unknown): boolean {
  if (!(fault instanceof Error)) return false
  const names = ['XMinioStorageFull', 'QuotaExceeded', 'InsufficientStorage']
  const metadata = '$metadata' in fault ? fault.$metadata : undefined
  const status =
    metadata && typeof metadata === 'object' && 'httpStatusCode' in metadata
      ? metadata.httpStatusCode
      : undefined
  return names.includes(fault.name) || status === 507
}
