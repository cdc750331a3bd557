/**
 * The currency people pay in: that of the default rate, until they write another one.
 *
 * Out: what is written (ISO 4217, '' until it is known), and the way to write.
 */
import { useState } from 'react';
import { useResource } from '../../api/useResource';
import type { Rate } from './types';

export function useMainCurrency(): [string, (currency: string) => void] {
  const [written, setWritten] = useState<string | null>(null);
  // The default comes first.
  const { data } = useResource<{ rows: Rate[] }>('payouts/rates', { limit: 1 });
  return [written ?? data?.rows[0]?.currency ?? '', setWritten];
}
