/** Trained weights, one record a network. Their shape is the caller's; they are stored as they are. */
import { database } from './database';

export async function saveWeights(id: string, record: object): Promise<void> {
  await (await database()).put('weights', record, id);
}

export async function loadWeights<T>(id: string): Promise<T | undefined> {
  return (await (await database()).get('weights', id)) as T | undefined;
}

export async function deleteWeights(id: string): Promise<void> {
  await (await database()).delete('weights', id);
}
