import { Button, Combobox, Group, InputBase, Loader, Text, useCombobox } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { faultOf } from '../../../app/errors.ts'
import { sentences } from '../../../ui/sentences.ts'
import type { LivePlaces, Place } from './use-destinations.ts'

type Props = {
  /** What the network calls such a place, such as `Board`. */
  label: string
  noun: string
  value: string | null
  live: LivePlaces
  disabled?: boolean
  error?: string
  /** Words of the choice of none, where none may be chosen. */
  none?: string
  onChange: (id: string | null) => void
}

const fits = (place: Place, search: string) =>
  place.name.toLocaleLowerCase().includes(search.trim().toLocaleLowerCase())

/** Chooses a place from the network's live list: search, and more as long as there is more. */
export function PlaceSelect({ label, noun, value, live, disabled, error, none, onChange }: Props) {
  const [search, setSearch] = useState('')
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption()
      setSearch('')
    },
  })
  const { places, isLoading, hasMore, loadMore } = live
  const shown = places.filter((place) => fits(place, search))
  const name = places.find((place) => place.id === value)?.name
  // A search looks through all there is, not only through the pages loaded so far.
  const searchesOn = search !== '' && shown.length === 0 && hasMore && !isLoading && !live.error
  useEffect(() => {
    if (searchesOn) loadMore()
  }, [searchesOn, loadMore])
  const fault = live.error ? faultOf(live.error) : null
  const choose = (id: string) => {
    onChange(id === '' ? null : id)
    combobox.closeDropdown()
  }
  const text = combobox.dropdownOpened
    ? search
    : (name ?? (value ? nameless(live, noun) : (none ?? '')))
  return (
    <Combobox store={combobox} onOptionSubmit={choose}>
      <Combobox.Target>
        <InputBase
          label={label}
          disabled={disabled}
          error={error ?? (fault ? sentences(fault.message, fault.fix) : undefined)}
          rightSection={isLoading ? <Loader size={16} /> : <Combobox.Chevron />}
          rightSectionPointerEvents="none"
          value={text}
          placeholder={combobox.dropdownOpened ? `Search ${noun}s` : `Choose a ${noun}`}
          onClick={() => combobox.openDropdown()}
          onFocus={() => combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
          onChange={(event) => {
            setSearch(event.currentTarget.value)
            combobox.openDropdown()
            combobox.updateSelectedOptionIndex()
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options mah={280} style={{ overflowY: 'auto' }} aria-label={label}>
          {none ? <Combobox.Option value="">{none}</Combobox.Option> : null}
          {shown.map((place) => (
            <Combobox.Option key={place.id} value={place.id} active={place.id === value}>
              <PlaceName place={place} />
            </Combobox.Option>
          ))}
          {shown.length === 0 && !none ? (
            <Combobox.Empty>{emptyWords(live, noun, search)}</Combobox.Empty>
          ) : null}
        </Combobox.Options>
        <More live={live} noun={noun} />
      </Combobox.Dropdown>
    </Combobox>
  )
}

const nameless = (live: LivePlaces, noun: string) =>
  live.isLoading || live.hasMore || live.error
    ? `The chosen ${noun}`
    : `A ${noun} that is no longer there`

function emptyWords(live: LivePlaces, noun: string, search: string): string {
  if (live.isLoading) return 'Asking the network'
  if (live.error) return `The ${noun}s could not be loaded`
  return search ? `No ${noun} with that name` : `This account has no ${noun} yet`
}

const PlaceName = ({ place }: { place: Place }) => (
  <Group justify="space-between" wrap="nowrap" gap="xs">
    <Text size="sm" truncate>
      {place.name}
    </Text>
    {place.private ? <IconLock size={14} role="img" aria-label="Secret" /> : null}
  </Group>
)

function More({ live, noun }: { live: LivePlaces; noun: string }) {
  if (!live.hasMore && !live.error) return null
  return (
    <Combobox.Footer>
      <Button
        fullWidth
        size="compact-sm"
        variant="subtle"
        loading={live.isLoading}
        // The list closes when the field loses the focus: the button must not take it.
        onMouseDown={(event) => event.preventDefault()}
        onClick={live.error ? live.reload : live.loadMore}
      >
        {live.error ? 'Try again' : `Load more ${noun}s`}
      </Button>
    </Combobox.Footer>
  )
}
