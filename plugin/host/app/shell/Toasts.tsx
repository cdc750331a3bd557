/**
 * Notifications of plugins (`AppEvents.alertSuccess`, …) as Grafana shows them: at the top right, for some seconds.
 */
import { css } from '@emotion/css';
import { AppEvents, type BusEvent, type BusEventType, type GrafanaTheme2 } from '@grafana/data';
import { getAppEvents } from '@grafana/runtime';
import { Alert, useStyles2, type AlertVariant } from '@grafana/ui';
import React, { useCallback, useEffect, useState } from 'react';

interface Toast {
  id: number;
  severity: AlertVariant;
  title: string;
  text?: string;
}

interface AlertEvent extends BusEvent {
  payload: [title: string, text?: string];
}

const EVENTS = [
  ['success', AppEvents.alertSuccess],
  ['info', AppEvents.alertInfo],
  ['warning', AppEvents.alertWarning],
  ['error', AppEvents.alertError],
] as const;

const LASTS_MS: Record<AlertVariant, number> = { success: 3000, info: 3000, warning: 5000, error: 7000 };
let lastId = 0;

export function Toasts() {
  const styles = useStyles2(getStyles);
  const [toasts, setToasts] = useState<Toast[]>([]);
  const remove = useCallback((id: number) => setToasts((all) => all.filter((toast) => toast.id !== id)), []);

  useEffect(() => {
    const show = (severity: AlertVariant, [title, text]: [string?, string?]) => {
      lastId += 1;
      const toast = { id: lastId, severity, title: String(title), text };
      setToasts((all) => [...all, toast]);
      setTimeout(() => remove(toast.id), LASTS_MS[severity]);
    };
    const events = getAppEvents();
    const subscriptions = EVENTS.map(([severity, { name }]) =>
      events
        .getStream({ type: name } as BusEventType<AlertEvent>)
        .subscribe(({ payload }) => show(severity, payload)),
    );
    return () => subscriptions.forEach((subscription) => subscription.unsubscribe());
  }, [remove]);

  return (
    <div className={styles.toasts}>
      {toasts.map(({ id, severity, title, text }) => (
        <Alert key={id} severity={severity} title={title} elevated onRemove={() => remove(id)}>
          {text}
        </Alert>
      ))}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  toasts: css({
    position: 'fixed',
    top: 52,
    right: theme.spacing(2),
    width: 400,
    maxWidth: '90vw',
    zIndex: theme.zIndex.portal,
  }),
});
