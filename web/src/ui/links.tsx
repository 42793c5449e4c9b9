import {
  ActionIcon,
  type ActionIconProps,
  Anchor,
  type AnchorProps,
  Button,
  type ButtonProps,
  Menu,
  type MenuItemProps,
  NavLink,
  type NavLinkProps,
} from '@mantine/core'
import { createLink } from '@tanstack/react-router'
import type { ReactNode, Ref } from 'react'

type AnchorElement = { ref?: Ref<HTMLAnchorElement>; children?: ReactNode; 'aria-label'?: string }

const ButtonAnchor = (props: Omit<ButtonProps, 'href'> & AnchorElement) => (
  <Button component="a" {...props} />
)
const TextAnchor = (props: Omit<AnchorProps, 'href'> & AnchorElement) => <Anchor {...props} />
const NavAnchor = (props: Omit<NavLinkProps, 'href'> & AnchorElement) => (
  <NavLink component="a" {...props} />
)
const IconAnchor = (props: Omit<ActionIconProps, 'href'> & AnchorElement) => (
  <ActionIcon component="a" {...props} />
)
const MenuAnchor = (props: Omit<MenuItemProps, 'href'> & AnchorElement) => (
  <Menu.Item component="a" {...props} />
)

/** Mantine's controls as links of the router: `<ButtonLink to={paths.newPost(id)}>New post</ButtonLink>`. */
export const ButtonLink = createLink(ButtonAnchor)
export const TextLink = createLink(TextAnchor)
export const NavItemLink = createLink(NavAnchor)
export const IconLink = createLink(IconAnchor)
export const MenuItemLink = createLink(MenuAnchor)
