/**
 * The recording of one talk: player, and who has listened to it.
 *
 * What must hold: nothing is loaded before someone presses "Play" (each play is noted by the collector); what cannot be played
 * says why, as the collector does.
 */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Alert, Button, LinkButton, useStyles2 } from '@grafana/ui';
import React, { useState } from 'react';
import { apiUrl } from '../../api/client';
import { useResource } from '../../api/useResource';
import { useUser } from '../../app/UserContext';
import { formatTime } from '../../format/format';
import { PLAIN } from '../../i18n/plain';

/** `GET /recordings/{visitId}/plays` */
interface Play {
  at: number;
  by: string | null;
  login: string | null;
}

interface Props {
  visitId: number;
  zone: string;
}

export function Recording({ visitId, zone }: Props) {
  const styles = useStyles2(getStyles);
  const { may } = useUser();
  const [playing, setPlaying] = useState(false);
  const [failed, setFailed] = useState(false);
  const path = `recordings/${visitId}`;
  const plays = useResource<{ rows: Play[] }>(may('audit:read') ? `${path}/plays` : null);
  if (!may('recordings:play')) {
    return null;
  }
  return (
    <div className={styles.recording}>
      {failed ? (
        <NotPlayed path={path} />
      ) : playing ? (
        <audio
          className={styles.player}
          controls
          autoPlay
          src={apiUrl(path)}
          aria-label={t('journey.recording', 'Recording')}
          onLoadedMetadata={plays.reload}
          onError={() => setFailed(true)}
        />
      ) : (
        <Button icon="play" variant="secondary" size="sm" onClick={() => setPlaying(true)}>
          {t('journey.play', 'Play recording')}
        </Button>
      )}
      {plays.data && plays.data.rows.length > 0 && (
        <details className={styles.plays}>
          <summary>
            {t('journey.plays', 'Times listened to: {{times}}', { ...PLAIN, times: plays.data.rows.length })}
          </summary>
          <ul>
            {plays.data.rows.map(({ at, by, login }) => (
              <li key={`${at} ${login}`}>
                {[formatTime(at, zone), login ?? by].filter(Boolean).join(' · ')}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

/** A player does not tell what it was answered: asked again, the collector says why. */
function NotPlayed({ path }: { path: string }) {
  const { error, isLoading } = useResource<unknown>(path);
  if (isLoading) {
    return null;
  }
  return (
    <Alert severity="warning" title={t('journey.noRecording', 'The recording cannot be played')}>
      {error?.message ?? (
        <LinkButton
          size="sm"
          variant="secondary"
          icon="download-alt"
          href={apiUrl(path)}
          download
          target="_self"
        >
          {t('journey.downloadRecording', 'Your browser does not know its format: download it')}
        </LinkButton>
      )}
    </Alert>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  recording: css({
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1),
    alignItems: 'flex-start',
  }),
  player: css({ width: 420, maxWidth: '100%', height: 36 }),
  plays: css({
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    '& summary': { cursor: 'pointer' },
    '& ul': { margin: theme.spacing(0.5, 0, 0, 2) },
  }),
});
