/** Something an editor needs once: loaded when it is shown, again when what it is of changes. */
import { useEffect, useState } from 'react';
import { textOfThrown } from '../words';

interface Loaded<T> {
  data: T | null;
  error: string | null;
}

/** @param of names what is loaded: `load` itself may be a new function each time. */
export function useLoaded<T>(load: () => Promise<T>, of: string): Loaded<T> {
  const [loaded, setLoaded] = useState<Loaded<T>>({ data: null, error: null });
  useEffect(() => {
    let current = true;
    load().then(
      (data) => current && setLoaded({ data, error: null }),
      (thrown) => current && setLoaded({ data: null, error: textOfThrown(thrown) }),
    );
    return () => {
      current = false;
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `of` stands for `load`
  }, [of]);
  return loaded;
}
