/** What comes one by one, in batches: what came before an error is given out before it is thrown. */
export async function* batchesOf<T>(items: AsyncIterable<T>, most: number): AsyncGenerator<T[], void> {
  let batch: T[] = [];
  try {
    for await (const item of items) {
      batch.push(item);
      if (batch.length < most) continue;
      yield batch;
      batch = [];
    }
  } catch (error) {
    if (batch.length > 0) yield batch;
    throw error;
  }
  if (batch.length > 0) yield batch;
}
