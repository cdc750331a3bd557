/**
 * Where things are: the app, its pages in the navigation, which of them an address belongs to.
 *
 * In: what the server wrote into the page. Out: items and their titles. What must hold: the longest address that fits wins.
 */
import type { NavLinkDTO } from '@grafana/data';
import { config } from '@grafana/runtime';

const tree: NavLinkDTO[] = config.bootData.navTree;

export const APP = {
  id: Object.keys(config.apps)[0] ?? '',
  /** The app's own part of the navigation. */
  node: tree[0],
};

export const navigationTree = (): NavLinkDTO[] => tree;

/** The page of the navigation that an address is or is below of. */
export function activePage(pathname: string): NavLinkDTO | undefined {
  return (APP.node?.children ?? [])
    .filter(({ url = '' }) => pathname === url || pathname.startsWith(`${url}/`))
    .sort((a, b) => (b.url ?? '').length - (a.url ?? '').length)[0];
}

/** The address by which a choice of the top bar takes effect: the server keeps it and comes back here. */
export function choiceUrl(choice: Record<string, string>): string {
  const { pathname, search, hash } = window.location;
  return `/preview/as?${new URLSearchParams({ ...choice, to: pathname + search + hash }).toString()}`;
}
