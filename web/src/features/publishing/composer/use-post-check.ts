import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Finding } from '../../../../../contract/publishing.ts'
import { query } from '../../../app/api.ts'
import { contentOf, type Draft, distinct, isBlank } from '../draft.ts'

const quietMs = 400
const none: readonly Finding[] = []

/** What stands in the way of publishing the draft, as the server sees it, while one types. */
export function usePostCheck(draft: Draft, postId: string | undefined): readonly Finding[] {
  const [content] = useDebouncedValue(JSON.stringify(contentOf(draft)), quietMs)
  const check = useQuery({
    ...query.publishing.checkPost.queryOptions({ input: { ...JSON.parse(content), postId } }),
    enabled: !isBlank(draft),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  })
  const findings = check.data?.findings
  const once = useMemo(() => distinct(findings ?? []), [findings])
  return isBlank(draft) ? none : once
}
