import { useEffect, useEffectEvent } from 'react'

/** Files pasted anywhere on the page, such as a picture copied in another window. */
export function usePastedFiles(onFiles: (files: File[]) => void, enabled = true) {
  const take = useEffectEvent((event: ClipboardEvent) => {
    const files = [...(event.clipboardData?.files ?? [])]
    if (files.length === 0) return
    event.preventDefault()
    onFiles(files)
  })
  useEffect(() => {
    if (!enabled) return
    document.addEventListener('paste', take)
    return () => document.removeEventListener('paste', take)
  }, [enabled])
}
