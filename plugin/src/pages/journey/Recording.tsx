/**
 * The recording of one visit: player, and who has listened to it.
 *
 * What must hold: nothing is loaded before someone presses "Play" (each play is noted by the collector).
 */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Alert, Button, useStyles2 } from '@grafana/ui';
import React, { useState } from 'react';
import { apiUrl } from '../../api/client';
import { useResource } from '../../api/useResource';
import { useUser } from '../../app/UserContext';
import { formatTime } from '../../format/format';
import { PLAIN } from '../../i18n/plain';

interface Play {
  at: string;
  who: string;
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
  const plays = useResource<{ rows: Play[] }>(may('audit:read') ? `recordings/${visitId}/plays` : null);
  if (!may('recordings:play')) {
    return null;
  }
  return (
    <div className={styles.recording}>
      {playing ? (
        <audio
          className={styles.player}
          controls
          autoPlay
          src={apiUrl(`recordings/${visitId}`)}
          aria-label={t('journey.recording', 'Recording')}
          onError={() => setFailed(true)}
        />
      ) : (
        <Button icon="play" variant="secondary" size="sm" onClick={() => setPlaying(true)}>
          {t('journey.play', 'Play recording')}
        </Button>
      )}
      {failed && (
        <Alert severity="warning" title={t('journey.noRecording', 'The recording cannot be played')}>
          {t(
            'journey.noRecordingHint',
            'The file is missing, or the collector does not know where recordings of this PBX are.',
          )}
        </Alert>
      )}
      {plays.data && plays.data.rows.length > 0 && (
        <details className={styles.plays}>
          <summary>
            {t('journey.plays', 'Listened to {{times}} times', { ...PLAIN, times: plays.data.rows.length })}
          </summary>
          <ul>
            {plays.data.rows.map(({ at, who }) => (
              <li key={`${at} ${who}`}>
                {formatTime(at, zone)} {who}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
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
  plays: css({ color: theme.colors.text.secondary, '& ul': { margin: theme.spacing(0.5, 0, 0, 2) } }),
});
