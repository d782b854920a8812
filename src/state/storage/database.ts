/** The browser's database: saved networks, and trained weights beside them. */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

interface Schema extends DBSchema {
  networks: { key: string; value: unknown };
  weights: { key: string; value: unknown };
}

let opening: Promise<IDBPDatabase<Schema>> | undefined;

/** @throws where the browser offers no storage (private windows, blocked cookies) */
export function database(): Promise<IDBPDatabase<Schema>> {
  opening ??= openDB<Schema>('tensorloom', 1, {
    upgrade(db) {
      db.createObjectStore('networks');
      db.createObjectStore('weights');
    },
    // A newer version in another tab must not wait for this one.
    blocking() {
      void opening?.then((db) => db.close());
      opening = undefined;
    },
    terminated() {
      opening = undefined;
    },
  }).catch((error: unknown) => {
    opening = undefined;
    throw error;
  });
  return opening;
}
