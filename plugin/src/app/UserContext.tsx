/**
 * Who uses the app, what they may do and what they prefer: known before any page is shown.
 *
 * In: `GET /me` and `GET /preferences`. Out: `useUser()`. What must hold: permissions decide what is *offered*; what is
 * allowed the collector decides again at each request.
 */
import { PluginPage } from '@grafana/runtime';
import React, {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
  type ReactNode,
} from 'react';
import { api } from '../api/client';
import { useResource } from '../api/useResource';
import type { Me, Permission, Preferences } from '../api/types';
import { ErrorState, LoadingState } from '../components/states';
import { chooseLanguage, chosenLanguage } from '../i18n/language';

interface User {
  me: Me;
  preferences: Preferences;
  /** @throws ApiError */
  savePreferences: (changed: Partial<Preferences>) => Promise<void>;
  may: (permission: Permission) => boolean;
}

const UserContext = createContext<User | null>(null);

export function UserProvider({ children }: { children: ReactNode }) {
  const me = useResource<Me>('me');
  const kept = useResource<Preferences>('preferences');
  const [changed, setChanged] = useState<Partial<Preferences>>({});
  const preferences = useMemo<Preferences>(
    () => ({ lang: null, defaultPresets: {}, ...kept.data, ...changed }),
    [kept.data, changed],
  );

  useEffect(() => {
    // The choice made on another machine; texts are loaded with the page, so it shows from the next load on.
    if (kept.data?.lang && chosenLanguage() === null) {
      chooseLanguage(kept.data.lang);
    }
  }, [kept.data]);

  const savePreferences = useCallback(
    async (change: Partial<Preferences>) => {
      await api.put('preferences', { ...preferences, ...change });
      setChanged((before) => ({ ...before, ...change }));
    },
    [preferences],
  );

  const user = useMemo<User | null>(
    () =>
      me.data && { me: me.data, preferences, savePreferences, may: (p) => me.data!.permissions.includes(p) },
    [me.data, preferences, savePreferences],
  );
  if (me.error) {
    return (
      <PluginPage>
        <ErrorState error={me.error} onRetry={me.reload} />
      </PluginPage>
    );
  }
  if (user === null || (kept.data === null && kept.error === null)) {
    return <LoadingState />;
  }
  return <UserContext.Provider value={user}>{children}</UserContext.Provider>;
}

/** @throws Error outside of `UserProvider` */
export function useUser(): User {
  const user = useContext(UserContext);
  if (user === null) {
    throw new Error('useUser needs a UserProvider around it');
  }
  return user;
}
