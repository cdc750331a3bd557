/**
 * A form beside the page: its fields, what went wrong, save and cancel.
 *
 * In: fields as children, whether they are complete, the action that saves. Out: a drawer. What must hold: Enter saves like
 * the button; what the collector refuses is said above the buttons, and the drawer stays.
 */
import { t } from '@grafana/i18n';
import { Button, Drawer, Stack } from '@grafana/ui';
import React, { type ReactNode } from 'react';
import { ErrorState } from './states';
import type { Action } from './useAction';

interface Props {
  title: string;
  subtitle?: string;
  saveText: string;
  isComplete: boolean;
  saving: Pick<Action, 'error' | 'isRunning'>;
  onSave: () => void;
  onClose: () => void;
  children: ReactNode;
}

export function FormDrawer({
  title,
  subtitle,
  saveText,
  isComplete,
  saving: { error, isRunning },
  onSave,
  onClose,
  children,
}: Props) {
  const isReady = isComplete && !isRunning;
  return (
    <Drawer size="sm" title={title} subtitle={subtitle} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) {
            onSave();
          }
        }}
      >
        <Stack direction="column" gap={2}>
          {children}
          {error && <ErrorState error={error} isChange />}
          <Stack direction="row" gap={1}>
            <Button type="submit" disabled={!isReady}>
              {saveText}
            </Button>
            <Button variant="secondary" onClick={onClose}>
              {t('app.form.cancel', 'Cancel')}
            </Button>
          </Stack>
        </Stack>
      </form>
    </Drawer>
  );
}
