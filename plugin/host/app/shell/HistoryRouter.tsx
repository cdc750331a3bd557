/**
 * React Router over Grafana's `locationService`, so that plugins may move by either.
 *
 * What must hold: a click on a link within the page moves without loading it anew, as in Grafana.
 */
import { locationService } from '@grafana/runtime';
import React, { useEffect, useLayoutEffect, useState, type ReactNode } from 'react';
import { Router } from 'grafana-internals/router';

export function HistoryRouter({ children }: { children: ReactNode }) {
  const history = locationService.getHistory();
  const [location, setLocation] = useState(history.location);
  const [action, setAction] = useState(history.action);

  // Before any effect of a page: the first thing one may do is to send us elsewhere.
  useLayoutEffect(
    () =>
      history.listen((moved: typeof history.location, by: typeof history.action) => {
        setLocation(moved);
        setAction(by);
      }),
    [history],
  );
  useEffect(() => {
    document.addEventListener('click', moveByLink);
    return () => document.removeEventListener('click', moveByLink);
  }, []);

  return (
    <Router
      navigator={{ createHref: hrefOf, push: history.push, replace: history.replace, go: history.go }}
      location={location}
      navigationType={action as React.ComponentProps<typeof Router>['navigationType']}
    >
      {children}
    </Router>
  );
}

const hrefOf = (to: string | { pathname?: string; search?: string; hash?: string }): string =>
  typeof to === 'string' ? to : `${to.pathname ?? ''}${to.search ?? ''}${to.hash ?? ''}`;

/** Addresses that a server answers, not the page. */
const OF_SERVER = /^\/(api|public|preview\/as)(\/|\?|$)/;

function moveByLink(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (
    event.defaultPrevented ||
    !isPlain ||
    link === null ||
    link.target === '_blank' ||
    link.hasAttribute('download')
  ) {
    return;
  }
  const href = link.getAttribute('href') ?? '';
  if (href.startsWith('/') && !href.startsWith('//') && !OF_SERVER.test(href)) {
    event.preventDefault();
    locationService.push(href);
  }
}
