/**
 * The trail of pages in the top bar: the page that is open sets it, the top bar shows it.
 *
 * What must hold: no step twice in a row (a page and its place in the navigation often have one name).
 */
import React, { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';

export interface Crumb {
  text: string;
  url?: string;
}

interface Trail {
  crumbs: Crumb[];
  setCrumbs: (crumbs: Crumb[]) => void;
}

const TrailContext = createContext<Trail>({ crumbs: [], setCrumbs: () => undefined });

export function BreadcrumbsProvider({ children }: { children: ReactNode }) {
  const [crumbs, setCrumbs] = useState<Crumb[]>([]);
  const trail = useMemo(() => ({ crumbs, setCrumbs }), [crumbs]);
  return <TrailContext.Provider value={trail}>{children}</TrailContext.Provider>;
}

export const useCrumbs = (): Crumb[] => useContext(TrailContext).crumbs;

export function useTrail(crumbs: Crumb[]): void {
  const { setCrumbs } = useContext(TrailContext);
  const shown = crumbs.filter(({ text }, index) => text !== crumbs[index - 1]?.text);
  const key = JSON.stringify(shown);
  useEffect(() => {
    const trail = JSON.parse(key) as Crumb[];
    setCrumbs(trail);
    document.title = [...trail.map(({ text }) => text).reverse(), 'Preview'].join(' - ');
  }, [key, setCrumbs]);
}
